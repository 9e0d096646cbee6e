import type { ExperimentsSearch } from './search.ts';

/** What one goes back through. Anything else, such as a width or which runs are chosen, replaces the entry. */
const STEPS: ReadonlySet<string> = new Set<keyof ExperimentsSearch>([
  'archived',
  'bookmarked',
  'chart',
  'columns',
  'pinned',
  'q',
  'sort',
  'tab',
]);

/** What is changed many times in one go: choosing ten columns is one step. */
const IN_ONE_GO: ReadonlySet<string> = new Set<keyof ExperimentsSearch>(['columns', 'pinned']);

/**
 * How a change of the page's state goes into the browser's history.
 *
 * @param before what the step to the entry that is shown has changed
 */
export function toHistoryEntry(
  part: Partial<ExperimentsSearch>,
  before: string | undefined,
): { replace: boolean; changed: string | undefined } {
  const steps = Object.keys(part).filter((key) => STEPS.has(key));
  if (steps.length === 0) return { replace: true, changed: before };
  const changed = steps.join();
  return { replace: changed === before && steps.every((key) => IN_ONE_GO.has(key)), changed };
}
