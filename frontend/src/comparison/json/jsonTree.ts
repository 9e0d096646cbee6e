import type { JsonValue } from '../../formatting/scalars.ts';
import type { Change } from '../table/comparisonRows.ts';
import { alignLists, type Effort } from './alignLists.ts';
import { toKey } from './jsonKey.ts';

/** A value of JSON in several runs, compared with the first one's, with all that is nested in it. */
export type JsonNode = {
  /** The way to it from the top: `model.layers[2].units`. `[+2]` is at place 2 where it was added to the baseline's list. */
  path: string;
  /** The last step of that way. */
  label: string;
  depth: number;
  /** Undefined where a run has no such value. */
  values: (JsonValue | undefined)[];
  /** What became of the first run's value in each run; nothing for a container, whose entries tell. */
  changes: (Change | undefined)[];
  /** How much differs in each run, this value and all in it. */
  counts: number[];
  children: JsonNode[];
};

/** What is nested deeper, and what has more in it than this, is compared as one text. */
const DEEPEST = 20;
const MOST = 5000;

/** How many steps it may take to line up all lists. */
const MOST_STEPS = 4_000_000;

type Values = (JsonValue | undefined)[];
type Composite = JsonValue[] | { [key: string]: JsonValue };
type Place = Pick<JsonNode, 'path' | 'label' | 'depth'>;

/** What is left of what a comparison may cost. */
type Budget = { nodes: number; steps: Effort };

/** Compares JSON values of runs with the first run's, entry by entry; of lists, what stands in the same order. */
export function compareJson(values: Values): JsonNode {
  const budget = { nodes: MOST, steps: { left: MOST_STEPS } };
  const told = values.map((_, run) => run === 0);
  return build({ path: '', label: '', depth: 0 }, values, told, budget);
}

function build(
  place: Place,
  values: Values,
  /** Of which runs nothing is to be told here, for it was told above of all that this is in. */
  told: readonly boolean[],
  budget: Budget,
): JsonNode {
  budget.nodes -= 1;
  const { entries, moved } = place.depth < DEEPEST ? entriesOf(values, budget) : { entries: [], moved: [] };
  const opens = entries.length > 0;
  const changes = values.map((value, run): Change | undefined => {
    if (told[run]) return undefined;
    const count = moved[run] ?? 0;
    return changeOf(value, values[0], opens) ?? (count > 0 ? { kind: 'moved', count } : undefined);
  });
  const toldBelow = values.map((value, run) => told[run] || !isOneKind(value, values[0]));
  const paths = new Set<string>();
  const children = entries.map((entry) => {
    let path = pathOf(place.path, entry);
    // Runs may have added different things at a place of the same number.
    while (paths.has(path)) path += '′';
    paths.add(path);
    return build({ path, label: entry.label, depth: place.depth + 1 }, entry.values, toldBelow, budget);
  });
  const counts = values.map((_, run) => {
    const change = changes[run];
    const own = change === undefined ? 0 : change.kind === 'moved' ? change.count : 1;
    return children.reduce((sum, { counts: inner }) => sum + (inner[run] ?? 0), own);
  });
  return { ...place, values, changes, counts, children };
}

function changeOf(
  value: JsonValue | undefined,
  base: JsonValue | undefined,
  opens: boolean,
): Change | undefined {
  if (value === undefined) return base === undefined ? undefined : { kind: 'removed' };
  if (base === undefined) return { kind: 'added' };
  if (opens && isOneKind(value, base)) return undefined;
  return toKey(value) === toKey(base) ? undefined : { kind: 'changed' };
}

/** What is in values: under a key, or at a place in lists. */
type Entry = { label: string; inList: boolean; values: Values };

/** What is in the values of all runs; nothing where that is too much to show. */
function entriesOf(values: Values, budget: Budget): { entries: Entry[]; moved: number[] } {
  const nothing = { entries: [], moved: [] };
  const keys = new Set<string>();
  for (const value of values) {
    if (!isComposite(value)) continue;
    if (Array.isArray(value)) {
      if (value.length > budget.nodes) return nothing;
    } else {
      for (const key of Object.keys(value)) keys.add(key);
      if (keys.size > budget.nodes) return nothing;
    }
  }
  const lists = values.map((value) => (Array.isArray(value) ? value : undefined));
  const { rows, moved } = alignLists(lists, budget.steps);
  if (keys.size + rows.length > budget.nodes) return nothing;
  const named = [...keys].map((key) => ({
    label: key,
    inList: false,
    values: values.map((value) => entryOf(value, key)),
  }));
  const listed = rows.map(({ label, places }) => ({
    label: `[${label}]`,
    inList: true,
    values: lists.map((list, run) => list?.[places[run] ?? -1]),
  }));
  return { entries: [...named, ...listed], moved };
}

function entryOf(value: JsonValue | undefined, key: string): JsonValue | undefined {
  if (!isComposite(value) || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

function pathOf(path: string, { label, inList }: Entry): string {
  return inList || path === '' ? `${path}${label}` : `${path}.${label}`;
}

/** Whether both hold others, as the same kind: their entries can be compared. */
function isOneKind(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  return isComposite(one) && isComposite(other) && Array.isArray(one) === Array.isArray(other);
}

/** Whether a value can hold others. */
export function isComposite(value: JsonValue | undefined): value is Composite {
  return typeof value === 'object' && value !== null;
}
