import { readList } from '../formatting/searchParams.ts';
import { parseRunColumn } from './runColumns.ts';

/** A column that is narrower hides even its name, one that is wider hides all others. */
export const MIN_WIDTH = 40;
export const MAX_WIDTH = 2_000;

const MAX_ENTRIES = 2_000;

/** The widths of an address, "name:pixels"; what names no column, or is no width, is left out. */
export function readWidths(raw: unknown): string[] | undefined {
  return formatWidths(parseWidths(readList(raw)));
}

/** Pixels by the name of the column. */
export function parseWidths(entries: readonly string[] | undefined): Map<string, number> {
  const widths = new Map<string, number>();
  for (const entry of entries?.slice(0, MAX_ENTRIES) ?? []) {
    const [, name, pixels] = /^(.+):(\d{1,4})$/s.exec(entry) ?? [];
    if (name === undefined || parseRunColumn(name) === undefined) continue;
    widths.set(name, Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, Number(pixels))));
  }
  return widths;
}

/** What stands in the address for widths; undefined where there are none. */
export function formatWidths(widths: ReadonlyMap<string, number>): string[] | undefined {
  return widths.size === 0 ? undefined : [...widths].map(([name, pixels]) => `${name}:${Math.round(pixels)}`);
}
