import { ChartFrame, type ChartFrameProps } from './ChartFrame.tsx';
import { type ChartsAddress, largeChart } from './largeChart.ts';

type PageChartProps = Omit<ChartFrameProps, 'fact' | 'heading' | 'full' | 'onFullChange'> & {
  /** Names the chart in the address. */
  name: string;
  /** Stand beside the title, and are told when they change. */
  facts?: readonly string[];
  address: ChartsAddress;
};

/** A chart that is alone on its page. */
export function PageChart({ name, facts = [], address, ...props }: PageChartProps) {
  return (
    <ChartFrame
      {...props}
      {...largeChart(name, address)}
      heading="h3"
      fact={facts.length > 0 && <span aria-live="polite">{facts.join(' · ')}</span>}
    />
  );
}
