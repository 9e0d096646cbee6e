import { parseLongId } from '../runs/metricId.ts';
import type { ColumnKind } from '../runs/runColumns.ts';
import { QUERY_FIELDS, SERIES_PARTS, SOURCES, STATUSES, WORDS, written } from './fields.ts';
import { type Expected, expectedAfter } from './parser.ts';
import { TIME_EXAMPLES } from './times.ts';
import { quoted, type Token, tokensOf } from './tokens.ts';
import { type Field, type FieldSource, nameOf, type Value } from './tree.ts';

const MAX_SUGGESTIONS = 50;

export type SuggestionKind = 'field' | 'metric' | 'parameter' | 'operator' | 'value' | 'time';

/** What can stand at a place: `text` in place of what is from `start` to before `end`. */
export type Suggestion = {
  text: string;
  label: string;
  kind: SuggestionKind;
  detail: string | undefined;
  start: number;
  end: number;
};

/** What runs have. */
export type Known = {
  metrics: () => readonly string[];
  parameters: () => readonly string[];
  series: () => readonly string[];
  /** The ways to values in tracked JSON. */
  json: () => readonly string[];
  values: (field: Field) => readonly Value[];
};

/** A suggestion, whatever place it is for. `search` is what is compared with what is typed. */
type Choice = { text: string; search: string; kind: SuggestionKind; detail?: string };

const COMPARING = [
  ['==', 'is the same as'],
  ['!=', 'is there and different'],
  ['>', 'is more than'],
  ['>=', 'is at least'],
  ['<', 'is less than'],
  ['<=', 'is at most'],
] as const;
const LISTING = [
  ['in', 'is one of'],
  ['not in', 'is none of'],
] as const;
const MISSING = [
  ['is None', 'is missing'],
  ['is not None', 'is there'],
] as const;
const JOINING = [
  ['and', 'both'],
  ['or', 'at least one'],
] as const;
const [EQUALITIES, ORDERS] = [COMPARING.slice(0, 2), COMPARING.slice(2)];

type Words = readonly (readonly [string, string])[];

const OPERATORS: Record<ColumnKind, Words> = {
  number: [...ORDERS, ...EQUALITIES, ...LISTING, ...MISSING],
  time: [...ORDERS, ...EQUALITIES, ...MISSING],
  text: [...EQUALITIES, ...LISTING, ...MISSING],
  boolean: [...JOINING, ...EQUALITIES, ...MISSING],
  tags: [...LISTING, ...MISSING],
  any: [...COMPARING, ...LISTING, ...MISSING],
};

const TIMES = ['today', 'yesterday', '1 hour ago', '7 days ago', '30 days ago', ...TIME_EXAMPLES.slice(4)];
const DURATIONS = ['30 s', '5 min', '1 h'];

/** What can stand at a place of a query, the likeliest first. `position`: so many UTF-16 units stand before it. */
export function suggestionsAt(text: string, position: number, known: Known): Suggestion[] {
  const { before, typed, start, end } = placeOf(text, tokensOf(text), position);
  const { expected, field } = expectedAfter(before);
  return choicesFor(expected, field, known)
    .filter((choice) => matches(choice, typed))
    .map((choice, order) => ({ choice, order, rank: rankOf(choice, typed) }))
    .sort((a, b) => a.rank - b.rank || a.order - b.order)
    .slice(0, MAX_SUGGESTIONS)
    .filter(({ choice }) => choice.text.trim() !== text.slice(start, end))
    .map(({ choice }) => ({
      text: choice.text,
      label: choice.text.trim(),
      kind: choice.kind,
      detail: choice.detail,
      start,
      end,
    }));
}

type TypedPlace = { before: readonly Token[]; typed: string; start: number; end: number };

/** What stands before the piece that is being typed, what is typed of it, and what a suggestion replaces. */
function placeOf(text: string, tokens: readonly Token[], position: number): TypedPlace {
  const before = tokens.filter((token) => token.end <= position);
  const inside = tokens.find((token) => token.start < position && position <= token.end);
  const isDone = inside?.kind === 'text' && inside.end === position;
  if (!inside || isDone || !['name', 'text', 'unclosed', 'number'].includes(inside.kind))
    return { before, typed: '', start: position, end: position };
  if (inside.kind === 'name' && WORDS.has(inside.text) && inside.end === position)
    return {
      before: before.filter((token) => token !== inside),
      typed: inside.text,
      start: inside.start,
      end: inside.end,
    };
  const earlier = tokens.filter((token) => token.end <= inside.start);
  const end = inside.kind === 'unclosed' ? position : inside.end;
  const typed = text.slice(inside.start, position);
  if (inside.kind === 'name') return { before: earlier, typed, start: inside.start, end };
  const content = /^["']/.test(typed) ? typed.slice(1) : typed;
  const [source, bracket] = earlier.slice(-2);
  if (bracket?.text !== '[' || !(SOURCES as readonly string[]).includes(source?.text ?? ''))
    return { before: earlier, typed: content, start: inside.start, end };
  // A name in brackets is replaced whole, with what closes them.
  const closing = tokens.find((token) => token.start >= end);
  return {
    before: earlier.slice(0, -2),
    typed: `${source?.text}.${content}`,
    start: source?.start ?? inside.start,
    end: closing?.text === ']' ? closing.end : end,
  };
}

function matches(choice: Choice, written: string): boolean {
  const [search, typed] = [choice.search.toLowerCase(), written.toLowerCase()];
  if (search.includes(typed)) return true;
  // `metrics.r2` is what people write who leave the dataset to the menu.
  const dot = typed.indexOf('.');
  const source = dot < 0 ? typed : typed.slice(0, dot);
  const rest = dot < 0 ? '' : typed.slice(dot + 1);
  return (
    (SOURCES as readonly string[]).includes(source) &&
    search.startsWith(`${source}.`) &&
    search.includes(rest)
  );
}

/** Beginnings come first, then beginnings of a name's part; otherwise the order stays. */
function rankOf(choice: Choice, written: string): number {
  const [search, typed] = [choice.search.toLowerCase(), written.toLowerCase()];
  if (typed === '' || search.startsWith(typed)) return 0;
  return search.includes(`.${typed}`) ? 1 : 2;
}

function choicesFor(expected: Expected, field: Field | undefined, known: Known): Choice[] {
  switch (expected) {
    case 'condition':
      return [
        ...fieldChoices(),
        ...named('metrics', known.metrics(), 'metric', 'Metric'),
        ...named('params', known.parameters(), 'parameter', 'Parameter'),
        ...named('series', known.series(), 'field', 'Series'),
        ...named('json', known.json(), 'field', 'Tracked JSON'),
        { text: 'not ', search: 'not', kind: 'operator', detail: 'the opposite' },
      ];
    case 'container': {
      const fields = fieldChoices(['text', 'tags']);
      const first = ['title', 'notes', 'tags'];
      return [
        ...first.flatMap((name) => fields.filter(({ search }) => search === name)),
        ...fields.filter(({ search }) => !first.includes(search)),
        ...named('params', known.parameters(), 'parameter', 'Parameter'),
      ];
    }
    case 'operator':
      return field ? wordChoices(OPERATORS[field.kind]) : [];
    case 'value':
      return field ? valueChoices(field, known) : [];
    case 'list': {
      const values = field ? valueChoices(field, known) : [];
      return values.map(({ text, search, kind }) => ({ text: `[${text}]`, search, kind }));
    }
    case 'none':
      return wordChoices([
        ['None', 'is missing'],
        ['not None', 'is there'],
      ]);
    case 'containment':
      return wordChoices([
        ['in', 'stands in'],
        ['not in', 'does not stand in'],
      ]);
    case 'conjunction':
      return wordChoices(JOINING);
    case 'nothing':
      return [];
  }
}

function fieldChoices(kinds?: readonly ColumnKind[]): Choice[] {
  return [...QUERY_FIELDS]
    .filter(([, { kind }]) => kinds === undefined || kinds.includes(kind))
    .map(([name, { title }]) => ({ text: `${name} `, search: name, kind: 'field', detail: title }));
}

function named(
  source: FieldSource,
  names: readonly string[],
  kind: SuggestionKind,
  detail: string,
): Choice[] {
  const parts = source === 'series' ? SERIES_PARTS : [''];
  return names.flatMap((name) =>
    parts.map((part) => {
      const field: Field = { source, name, part, kind: 'any', start: 0, end: 0 };
      // Who types the short name of metrics that share it is shown all of them.
      const metric = source === 'metrics' ? parseLongId(name) : undefined;
      const search = metric ? `metrics.${metric.dataset}.${metric.key}` : nameOf(field);
      return { text: `${written(field)} `, search, kind, detail };
    }),
  );
}

function wordChoices(words: Words): Choice[] {
  return words.map(([word, detail]) => ({ text: `${word} `, search: word, kind: 'operator', detail }));
}

function valueChoices(field: Field, known: Known): Choice[] {
  if (field.kind === 'time') return TIMES.map((word) => ({ text: quoted(word), search: word, kind: 'time' }));
  return valuesOf(field, known).map((value) => ({
    text: typeof value === 'string' ? quoted(value) : shown(value),
    search: shown(value),
    kind: 'value',
  }));
}

function valuesOf(field: Field, known: Known): readonly Value[] {
  if (field.kind === 'boolean') return [true, false];
  if (field.source === 'run' && field.name === 'status') return STATUSES;
  if (field.source === 'run' && field.name === 'duration') return DURATIONS;
  return known.values(field);
}

function shown(value: Value): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return String(value);
}
