import { IconChartDots3 } from '@tabler/icons-react';
import { CodeBlock } from '../components/CodeBlock.tsx';
import { StateMessage } from '../components/StateMessage.tsx';

const LINES = `from kedro_viz.tracking import log_metric


def train_model(X_train, y_train, epochs):
    for epoch in range(epochs):
        loss = ...
        log_metric("loss", loss, step=epoch)
`;

type NoSeriesProps = {
  /** Whether there may be some in a moment. */
  running: boolean;
  /** Whether it is said of more than one run. */
  several?: boolean;
};

/** Stands for the curves of runs that have none: how to get some. */
export function NoSeries({ running, several = false }: NoSeriesProps) {
  return (
    <StateMessage
      icon={IconChartDots3}
      title={
        running ? 'No series yet' : `No series were logged during ${several ? 'these runs' : 'this run'}`
      }
    >
      <p>
        {running
          ? 'A curve appears here as soon as a node logs its first number, and grows while the run goes on.'
          : 'Log numbers from any node, and each becomes a curve here, live while the run goes on.'}
      </p>
      <CodeBlock code={LINES} title="nodes.py" copyLabel="Copy the lines" />
      <p>Lists of numbers in a tracked JSON dataset are drawn, too.</p>
    </StateMessage>
  );
}
