import { formatMoment } from '../formatting/time.ts';

/** What a run is called by. */
export type NamedRun = { id: string; title: string; startedAt?: string | null };

/** Whether nobody has given the run a title: it has its id in place of one. */
export function isUntitled({ id, title }: NamedRun): boolean {
  return title === id;
}

/**
 * What a run is called everywhere: its title; without one, when it started, "24 Dec 2022, 21:05:59". Where it stands,
 * `title` is for the tooltip, which then tells the id.
 */
export function nameOfRun(run: NamedRun): string {
  return isUntitled(run) && run.startedAt ? formatMoment(run.startedAt) : run.title;
}

/** The names of the first few runs, as a part of a sentence. */
export function namesOf(runs: readonly NamedRun[], most = 3): string {
  const names = runs.slice(0, most).map((run) => nameOfRun(run).slice(0, 80));
  // A date has a comma in it.
  const separator = names.some((name) => name.includes(',')) ? '; ' : ', ';
  return names.join(separator) + (runs.length > names.length ? ' …' : '');
}
