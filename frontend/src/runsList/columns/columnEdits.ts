import type { ExperimentsSearch } from '../../address/search.ts';
import {
  type ColumnCatalog,
  type ColumnChoice,
  NOTHING_PINNED,
  namesPinned,
  namesToShow,
} from './tableColumns.ts';

/** What an edit of the columns changes in the address. */
export type ColumnEdit = Pick<ExperimentsSearch, 'columns' | 'pinned' | 'widths'>;

/** The columns as they are before an edit. */
export type ColumnState = { names: readonly string[]; pinned: readonly string[] };

/** The columns and pins of an address, the first choice written out. */
export function stateOf(choice: ColumnChoice, catalog: ColumnCatalog, hasTags: boolean): ColumnState {
  return { names: namesToShow(choice, catalog, hasTags), pinned: namesPinned(choice) };
}

/** Shows columns that were not: beside others of their group, or at the end. */
export function showColumns(
  { names }: ColumnState,
  added: readonly string[],
  catalog: ColumnCatalog,
): ColumnEdit {
  const places = new Map([...catalog.keys()].map((name, index) => [name, index]));
  const placeOf = (name: string) => places.get(name) ?? Number.POSITIVE_INFINITY;
  const shown = new Set(names);
  const groupOf = (name: string) => catalog.get(name)?.group || undefined;
  const last = new Map(names.map((name) => [groupOf(name), name]));
  last.delete(undefined);
  /** What comes behind a column; undefined: at the end. */
  const behind = new Map<string | undefined, string[]>();
  for (const name of new Set(added)) {
    if (shown.has(name)) continue;
    const before = last.get(groupOf(name));
    const others = behind.get(before);
    if (others) others.push(name);
    else behind.set(before, [name]);
  }
  const inOrder = (before: string | undefined) =>
    (behind.get(before) ?? []).toSorted((one, other) => placeOf(one) - placeOf(other));
  return { columns: [...names.flatMap((name) => [name, ...inOrder(name)]), ...inOrder(undefined)] };
}

/** Hides columns; a row's title stays. */
export function hideColumns({ names }: ColumnState, hidden: readonly string[]): ColumnEdit {
  const gone = new Set(hidden);
  gone.delete('title');
  return { columns: names.filter((name) => !gone.has(name)) };
}

/** Puts a column in front of another, or at the end; it is pinned where that one is. */
export function moveColumn(
  { names, pinned }: ColumnState,
  name: string,
  before: string | undefined,
): ColumnEdit {
  if (name === before) return {};
  const rest = names.filter((other) => other !== name);
  const at = before === undefined ? rest.length : rest.indexOf(before);
  if (at < 0) return {};
  const columns = [...rest.slice(0, at), name, ...rest.slice(at)];
  const isPinned = pinned.includes(name);
  const goesToPinned = before !== undefined && pinned.includes(before);
  return isPinned === goesToPinned
    ? { columns }
    : { columns, ...pinColumn({ names: columns, pinned }, name, goesToPinned) };
}

/** Moves a column by one place to the left or right, among the pinned ones or among the others. */
export function stepColumn(state: ColumnState, name: string, step: -1 | 1): ColumnEdit {
  const isPinned = state.pinned.includes(name);
  const peers = state.names.filter((other) => state.pinned.includes(other) === isPinned);
  const other = peers[peers.indexOf(name) + step];
  if (other === undefined) return {};
  const columns = [...state.names];
  columns[state.names.indexOf(name)] = other;
  columns[state.names.indexOf(other)] = name;
  return { columns };
}

/** Lets a column stay in place while one scrolls sideways, or go with the others. */
export function pinColumn({ names, pinned }: ColumnState, name: string, pin: boolean): ColumnEdit {
  const rest = pinned.filter((other) => other !== name && names.includes(other));
  const next = pin ? [...rest, name] : rest;
  return { pinned: next.length === 0 ? [NOTHING_PINNED] : next };
}

/** Back to the first choice. */
export const FIRST_CHOICE: ColumnEdit = { columns: undefined, pinned: undefined, widths: undefined };
