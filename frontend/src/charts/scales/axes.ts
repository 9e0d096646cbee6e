import { formatDuration } from '../../formatting/time.ts';
import { formatTick, niceScale, ticksOf } from './ticks.ts';

/** From and to, in steps or in seconds since the run began. */
export type Range = readonly [number, number];

/** A mark on an axis; `at` in the units of the drawing, which are powers of ten on a logarithmic scale. */
export type AxisTick = { at: number; label: string };

/** A vertical axis in the units of the drawing. */
export type ValueAxis = { low: number; high: number; ticks: AxisTick[] };

/** Round steps within a range, at most about `most`. */
export function stepTicks([from, to]: Range, most: number, whole: boolean): AxisTick[] {
  if (!(to > from)) return [{ at: from, label: formatTick(from, Math.abs(from) || 1) }];
  const { low, high, step } = niceScale(from, to, most, whole);
  return ticksOf({ low, high, step })
    .filter((tick) => tick >= from - step * 1e-9 && tick <= to + step * 1e-9)
    .map((at) => ({ at, label: formatTick(at, step) }));
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ROUND_DURATIONS = [
  ...[1, 2, 5, 10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
];

/** Round durations within a range of seconds, at most about `most`. */
export function durationTicks([from, to]: Range, most: number): AxisTick[] {
  const rough = (to - from) / most;
  // Shorter than a second and longer than a day, round is what is round in tens.
  const unit = rough > 12 * HOUR ? DAY : 1;
  const step =
    (rough >= 0.5 && ROUND_DURATIONS.find((duration) => duration >= rough)) ||
    niceScale(0, (to - from) / unit, most).step * unit;
  const first = Math.ceil(from / step - 1e-9);
  return Array.from({ length: 2 * most + 2 }, (_, index) => (first + index) * step)
    .filter((at) => at <= to + step * 1e-9)
    .map((at) => ({ at, label: at === 0 ? '0' : `${at < 0 ? '−' : ''}${formatDuration(Math.abs(at))}` }));
}

/** Beyond this, the distance between two numbers is not finite. */
const LARGEST = 4e307;

/** The axis for values from `low` to `high`. */
export function linearAxis(low: number, high: number, most: number): ValueAxis {
  const scale = niceScale(Math.max(-LARGEST, low), Math.min(LARGEST, high), most);
  const ticks = ticksOf(scale).map((at) => ({ at, label: formatTick(at, scale.step) }));
  return { low: scale.low, high: scale.high, ticks };
}

/** The logarithmic axis for values above zero: marks at powers of ten, or between them where there are too few. */
export function logAxis(lowest: number, highest: number, most: number): ValueAxis {
  const [low, high] = [Math.log10(lowest), Math.log10(highest)];
  const decades = Math.floor(high + 1e-9) - Math.ceil(low - 1e-9);
  if (decades < 1) {
    // Less than two powers of ten are within: round values as on any axis, at their places on this one.
    const { ticks } = linearAxis(lowest, highest, most);
    const above = ticks.filter(({ at }) => at > 0).map(({ at, label }) => ({ at: Math.log10(at), label }));
    const room = (high - low) * 0.04 || 0.1;
    return withinTicks({ low: low - room, high: high + room, ticks: above });
  }
  const step = Math.max(1, Math.ceil((Math.ceil(high) - Math.floor(low)) / most));
  const first = Math.floor(low / step + 1e-9) * step;
  const last = Math.ceil(high / step - 1e-9) * step;
  const ticks = Array.from({ length: Math.round((last - first) / step) + 1 }, (_, index) => {
    const power = first + index * step;
    return { at: power, label: formatTick(10 ** power, 10 ** power) };
  });
  return { low: first, high: last, ticks };
}

function withinTicks({ low, high, ticks }: ValueAxis): ValueAxis {
  return { low, high, ticks: ticks.filter(({ at }) => at >= low && at <= high) };
}
