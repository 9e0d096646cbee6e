/** Search parameters as they stand in an address, before a route has validated them. */
export type RawSearch = Record<string, unknown>;

/**
 * Reads `?a=x&b=y,z` as plain text. (The router's own format is JSON, which makes addresses that people can
 * neither read nor write.)
 */
export function parseSearch(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search));
}

/** Writes search parameters: lists joined by commas, `true` as 1; what is missing, false or empty is left out. */
export function stringifySearch(search: RawSearch): string {
  const parts: string[] = [];
  for (const [name, value] of Object.entries(search)) {
    const text = toText(value);
    if (text !== '') parts.push(`${encode(name)}=${encode(text)}`);
  }
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

function toText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (value === true) return '1';
  if (Array.isArray(value)) return joinList(value.filter((entry) => typeof entry === 'string'));
  return '';
}

// These are allowed in a query and keep addresses readable.
function encode(text: string): string {
  return encodeURIComponent(text).replace(/%(2C|3A|2F|40|20)/g, (code) =>
    code === '%20' ? '+' : decodeURIComponent(code),
  );
}

function joinList(entries: string[]): string {
  return entries.map((entry) => entry.replaceAll('%', '%25').replaceAll(',', '%2C')).join(',');
}

/** A text, or undefined where there is none. */
export function readText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A list without doubles, from an array or from text with commas; undefined where it is empty. */
export function readList(value: unknown): string[] | undefined {
  const entries = Array.isArray(value)
    ? value.filter((entry) => typeof entry === 'string')
    : typeof value === 'string'
      ? value.split(',').map((entry) => entry.replaceAll('%2C', ',').replaceAll('%25', '%'))
      : [];
  const distinct = [...new Set(entries)].filter((entry) => entry !== '');
  return distinct.length === 0 ? undefined : distinct;
}

/** One of the known words, in any case; undefined for anything else. */
export function readWord<Word extends string>(value: unknown, words: readonly Word[]): Word | undefined {
  if (typeof value !== 'string') return undefined;
  const wanted = value.toLowerCase();
  return words.find((word) => word.toLowerCase() === wanted);
}

/** `true` where a flag is set, else undefined. */
export function readFlag(value: unknown): true | undefined {
  return value === true || value === '1' || value === 'true' ? true : undefined;
}

/** A number from `least` to `most`; undefined for anything else. */
export function readNumber(value: unknown, least: number, most: number): number | undefined {
  const number = typeof value === 'number' || readText(value) !== undefined ? Number(value) : Number.NaN;
  return number >= least && number <= most ? number : undefined;
}
