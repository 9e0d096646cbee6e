import type { Artifact } from '../graphql/artifact.ts';

export type PlotRun = { id: string; title: string; plots: Artifact[] };

export type PlotGridProps = {
  runs: PlotRun[];
  expanded: string | undefined;
  onExpandedChange: (dataset: string | undefined) => void;
};

export default function PlotGrid({ runs }: PlotGridProps) {
  return <section aria-label="Plots">{runs.length}</section>;
}
