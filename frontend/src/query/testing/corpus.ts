import { readFileSync } from 'node:fs';
import { parseJson } from '../../formatting/exactJson.ts';
import type { JsonValue } from '../../formatting/scalars.ts';
import type { EvaluatedColumn, EvaluatedRuns, Known, Value, ValueColumn } from '../index.ts';
import { nameOf } from '../tree.ts';

type CorpusRun = Record<string, unknown> & {
  id: string;
  tags: string[];
  nodes: string[];
  metrics: [dataset: string, key: string, value: number | string][];
  params: Record<string, string>;
  json: Record<string, string>;
  series: Record<string, Record<string, number | string | null>>;
};

type Digits = { digits: string };

type Corpus = {
  now: string;
  known: Record<'metrics' | 'parameters' | 'series' | 'json', string[]> & {
    values: Record<string, (Exclude<Value, bigint> | Digits)[]>;
  };
  runs: CorpusRun[];
  cases: ({ query: string } & (
    | { error: string; start: number; end: number; tree?: undefined }
    | { error?: undefined; tree: Record<string, unknown>; ids: string[] }
  ))[];
  completions: { query: string; position: number; suggestions: [string, string, number, number][] }[];
};

/** What the server's code does with queries: see `tests/query_corpus/corpus.py`. */
export const CORPUS = JSON.parse(readFileSync('../tests/query_corpus/corpus.json', 'utf8')) as Corpus;

/** The names and values of the corpus, for completion. */
export const KNOWN: Known = {
  metrics: () => CORPUS.known.metrics,
  parameters: () => CORPUS.known.parameters,
  series: () => CORPUS.known.series,
  json: () => CORPUS.known.json,
  values: (field) =>
    (CORPUS.known.values[nameOf(field)] ?? []).map((value) =>
      typeof value === 'object' ? BigInt(value.digits) : value,
    ),
};

/** The runs of the corpus as columns. */
export const RUNS: EvaluatedRuns = {
  count: CORPUS.runs.length,
  column: ({ source, name, part }) => {
    switch (source) {
      case 'run':
        return runColumn(name);
      case 'metrics':
        return numberColumn(CORPUS.runs.map((run) => metricOf(run, name)));
      case 'series':
        return numberColumn(CORPUS.runs.map((run) => run.series[name]?.[part] ?? null));
      case 'params': {
        const written = CORPUS.runs.map((run) => run.params[name]);
        return valueColumn(written.map(jsonOf), written);
      }
      case 'json':
        return valueColumn(CORPUS.runs.map((run) => trackedValue(run, name.split('.'))));
    }
  },
  givenTitles: () =>
    valueColumn(CORPUS.runs.map((run) => (run.title === run.id ? null : (run.title as string)))),
  documents: () => {
    const datasets = new Set(CORPUS.runs.flatMap((run) => Object.keys(run.json)));
    return [...datasets].map((dataset) => valueColumn(CORPUS.runs.map((run) => jsonOf(run.json[dataset]))));
  },
};

const NUMBERS = new Set(['started', 'ended', 'duration']);

function runColumn(name: string): EvaluatedColumn {
  if (name === 'tags' || name === 'nodes')
    return { kind: 'sets', values: CORPUS.runs.map((run) => run[name]) };
  const values = CORPUS.runs.map((run) => (run[name] ?? null) as JsonValue);
  return NUMBERS.has(name) ? numberColumn(values as (number | null)[]) : valueColumn(values);
}

function numberColumn(values: (number | string | null)[]): EvaluatedColumn {
  const exact = new Map<number, bigint>();
  const numbers = values.map((value, row) => {
    if (typeof value === 'string' && /^-?\d+$/.test(value)) exact.set(row, BigInt(value));
    if (value === 'inf' || value === '-inf') return value === 'inf' ? Infinity : -Infinity;
    return value === null ? Number.NaN : Number(value);
  });
  return { kind: 'number', values: Float64Array.from(numbers), exact };
}

function valueColumn(values: JsonValue[], written?: (string | undefined)[]): ValueColumn {
  return {
    kind: 'values',
    codes: values.map((_, row) => row),
    values,
    ...(written && { written: written.map((each) => each ?? '') }),
  };
}

function metricOf(run: CorpusRun, id: string): number | string | null {
  const found = run.metrics.find(
    ([dataset, key]) => id === `${dataset}.${key}` || id === `["${dataset}"]["${key}"]`,
  );
  return found?.[2] ?? null;
}

/** A stored JSON text; null for what is none. */
function jsonOf(text: string | undefined): JsonValue {
  try {
    return text === undefined ? null : parseJson(text);
  } catch {
    return null;
  }
}

/** A value in a tracked document: each dot of the name may be where the dataset's ends. */
function trackedValue(run: CorpusRun, parts: string[]): JsonValue {
  for (let size = 1; size < parts.length; size += 1) {
    let value = jsonOf(run.json[parts.slice(0, size).join('.')]);
    for (const key of parts.slice(size)) {
      const inner = typeof value === 'object' && value !== null && !Array.isArray(value);
      value = inner ? ((value as Record<string, JsonValue>)[key] ?? null) : null;
    }
    if (value !== null) return value;
  }
  return null;
}
