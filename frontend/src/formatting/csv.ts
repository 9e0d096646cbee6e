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

// Spreadsheets skip leading white space; a tab or a line break at the front hides a formula, too.
function isFormula(text: string): boolean {
  return /^\s*[=+\-@\t\r]/.test(text) && !isNumber(text);
}

function isNumber(text: string): boolean {
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) || /^-Infinity$/.test(text);
}

/** Hands a text file to the browser's downloads. */
export function download(fileName: string, text: string, mediaType: string): void {
  // The mark at the front makes spreadsheets read UTF-8.
  downloadBlob(fileName, new Blob([`\uFEFF${text}`], { type: `${mediaType};charset=utf-8` }));
}
