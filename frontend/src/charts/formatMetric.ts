const WHOLE = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/**
 * A metric's value in few characters: five significant digits, whole numbers in full, very large and very small ones
 * in powers of ten. The tables show values with all the digits that tell runs apart; a chart's labels need not.
 */
export function formatMetric(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e9)) return value.toExponential(3);
  if (Number.isInteger(value) || size >= 1e5) return WHOLE.format(value);
  return String(Number(value.toPrecision(5)));
}
