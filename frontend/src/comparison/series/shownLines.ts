/** Which runs’ lines are drawn, in the address: those that are hidden, or, if these are more, the only ones that are not. */
export type ShownLines = { hide?: string[]; only?: string[] };

/** Stands for no run at all; no run has this id. */
const NONE = 'none';

/** The runs whose lines are hidden. */
export function hiddenRuns(runIds: readonly string[], { hide, only }: ShownLines): ReadonlySet<string> {
  if (only === undefined) return new Set(hide);
  const shown = new Set(only);
  return new Set(runIds.filter((id) => !shown.has(id)));
}

/** What stands in the address for some hidden runs. */
export function toShownLines(
  runIds: readonly string[],
  hidden: ReadonlySet<string>,
): { hide: string[] | undefined; only: string[] | undefined } {
  const [hide, only] = [runIds.filter((id) => hidden.has(id)), runIds.filter((id) => !hidden.has(id))];
  if (hide.length === 0) return { hide: undefined, only: undefined };
  if (hide.length <= only.length) return { hide, only: undefined };
  return { hide: undefined, only: only.length === 0 ? [NONE] : only };
}
