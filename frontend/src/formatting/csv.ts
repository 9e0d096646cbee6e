import { downloadBlob } from './download.ts';

/** What a cell can hold; null is an empty cell. */
export type CsvValue = string | number | boolean | null | undefined;

/**
 * Writes rows as CSV (RFC 4180: CRLF, quotes doubled). Text that a spreadsheet would take for a formula gets a
 * leading apostrophe; numbers, also negative ones, stay as they are.
 */
export function toCsv(rows: CsvValue[][]): string {
  return rows.map((row) => `${row.map(toCell).join(',')}\r\n`).join('');
}

function toCell(value: CsvValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  const text = isFormula(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

// What begins a formula in a spreadsheet; "|" does in some, and a tab or a line break at the front may hide one. White
// space before it is skipped, and by some what cannot be seen. Some take other characters of the same meaning for
// these, such as full-width ones: compatibility normalisation makes them equal.
function isFormula(text: string): boolean {
  const first = /^[\p{Z}\p{C}]*(\P{Z})/u.exec(text)?.[1] ?? '';
  return (/^[\t\r\n]/.test(text) || /^[=+\-@|−]/.test(first.normalize('NFKC'))) && !isNumber(text);
}

function isNumber(text: string): boolean {
  return /^[+\-−]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) || /^-Infinity$/.test(text);
}

/** Hands a text file to the browser's downloads. */
export function download(fileName: string, text: string, mediaType: string): void {
  // The mark at the front makes spreadsheets read UTF-8.
  downloadBlob(fileName, new Blob([`\uFEFF${text}`], { type: `${mediaType};charset=utf-8` }));
}
