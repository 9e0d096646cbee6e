import { toNumber } from '../../formatting/numbers.ts';
import type { NumberValue } from '../../formatting/scalars.ts';
import { parseLongId } from '../../runs/metricId.ts';

/** What an example needs to know of a metric. */
export type ExampleMetric = {
  id: string;
  runs: number;
  min?: NumberValue | null;
  max?: NumberValue | null;
  /** Which way is better, where that is known. */
  direction?: 'HIGHER' | 'LOWER' | null;
};

/** What an example needs to know of a parameter. */
export type ExampleParameter = { name: string } & Pick<ExampleMetric, 'runs' | 'min' | 'max'>;

/** A query to start from, and what it finds. */
export type ExampleQuery = { query: string; finds: string };

const ALWAYS: readonly ExampleQuery[] = [
  { query: 'status == "failed" and started > "7 days ago"', finds: 'Runs of the last week that failed.' },
  { query: 'git.branch == "main" and not git.dirty', finds: 'Runs of what was committed on a branch.' },
  { query: '"baseline" in tags or "baseline" in notes', finds: 'Runs with a tag, or a word in their notes.' },
];

/** Queries made of this project's own metrics and parameters, those of the most runs. */
export function exampleQueries(
  metrics: readonly ExampleMetric[],
  parameters: readonly ExampleParameter[],
): ExampleQuery[] {
  const metric = mostUsed(metrics.filter(hasRange)) ?? mostUsed(metrics);
  const parameter = mostUsed(parameters.filter(hasRange));
  const conditions: string[] = [];
  const examples: ExampleQuery[] = [];
  if (metric !== undefined) {
    const below = metric.direction === 'LOWER';
    const condition = `${nameInQuery('metrics', metric.id)} ${below ? '<' : '>'} ${middleOf(metric)}`;
    conditions.push(condition);
    examples.push({ query: condition, finds: `Runs with a metric ${below ? 'below' : 'above'} a value.` });
  }
  if (parameter !== undefined) {
    const condition = `${nameInQuery('params', parameter.name)} == ${toNumber(parameter.min ?? 0)}`;
    conditions.push(condition);
    examples.push({ query: conditions.join(' and '), finds: 'Runs with a parameter, too.' });
  }
  return [...examples, ...ALWAYS];
}

const IDENTIFIER = /^[\p{L}_][\p{L}\p{N}_]*$/u;
const KEYWORDS = new Set([
  'and',
  'or',
  'not',
  'in',
  'is',
  'if',
  'else',
  'for',
  'lambda',
  'True',
  'False',
  'None',
]);

/** A metric or parameter as a query names it: `params.seed`, or `metrics["my metric"]` where it is no plain name. */
export function nameInQuery(source: 'metrics' | 'params', name: string): string {
  if (source === 'metrics' && parseLongId(name) !== undefined) return `metrics${name}`;
  const parts = name.split('.');
  const plain = parts.every((part) => IDENTIFIER.test(part) && !KEYWORDS.has(part));
  return plain ? `${source}.${name}` : `${source}["${name.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"]`;
}

function mostUsed<Used extends { runs: number }>(all: readonly Used[]): Used | undefined {
  return all.reduce<Used | undefined>((best, one) => (best && best.runs >= one.runs ? best : one), undefined);
}

function hasRange({ min, max }: Pick<ExampleMetric, 'min' | 'max'>): boolean {
  return min != null && max != null && Number.isFinite(toNumber(max) - toNumber(min));
}

/** A short number between the least and the largest value. */
function middleOf({ min, max }: ExampleMetric): number {
  if (min == null || max == null) return 0;
  const middle = (toNumber(min) + toNumber(max)) / 2;
  for (let digits = 1; digits < 6; digits += 1) {
    const short = Number(middle.toPrecision(digits));
    if (short > toNumber(min) && short < toNumber(max)) return short;
  }
  return Number.isFinite(middle) ? middle : 0;
}
