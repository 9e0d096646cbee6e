/** As many as can be compared at once, and as an address holds. */
export const MOST_SELECTED = 500;

/** The selection with one run put in or taken out. */
export function toggleRun(selected: readonly string[], id: string): string[] {
  return selected.includes(id) ? selected.filter((other) => other !== id) : [...selected, id];
}

/** The selection with a range of runs put in or taken out; runs out of sight stay as they are. */
export function setRange(selected: readonly string[], range: readonly string[], on: boolean): string[] {
  const ids = new Set(range);
  if (!on) return selected.filter((other) => !ids.has(other));
  return [...new Set([...selected, ...range])];
}

/** A range of places, either way round. */
export function rangeOf(one: number, other: number): { offset: number; first: number } {
  const offset = Math.min(one, other);
  return { offset, first: Math.max(one, other) - offset + 1 };
}

/** The first of a selection that is too large, and how many were left out. */
export function clipped(ids: readonly string[]): { ids: string[]; left: number } {
  return { ids: ids.slice(0, MOST_SELECTED), left: Math.max(0, ids.length - MOST_SELECTED) };
}
