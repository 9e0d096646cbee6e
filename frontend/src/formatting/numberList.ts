import type { JsonValue } from './scalars.ts';

/** Two numbers are a pair, not a curve. */
const FEWEST = 3;

const NOT_FINITE = new Set(['NaN', 'Infinity', '-Infinity']);

/**
 * The numbers of a JSON list that holds nothing else, with NaN for what cannot be drawn (null, not finite); undefined
 * for any other value.
 */
export function toNumberList(value: JsonValue): Float64Array | undefined {
  if (!Array.isArray(value) || value.length < FEWEST) return undefined;
  const numbers = new Float64Array(value.length).fill(Number.NaN);
  let finite = 0;
  for (const [index, entry] of value.entries()) {
    if (typeof entry === 'number') {
      if (!Number.isFinite(entry)) continue;
      numbers[index] = entry;
      finite += 1;
    } else if (typeof entry === 'bigint') {
      numbers[index] = Number(entry);
      finite += 1;
    } else if (entry !== null && !(typeof entry === 'string' && NOT_FINITE.has(entry))) {
      return undefined;
    }
  }
  return finite >= 2 ? numbers : undefined;
}
