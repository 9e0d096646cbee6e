import { diffArrays } from 'diff';
import type { JsonValue } from '../../formatting/scalars.ts';
import { toKey } from './jsonKey.ts';

/** A row of lists that stand side by side. */
export type AlignedRow = {
  /** Its place in the first list; else, after a plus, the place in a list that has it more: `3`, `+3`. */
  label: string;
  /** Where it stands in each list; undefined where a list lacks it. */
  places: (number | undefined)[];
};

export type AlignedLists = {
  rows: AlignedRow[];
  /** How many entries of each list are in another order than in the first one. */
  moved: number[];
};

/** What comparing may cost in all: the steps that are left. */
export type Effort = { left: number };

/** An entry that the first list lacks. */
type Added = { run: number; place: number; key: string };

type List = readonly JsonValue[];
type Keys = readonly string[];

/**
 * Lines lists up with the first one, so that one entry more or less makes no difference to those after it. What stands
 * in its place in both lists is the longest common subsequence; entries between that are in both are said to have moved,
 * and what is left there is taken for changed, added or removed.
 *
 * @param lists undefined where a run has none; these take no part
 * @param effort is used up; once nothing is left, only what stands at the same place is taken to be in the same order
 */
export function alignLists(lists: readonly (List | undefined)[], effort: Effort): AlignedLists {
  const first = lists.findIndex((list) => list !== undefined);
  const base = lists[first] ?? [];
  const baseKeys = base.map(toKey);
  const rows = base.map(
    (_, place): AlignedRow => ({ label: String(place), places: lists.map(() => undefined) }),
  );
  // What the others have more, by the row before which it stands: of each list what it has there.
  const added = new Map<number, Added[][]>();
  const moved = lists.map(() => 0);
  lists.forEach((list, run) => {
    if (list === undefined) return;
    const keys = run === first ? baseKeys : list.map(toKey);
    const partners = findPartners({ base, baseKeys, list, keys }, effort);
    moved[run] = partners.moved.size;
    const more = new Map<number, Added[]>();
    let next = 0;
    keys.forEach((key, place) => {
      const partner = partners.of[place];
      const row = partner === undefined ? undefined : rows[partner];
      if (partner === undefined || row === undefined) {
        putInto(more, next, { run, place, key });
        return;
      }
      row.places[run] = place;
      if (!partners.moved.has(place)) next = partner + 1;
    });
    for (const [before, entries] of more) putInto(added, before, entries);
  });
  return {
    rows: [...rows, undefined].flatMap((row, before) => [
      ...mergeAdded(added.get(before) ?? [], lists.length),
      ...(row ? [row] : []),
    ]),
    moved,
  };
}

/** Rows of what several lists have more at the same place: what is equal is one row, the rest comes in its order. */
function mergeAdded(added: readonly (readonly Added[])[], lists: number): AlignedRow[] {
  const rows: { row: AlignedRow; key: string }[] = [];
  for (const entries of added) {
    const equal = new Map<string, AlignedRow[]>();
    for (const { row, key } of rows) putInto(equal, key, row);
    const taken = new Set<AlignedRow>();
    const waiting = entries.filter(({ run, place, key }) => {
      const row = equal.get(key)?.shift();
      if (row === undefined) return true;
      taken.add(row);
      row.places[run] = place;
      return false;
    });
    const free = rows.filter(({ row }) => !taken.has(row)).map(({ row }) => row);
    waiting.forEach(({ run, place, key }, index) => {
      const row = free[index] ?? {
        label: `+${place}`,
        places: Array.from({ length: lists }, () => undefined),
      };
      row.places[run] = place;
      if (index >= free.length) rows.push({ row, key });
    });
  }
  return rows.map(({ row }) => row);
}

type TwoLists = { base: List; baseKeys: Keys; list: List; keys: Keys };

type Partners = {
  /** By place in the list: the place in the other one of what is the same, or became it. */
  of: (number | undefined)[];
  /** Places in the list of what is in another order there. */
  moved: Set<number>;
};

function findPartners(two: TwoLists, effort: Effort): Partners {
  const { baseKeys, list, keys } = two;
  const moved = new Set<number>();
  const common = commonSubsequence(baseKeys, keys, effort);
  const partners: (number | undefined)[] = list.map(() => undefined);
  for (const [before, place] of common) partners[place] = before;
  const used = new Set(common.map(([before]) => before));
  const free = new Map<string, number[]>();
  baseKeys.forEach((key, before) => {
    if (!used.has(before)) putInto(free, key, before);
  });
  keys.forEach((key, place) => {
    if (partners[place] !== undefined) return;
    const before = free.get(key)?.shift();
    if (before === undefined) return;
    partners[place] = before;
    used.add(before);
    moved.add(place);
  });
  // What is left between two entries that are the same has become each other.
  let from = { before: 0, place: 0 };
  for (const [before, place] of [...common, [baseKeys.length, keys.length] as const]) {
    const old = range(from.before, before).filter((at) => !used.has(at));
    const fresh = range(from.place, place).filter((at) => partners[at] === undefined);
    for (const [was, is] of pairUp(two, old, fresh, effort)) partners[is] = was;
    from = { before: before + 1, place: place + 1 };
  }
  return { of: partners, moved };
}

/** The longest sequence that both lists have, as pairs of places; what stands at the same place, if that costs too much. */
function commonSubsequence(
  before: Keys,
  after: Keys,
  effort: Effort,
): (readonly [before: number, after: number])[] {
  // What only one of them has cannot be part of it, and would cost most.
  const [inBefore, inAfter] = [new Set(before), new Set(after)];
  const old = [...before.keys()].filter((place) => inAfter.has(before[place] ?? ''));
  const fresh = [...after.keys()].filter((place) => inBefore.has(after[place] ?? ''));
  // The steps grow with the square of what has to be taken out and put in.
  const maxEditLength = Math.floor(Math.sqrt(Math.max(0, effort.left)));
  const parts = diffArrays(
    old.map((place) => before[place]),
    fresh.map((place) => after[place]),
    { maxEditLength },
  );
  const edits = parts?.reduce((sum, part) => sum + (part.added || part.removed ? part.count : 0), 0);
  effort.left -= (edits ?? maxEditLength) ** 2;
  if (parts === undefined) {
    return range(0, after.length).flatMap((place) =>
      before[place] === after[place] ? [[place, place]] : [],
    );
  }
  const pairs: (readonly [number, number])[] = [];
  let [inOld, inFresh] = [0, 0];
  for (const { added, removed, count } of parts) {
    if (!added && !removed) {
      for (let step = 0; step < count; step += 1) {
        pairs.push([old[inOld + step] ?? 0, fresh[inFresh + step] ?? 0]);
      }
    }
    if (!added) inOld += count;
    if (!removed) inFresh += count;
  }
  return pairs;
}

/** Which entries have become which, in their order: those that are most alike, or just the first ones. */
function pairUp(
  { base, list }: TwoLists,
  old: readonly number[],
  fresh: readonly number[],
  effort: Effort,
): (readonly [before: number, after: number])[] {
  const few = Math.min(old.length, fresh.length);
  const cost = old.length * fresh.length;
  const inOrder = () => range(0, few).map((step) => [old[step] ?? 0, fresh[step] ?? 0] as const);
  if (few === 0 || cost === 1 || cost > effort.left) return inOrder();
  const oldEntries = old.map((place) => entriesOf(base[place]));
  const freshEntries = fresh.map((place) => entriesOf(list[place]));
  if (!oldEntries.some(Boolean) || !freshEntries.some(Boolean)) return inOrder();
  effort.left -= cost;
  // best[i][j]: how alike the pairs of what stands from the i-th and the j-th on can be.
  const best = range(0, old.length + 1).map(() => new Float64Array(fresh.length + 1));
  const alike = (i: number, j: number) => 1 + 4 * similarity(oldEntries[i], freshEntries[j]);
  const at = (i: number, j: number) => best[i]?.[j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = fresh.length - 1; j >= 0; j -= 1) {
      const row = best[i];
      if (row) row[j] = Math.max(alike(i, j) + at(i + 1, j + 1), at(i + 1, j), at(i, j + 1));
    }
  }
  const pairs: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < old.length && j < fresh.length; ) {
    if (at(i, j) === alike(i, j) + at(i + 1, j + 1)) {
      pairs.push([old[i] ?? 0, fresh[j] ?? 0]);
      i += 1;
      j += 1;
    } else if (at(i, j) === at(i + 1, j)) i += 1;
    else j += 1;
  }
  return pairs;
}

/** The entries of what holds others, each as a text. */
function entriesOf(value: JsonValue | undefined): Map<string, string> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return new Map(Object.entries(value).map(([name, entry]) => [name, toKey(entry)]));
}

/** How much of two values is the same, from 0 to 1. */
function similarity(
  one: ReadonlyMap<string, string> | undefined,
  other: ReadonlyMap<string, string> | undefined,
): number {
  if (one === undefined || other === undefined) return 0;
  const same = [...one].filter(([name, entry]) => other.get(name) === entry).length;
  return same / Math.max(1, one.size, other.size);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, step) => from + step);
}

function putInto<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
