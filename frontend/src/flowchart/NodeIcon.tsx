import {
  IconAdjustmentsHorizontal,
  IconAlertTriangle,
  IconBraces,
  IconChartHistogram,
  IconChartLine,
  IconDatabase,
  IconFunction,
  type Icon as TablerIcon,
} from '@tabler/icons-react';
import type { GraphNode } from './graph.ts';

type Shown = Pick<GraphNode, 'kind' | 'group' | 'problem'>;

function iconOf({ kind, group, problem }: Shown): TablerIcon {
  if (problem) return IconAlertTriangle;
  if (kind === 'TASK') return IconFunction;
  if (kind === 'PARAMETERS') return IconAdjustmentsHorizontal;
  if (group === 'METRIC') return IconChartLine;
  if (group === 'JSON') return IconBraces;
  if (group === 'PLOT') return IconChartHistogram;
  return IconDatabase;
}

/** The sign of a node's kind. */
export function NodeIcon({ node, size }: { node: Shown; size: number }) {
  const Icon = iconOf(node);
  return <Icon size={size} stroke={1.7} aria-hidden />;
}
