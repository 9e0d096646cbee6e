import type { JsonValue } from '../../graphql/scalars.ts';
import type { Change } from './comparisonRows.ts';

/** A value of JSON in several runs, compared with the first one's, with all that is nested in it. */
export type JsonNode = {
  /** The way to it from the top: `model.layers[2].units`. */
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

/** In longer lists nobody looks for what was moved. */
const LONGEST_SEARCHED = 2000;

type Values = (JsonValue | undefined)[];
type Composite = JsonValue[] | { [key: string]: JsonValue };

/** Compares JSON values of runs with the first run's, entry by entry; lists by the place in them. */
export function compareJson(values: Values): JsonNode {
  const budget = { left: MOST };
  const bases = values.map(() => values[0]);
  return build({ path: '', label: '', depth: 0 }, values, bases, budget);
}

function build(
  place: Pick<JsonNode, 'path' | 'label' | 'depth'>,
  values: Values,
  /** What each run's value is compared with; another one for entries of a list that were moved. */
  bases: Values,
  budget: { left: number },
): JsonNode {
  budget.left -= 1;
  const keys = place.depth < DEEPEST ? allKeys(values, budget.left) : [];
  const children = childrenOf(place, keys, values, bases, budget);
  const changes = values.map((value, run) => changeOf(value, bases[run], keys.length > 0));
  const counts = values.map((_, run) =>
    children.reduce((sum, { counts: inner }) => sum + (inner[run] ?? 0), changes[run] ? 1 : 0),
  );
  return { ...place, values, changes, counts, children };
}

function changeOf(
  value: JsonValue | undefined,
  base: JsonValue | undefined,
  opens: boolean,
): Change | undefined {
  if (value === undefined) return base === undefined ? undefined : { kind: 'removed' };
  if (base === undefined) return { kind: 'added' };
  if (opens && isComposite(value) && isComposite(base) && Array.isArray(value) === Array.isArray(base)) {
    return undefined;
  }
  return toKey(value) === toKey(base) ? undefined : { kind: 'changed' };
}

/** The keys, or places in a list, that any of the values has; none where that would be more than `most`. */
function allKeys(values: Values, most: number): (string | number)[] {
  const keys = new Set<string | number>();
  for (const value of values) {
    if (!isComposite(value)) continue;
    if (Array.isArray(value) && value.length > most) return [];
    for (const key of Array.isArray(value) ? value.keys() : Object.keys(value)) keys.add(key);
    if (keys.size > most) return [];
  }
  return [...keys];
}

function childrenOf(
  { path, depth }: Pick<JsonNode, 'path' | 'depth'>,
  keys: readonly (string | number)[],
  values: Values,
  bases: Values,
  budget: { left: number },
): JsonNode[] {
  const moves = values.map((value, run) => movesOf(value, bases[run]));
  return keys.map((key) => {
    const inList = typeof key === 'number';
    const label = inList ? `[${key}]` : key;
    const inner = values.map((value) => entryOf(value, key));
    const froms = moves.map((found) => (inList ? found.get(key) : undefined));
    const innerBases = bases.map((base, run) => {
      // What was added or replaced as a whole is told once, above.
      if (!isComposite(base) || !isComposite(values[run])) return inner[run];
      return entryOf(base, froms[run] ?? key);
    });
    const node = build(
      { path: inList || path === '' ? `${path}${label}` : `${path}.${label}`, label, depth: depth + 1 },
      inner,
      innerBases,
      budget,
    );
    froms.forEach((from, run) => {
      if (from === undefined) return;
      node.changes[run] = { kind: 'moved', from: `[${from}]` };
      node.counts[run] = (node.counts[run] ?? 0) + 1;
    });
    return node;
  });
}

/** Entries of a list that stood at another place in the other list, by their places: from where they came. */
function movesOf(value: JsonValue | undefined, base: JsonValue | undefined): Map<number, number> {
  const moves = new Map<number, number>();
  if (!Array.isArray(value) || !Array.isArray(base) || value === base) return moves;
  if (Math.max(value.length, base.length) > LONGEST_SEARCHED) return moves;
  const now = value.map(toKey);
  const before = base.map(toKey);
  const free = new Map<string, number[]>();
  before.forEach((key, place) => {
    if (now[place] !== key) free.set(key, [...(free.get(key) ?? []), place]);
  });
  now.forEach((key, place) => {
    if (before[place] === key) return;
    const from = free.get(key)?.shift();
    if (from !== undefined) moves.set(place, from);
  });
  return moves;
}

function entryOf(value: JsonValue | undefined, key: string | number): JsonValue | undefined {
  if (!isComposite(value)) return undefined;
  if (Array.isArray(value)) return typeof key === 'number' ? value[key] : undefined;
  return typeof key === 'string' && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** Whether a value can hold others. */
export function isComposite(value: JsonValue | undefined): value is Composite {
  return typeof value === 'object' && value !== null;
}

/** A text that is the same for equal values: keys have no order. */
function toKey(value: JsonValue): string {
  return JSON.stringify(value, (_, inner: JsonValue) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
