import type { NumberValue } from './scalars.ts';

/** How the numbers of one column are written: alike, and with the digits that tell them apart. */
export type NumberFormat = { notation: 'fixed' | 'scientific'; digits: number };

const MIN_SIGNIFICANT = 4;
const MAX_DIGITS = 10;
// Beyond these a fixed notation is a row of zeros or too wide for a cell.
const LARGEST_FIXED = 1e9;
const SMALLEST_FIXED = 1e-4;
// So many values say enough about a column; a longer one must not cost more.
const SAMPLE = 1000;

/** The number that a `Number` of the API stands for. */
export function toNumber(value: NumberValue): number {
  return typeof value === 'number' ? value : Number(value);
}

/**
 * Chooses how to write the numbers of a column: whole numbers without decimals, others with the fewest decimals
 * that keep different values different (four significant digits where the values have them, at most ten decimals).
 */
export function chooseFormat(values: Iterable<NumberValue | null | undefined>): NumberFormat {
  const distinct = new Set<number>();
  for (const value of values) {
    if (value === null || value === undefined) continue;
    const number = toNumber(value);
    if (Number.isFinite(number)) distinct.add(number);
    if (distinct.size >= SAMPLE) break;
  }
  const numbers = [...distinct];
  const largest = numbers.reduce((most, number) => Math.max(most, Math.abs(number)), 0);
  if (largest !== 0 && (largest >= LARGEST_FIXED || largest < SMALLEST_FIXED)) {
    return { notation: 'scientific', digits: fewestDigits(numbers, 2, (n, d) => n.toExponential(d)) };
  }
  if (numbers.every(Number.isInteger)) return { notation: 'fixed', digits: 0 };
  const whole = largest < 1 ? 1 : Math.floor(Math.log10(largest)) + 1;
  const least = Math.max(1, MIN_SIGNIFICANT - whole + (largest < 1 ? 1 : 0));
  const telling = fewestDigits(numbers, least, (n, d) => n.toFixed(d));
  // No zeros at the end that no value needs: 3.5 beside 4.2 has one decimal.
  return { notation: 'fixed', digits: Math.min(telling, Math.max(...numbers.map(countDecimals))) };
}

function countDecimals(number: number): number {
  // Twelve digits leave out the noise of binary fractions: 4.1000000000000005 has one decimal.
  const [mantissa = '', exponent = '0'] = String(Number(number.toPrecision(12))).split('e');
  return Math.max(0, (mantissa.split('.')[1]?.length ?? 0) - Number(exponent));
}

function fewestDigits(
  numbers: number[],
  least: number,
  write: (n: number, digits: number) => string,
): number {
  for (let digits = least; digits < MAX_DIGITS; digits += 1) {
    if (new Set(numbers.map((number) => write(number, digits))).size === numbers.length) {
      // Differences far below what one reads are left to the exact value on hover.
      return Math.min(digits, least + 4);
    }
  }
  return least + 4;
}

/** Writes a number; without a format, with the digits that it needs itself. */
export function formatNumber(value: NumberValue, format: NumberFormat = chooseFormat([value])): string {
  const number = toNumber(value);
  if (Number.isNaN(number)) return 'NaN';
  if (!Number.isFinite(number)) return number > 0 ? '∞' : '−∞';
  if (typeof value === 'string') return withMinus(BigInt(value).toLocaleString('en'));
  if (format.notation === 'scientific') {
    return number === 0 ? '0' : withMinus(number.toExponential(format.digits).replace('e+', 'e'));
  }
  const text = number.toLocaleString('en', {
    minimumFractionDigits: format.digits,
    maximumFractionDigits: format.digits,
  });
  return withMinus(text === `-${(0).toFixed(format.digits)}` ? text.slice(1) : text);
}

function withMinus(text: string): string {
  return text.replaceAll('-', '−');
}

/** Where `value` lies between `min` and `max`, 0 to 1; null where that says nothing. */
export function placeInRange(
  value: NumberValue | null,
  min: NumberValue | null,
  max: NumberValue | null,
): number | null {
  if (value === null || min === null || max === null) return null;
  const [number, low, high] = [toNumber(value), toNumber(min), toNumber(max)];
  if (!Number.isFinite(number) || !Number.isFinite(low) || !Number.isFinite(high) || high <= low) return null;
  return Math.min(1, Math.max(0, (number - low) / (high - low)));
}

/** Which of two numbers is larger, by all their digits; NaN is beside all numbers. */
export function compareNumbers(one: NumberValue, other: NumberValue): number {
  const difference = exactDifference(one, other);
  if (difference !== undefined) return difference;
  const [a, b] = [toNumber(one), toNumber(other)];
  return a === b ? 0 : a - b;
}

/** The difference of two whole numbers of which one has more digits than a number holds; else undefined. */
function exactDifference(one: NumberValue, other: NumberValue): number | undefined {
  if (typeof one === 'number' && typeof other === 'number') return undefined;
  const [a, b] = [wholeOf(one), wholeOf(other)];
  return a === undefined || b === undefined ? undefined : Number(a - b);
}

function wholeOf(value: NumberValue): bigint | undefined {
  if (typeof value === 'number' ? !Number.isInteger(value) : !/^-?\d+$/.test(value)) return undefined;
  return BigInt(value);
}

/** How a value differs from a baseline; `relative` is null where the baseline is 0. */
export type Delta = { absolute: number; relative: number | null };

/** The difference of two numbers, or null where one is missing or not finite. */
export function computeDelta(
  value: NumberValue | null | undefined,
  baseline: NumberValue | null | undefined,
): Delta | null {
  if (value === null || value === undefined || baseline === null || baseline === undefined) return null;
  const [number, base] = [toNumber(value), toNumber(baseline)];
  if (!Number.isFinite(number) || !Number.isFinite(base)) return null;
  const absolute =
    compareNumbers(value, baseline) === 0 ? 0 : (exactDifference(value, baseline) ?? number - base);
  return { absolute, relative: base === 0 ? null : absolute / Math.abs(base) };
}

/** "+0.012" in the format of its row, or with more digits where that would read as zero. */
export function formatAbsoluteDelta(delta: Delta, format: NumberFormat): string {
  if (delta.absolute === 0) return '±0';
  const sign = delta.absolute > 0 ? '+' : '−';
  const size = Math.abs(delta.absolute);
  const text = formatNumber(size, format);
  return sign + (Number(text.replaceAll(',', '')) === 0 ? formatNumber(size) : text);
}

/** "+1.2 %", or null where there is no percentage. */
export function formatRelativeDelta(delta: Delta): string | null {
  if (delta.relative === null) return null;
  if (delta.relative === 0) return '0 %';
  const percent = Math.abs(delta.relative) * 100;
  const sign = delta.relative > 0 ? '+' : '−';
  if (percent < 0.01) return `${sign}<0.01 %`;
  if (percent >= 100_000) return `${sign}>99,999 %`;
  const digits = percent < 1 ? 2 : percent < 100 ? 1 : 0;
  return `${sign}${percent.toLocaleString('en', { maximumFractionDigits: digits })} %`;
}

/** "1,234". */
export function formatCount(count: number): string {
  return count.toLocaleString('en');
}

/** "1 run", "2 runs". */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}
