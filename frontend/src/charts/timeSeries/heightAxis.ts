import type { Range, ValueAxis } from '../scales/axes.ts';
import { logAxis } from '../scales/axes.ts';
import { formatTick, niceScale, ticksOf } from '../scales/ticks.ts';
import { type Heights, isWhole, type MetricLine } from './metricLine.ts';
import { heightExtent, type SeenPoints } from './seenPoints.ts';

const SHARES: ValueAxis = {
  low: -0.04,
  high: 1.04,
  ticks: [
    { at: 0, label: 'lowest' },
    { at: 0.5, label: '50 %' },
    { at: 1, label: 'highest' },
  ],
};

/** The vertical axis of what is seen in a range; undefined where there is nothing. */
export function heightAxis(
  lines: readonly MetricLine[],
  seen: readonly SeenPoints[],
  range: Range,
  heights: Heights,
  most: number,
): ValueAxis | undefined {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { points } of seen) {
    const extent = heightExtent(points, range);
    low = Math.min(low, extent?.[0] ?? low);
    high = Math.max(high, extent?.[1] ?? high);
  }
  if (low > high) return undefined;
  if (heights === 'ranges') return SHARES;
  if (heights === 'log') return logAxis(10 ** low, 10 ** high, most);
  const scale = niceScale(low, high, most, lines.every(isWhole));
  const ticks = ticksOf(scale).map((at) => ({ at, label: formatTick(at, scale.step) }));
  return { low: scale.low, high: scale.high, ticks };
}
