import type { JsonValue } from './scalars.ts';

/** What `JSON.parse` would change: a whole number of many digits, or a word that JSON has not. */
const INEXACT = /\d{16}|NaN|Infinity/;

// A text, or one of those. A text that is a key, before a colon, is found like any other.
const TOKENS = /"(?:[^"\\]|\\.)*"|-?Infinity|NaN|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const WHOLE = /^-?\d{16,}$/;

/**
 * Reads JSON as Python writes it. Whole numbers that a JavaScript number does not hold are a `bigint`; NaN and infinities
 * are numbers.
 *
 * @param text JSON that the server has checked
 */
export function parseJson(text: string): JsonValue {
  if (!INEXACT.test(text)) return JSON.parse(text);
  // No text of a run can begin with what is chosen only now.
  const mark = newMark();
  const marked = text.replace(TOKENS, (token) => {
    const inexact =
      token === 'NaN' ||
      token.endsWith('Infinity') ||
      (WHOLE.test(token) && !Number.isSafeInteger(Number(token)));
    return inexact && !token.startsWith('"') ? `"${mark}${token}"` : token;
  });
  return JSON.parse(marked, (_, value: JsonValue) => {
    if (typeof value !== 'string' || !value.startsWith(mark)) return value;
    const number = value.slice(mark.length);
    return WHOLE.test(number) ? BigInt(number) : Number(number);
  });
}

/** Writes JSON as Python does: with all digits of whole numbers, and with NaN and infinities as these words. */
export function writeExactJson(
  value: JsonValue,
  replace: (inner: JsonValue) => JsonValue = (inner) => inner,
): string {
  let mark: string | undefined;
  const text = JSON.stringify(value, (_, inner: JsonValue) => {
    if (typeof inner !== 'bigint' && (typeof inner !== 'number' || Number.isFinite(inner)))
      return replace(inner);
    mark ??= newMark();
    return `${mark}${inner}`;
  });
  return mark === undefined ? text : text.replace(new RegExp(`"${mark}([^"]*)"`, 'g'), '$1');
}

/** What begins no text of any run. `crypto.randomUUID` is there in secure contexts only. */
function newMark(): string {
  return `${crypto.getRandomValues(new Uint32Array(4)).join('-')}:`;
}
