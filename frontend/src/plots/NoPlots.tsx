import { IconChartHistogram } from '@tabler/icons-react';
import { CodeBlock } from '../components/CodeBlock.tsx';
import { StateMessage } from '../components/StateMessage.tsx';

const CATALOG_LINES = `confusion_matrix:
  type: matplotlib.MatplotlibWriter
  filepath: data/09_tracking/confusion_matrix.png
  versioned: true`;

/** Says how runs come to have plots. */
export function NoPlots({ several }: { several: boolean }) {
  return (
    <StateMessage
      icon={IconChartHistogram}
      title={several ? 'These runs have no plots' : 'This run has no plots'}
    >
      <p>Versioned Matplotlib and Plotly datasets are kept with the run that made them. In the catalog:</p>
      <CodeBlock code={CATALOG_LINES} title="conf/base/catalog.yml" />
    </StateMessage>
  );
}
