/** The ids with `id` at `index`, where it then stands; an unknown id changes nothing. */
export function moveTo(ids: string[], id: string, index: number): string[] {
  if (!ids.includes(id)) return ids;
  const others = ids.filter((other) => other !== id);
  return [...others.slice(0, index), id, ...others.slice(index)];
}

/** The ids with the baseline at the front, where all parts of a comparison have it. */
export function baselineFirst(ids: string[], baseline: string | undefined): string[] {
  return baseline === undefined ? ids : moveTo(ids, baseline, 0);
}
