import { longId, parseLongId } from '../runs/metricId.ts';
import { type ColumnKind, kindOfColumn, RUN_FIELDS, titleOfColumn } from '../runs/runColumns.ts';
import { nearNames } from './nearNames.ts';
import { QueryError } from './queryError.ts';
import { quoted } from './tokens.ts';
import type { Field, FieldSource } from './tree.ts';

/** The fields of runs: those that can be columns, and some that can only be asked for. */
export const QUERY_FIELDS: ReadonlyMap<string, { title: string; kind: ColumnKind }> = new Map([
  ...RUN_FIELDS.map((name) => {
    const column = { source: 'run', name } as const;
    return [name, { title: titleOfColumn(column), kind: kindOfColumn(column) }] as const;
  }),
  ['error.type', { title: 'Type of the error', kind: 'text' }],
  ['error.message', { title: 'Message of the error', kind: 'text' }],
  ['error.node', { title: 'Node that failed', kind: 'text' }],
  ['nodes', { title: 'Nodes that ran', kind: 'tags' }],
]);

/** What names begin with that users have given. */
export const SOURCES = ['metrics', 'params', 'json', 'series'] as const;

export const SERIES_PARTS = ['last', 'min', 'max'] as const;

/** Values that have names: Python's, and those of people who think of JSON. */
export const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map([
  ['True', true],
  ['False', false],
  ['None', null],
  ['true', true],
  ['false', false],
  ['null', null],
  ['none', null],
]);

/** What has a meaning between names. */
export const WORDS: ReadonlySet<string> = new Set(['and', 'or', 'not', 'in', 'is']);

export const STATUSES = ['running', 'succeeded', 'failed', 'cancelled', 'lost'] as const;

const KINDS = { metrics: 'number', params: 'any', json: 'any', series: 'number' } as const;

const EXAMPLES = {
  metrics: 'metrics["evaluate.r2_score"]',
  params: 'params.model_options.test_size',
  json: 'json["companies_columns.columns"]',
  series: 'series["loss"].last',
} as const;

/** Each dot may be where the dataset's name ends. */
const MAX_JSON_PARTS = 10;

const PLAIN_NAME = /^[\p{L}\p{Nl}\p{No}_][\p{L}\p{N}_]*(\.[\p{L}\p{Nl}\p{No}_][\p{L}\p{N}_]*)*$/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a key must not have
const BAD_KEY = /["\\\x00-\x1f]/;

export function isSource(text: string): text is (typeof SOURCES)[number] {
  return (SOURCES as readonly string[]).includes(text);
}

/**
 * The field of a name.
 *
 * @param parts the name's parts: `["git", "branch"]`, `["metrics", "evaluate.r2_score"]`
 * @throws QueryError if there is no such field
 */
export function fieldOf(parts: readonly string[], start: number, end: number): Field {
  const [source = '', ...rest] = parts;
  if (!isSource(source)) return runField(parts.join('.'), start, end);
  const name = rest.join('.');
  const example = EXAMPLES[source];
  const wrong = (message: string) => new QueryError(message, start, end);
  if (name === '') throw wrong(`A name is missing after '${source}', as in ${example}.`);
  if (source === 'json') {
    if (!name.includes('.') || name.split('.').includes(''))
      throw wrong(`Write the dataset and the way to one of its values, as in ${example}.`);
    if (name.split('.').length > MAX_JSON_PARTS)
      throw wrong(`A name in tracked JSON has up to ${MAX_JSON_PARTS} parts.`);
    if (BAD_KEY.test(name))
      throw wrong('A key with a quote, a backslash or a control character cannot be asked for.');
  }
  if (source !== 'series') {
    const [dataset = '', key] = rest;
    // Brackets around each part say where the dataset ends: metrics["q"]["x.y"].
    const isLong =
      source === 'metrics' && key !== undefined && rest.length === 2 && name.split('.').length > 2;
    return {
      start,
      end,
      source,
      name: isLong ? longId({ dataset, key }) : name,
      part: '',
      kind: KINDS[source],
    };
  }
  const dot = name.lastIndexOf('.');
  const part = name.slice(dot + 1);
  if (dot < 1 || !(SERIES_PARTS as readonly string[]).includes(part))
    throw wrong(`Write which value of the series: .last, .min or .max, as in ${example}.`);
  return { start, end, source, name: name.slice(0, dot), part, kind: KINDS[source] };
}

function runField(name: string, start: number, end: number): Field {
  const found = QUERY_FIELDS.get(name);
  if (found) return { start, end, source: 'run', name, part: '', kind: found.kind };
  const near = nearNames(name, [...QUERY_FIELDS.keys(), ...SOURCES]);
  const shown = [...name].slice(0, 100).join('');
  const hint =
    near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `A text stands in quotes: "${shown}".`;
  throw new QueryError(`There is no field '${shown}'. ${hint}`, start, end);
}

/** A field as a query writes it: `params.seed`, `params["with space"]` or `metrics["q"]["x.y"]`. */
export function written({ source, name, part }: Pick<Field, 'source' | 'name' | 'part'>): string {
  if (source === 'run') return name;
  const behind = part === '' ? '' : `.${part}`;
  if (source === 'metrics' && parseLongId(name) !== undefined) return `${source}${name}`;
  return PLAIN_NAME.test(name) ? `${source}.${name}${behind}` : `${source}[${quoted(name)}]${behind}`;
}

/** The name of the column that shows a field: as `parseRunColumn` reads it. */
export function columnOfField({ source, name }: { source: FieldSource; name: string }): string {
  if (source === 'run') return name;
  return source === 'metrics' && parseLongId(name) !== undefined ? `${source}${name}` : `${source}.${name}`;
}
