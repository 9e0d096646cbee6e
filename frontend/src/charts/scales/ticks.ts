/** A scale of round numbers that covers some values: `low` and `high` are ticks too. */
export type Scale = { low: number; high: number; step: number };

/**
 * Chooses a scale with about `count` steps of 1, 2 or 5 (times a power of ten): of those with up to half as many more,
 * the one that fits the values closest.
 *
 * Values that are all the same get room on both sides, so that they are drawn in the middle.
 *
 * @param whole whether all values are whole numbers, which have no ticks between them
 */
export function niceScale(lowest: number, highest: number, count: number, whole = false): Scale {
  if (lowest === highest) {
    // Numbers next to nothing have no tenth.
    const room = Math.abs(lowest) < 1e-300 ? 1 : Math.abs(lowest) * 0.1;
    return niceScale(lowest - room, highest + room, count, whole);
  }
  const rough = (highest - lowest) / Math.max(1, count);
  const power = 10 ** (Math.floor(Math.log10(rough)) - 1);
  const scales = [5, 10, 20, 50, 100]
    .map((factor) => (whole ? Math.max(1, factor * power) : factor * power))
    // Where numbers are so close that doubles cannot hold the steps between them, the ends are the only ticks.
    .filter((step) => step > 0 && lowest + step !== lowest)
    .map((step) => ({ low: Math.floor(lowest / step) * step, high: Math.ceil(highest / step) * step, step }))
    .filter(({ low, high, step }) => high > low && (high - low) / step <= count * 1.5 + 1e-6);
  return (
    scales.reduce<Scale | undefined>(
      (best, scale) =>
        best === undefined || scale.high - scale.low < (best.high - best.low) * 0.99 ? scale : best,
      undefined,
    ) ?? { low: lowest, high: highest, step: highest - lowest }
  );
}

/** The ticks of a scale, lowest first. */
export function ticksOf({ low, high, step }: Scale): number[] {
  const count = Math.round((high - low) / step);
  return Array.from({ length: count + 1 }, (_, i) => cleanZero(low + i * step, step));
}

function cleanZero(value: number, step: number): number {
  return Math.abs(value) < step / 1e6 ? 0 : value;
}

/** A tick as text: as many digits as the step needs, and short (12k, 3.5M, 1e300, 1e-7) where numbers are large or small. */
export function formatTick(value: number, step: number): string {
  const tick = cleanZero(value, step);
  if (tick === 0) return '0';
  const size = Math.abs(tick);
  if (size >= 1e15) return Number(tick.toPrecision(4)).toExponential().replace('+', '');
  if (size >= 10_000 && step >= size / 1e4) {
    return new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 4 }).format(tick);
  }
  if (size < 1e-4 || step < 1e-6) {
    const digits = Math.max(0, Math.floor(Math.log10(size)) - Math.floor(Math.log10(step) + 1e-9));
    return tick.toExponential(Math.min(6, digits));
  }
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return tick.toFixed(Math.min(8, decimals));
}
