import type { JsonValue } from '../../formatting/scalars.ts';
import type { Condition, Field, Operator, Test, Tree, Value } from '../tree.ts';
import type { EvaluatedColumn, EvaluatedRuns } from './columns.ts';
import { compareSizes, compareStored, compareTexts } from './numbers.ts';
import { holds, lowered } from './texts.ts';
import { holdingWords } from './words.ts';

/**
 * Which runs a query finds: 1 where a run is found. A condition is true or false of a run, and never unknown, so that
 * `not` is the opposite: as on the server (`store/query/compile.py`).
 */
export function evaluate(tree: Tree, runs: EvaluatedRuns): Uint8Array {
  if (tree.node === 'Words') return holdingWords(tree.words, runs);
  return evaluated(tree, runs);
}

function evaluated(condition: Condition, runs: EvaluatedRuns): Uint8Array {
  switch (condition.node) {
    case 'AllOf': {
      const found = new Uint8Array(runs.count).fill(1);
      for (const part of condition.parts) {
        const one = evaluated(part, runs);
        for (let row = 0; row < found.length; row += 1) found[row] = (found[row] ?? 0) & (one[row] ?? 0);
      }
      return found;
    }
    case 'AnyOf': {
      const found = new Uint8Array(runs.count);
      for (const part of condition.parts) {
        const one = evaluated(part, runs);
        for (let row = 0; row < found.length; row += 1) found[row] = (found[row] ?? 0) | (one[row] ?? 0);
      }
      return found;
    }
    case 'Negation':
      return evaluated(condition.part, runs).map((one) => 1 - one);
    case 'CompareFields':
      return comparedFields(condition.left, condition.operator, condition.right, runs);
    default:
      return tested(condition, runs);
  }
}

type Asked = { number: (value: number | bigint) => boolean; other: (value: JsonValue) => boolean };

function tested(test: Exclude<Test, { node: 'CompareFields' }>, runs: EvaluatedRuns): Uint8Array {
  const found = new Uint8Array(runs.count);
  const column = runs.column(test.field);
  if (column === undefined) return found;
  const asked = askedBy(test);
  if (column.kind === 'sets') {
    const asksMember = test.node === 'Contains' && typeof test.value === 'string' ? lowered(test.value) : '';
    for (let row = 0; row < found.length; row += 1) {
      const members = column.values[row] ?? [];
      const isFound = test.node === 'IsThere' || members.some((member) => lowered(member) === asksMember);
      found[row] = members.length > 0 && isFound ? 1 : 0;
    }
    return found;
  }
  if (column.kind === 'number') {
    for (let row = 0; row < found.length; row += 1) {
      const value = column.exact?.get(row) ?? column.values[row] ?? Number.NaN;
      found[row] = isPresent(value) && asked.number(value) ? 1 : 0;
    }
    return found;
  }
  const byValue = column.values.map((value) => isPresent(value) && asksOf(asked, value));
  for (let row = 0; row < found.length; row += 1) found[row] = byValue[column.codes[row] ?? -1] ? 1 : 0;
  return found;
}

function asksOf(asked: Asked, value: JsonValue): boolean {
  return isNumber(value) ? asked.number(value) : asked.other(value);
}

/** What a test asks of a value that a run has. */
function askedBy(test: Exclude<Test, { node: 'CompareFields' }>): Asked {
  switch (test.node) {
    case 'IsThere':
      return { number: () => true, other: () => true };
    case 'Compare':
      return askedByComparison(test.operator, test.value);
    case 'OneOf': {
      const each = test.values.map((value) => askedByComparison('==', value));
      return {
        number: (value) => each.some(({ number }) => number(value)),
        other: (value) => each.some(({ other }) => other(value)),
      };
    }
    case 'Contains':
      return { number: () => false, other: (value) => contains(value, test.value) };
    case 'BeginsOrEnds':
      return {
        number: () => false,
        other: (value) =>
          typeof value === 'string' && holds(value, test.text, test.side === 'startswith' ? 'start' : 'end'),
      };
  }
}

function askedByComparison(operator: Operator, value: Value): Asked {
  if (operator === '!=') {
    const same = askedByComparison('==', value);
    return { number: (each) => !same.number(each), other: (each) => !same.other(each) };
  }
  if (isNumber(value)) return { number: (each) => compareSizes(each, operator, value), other: () => false };
  const other =
    typeof value === 'string'
      ? (each: JsonValue) => typeof each === 'string' && compareTexts(each, operator, value)
      : (each: JsonValue) => each === value;
  return { number: () => false, other };
}

function contains(value: JsonValue, part: Value): boolean {
  if (Array.isArray(value)) {
    return value.some((element: JsonValue) =>
      isNumber(part) ? isNumber(element) && compareSizes(element, '==', part) : element === part,
    );
  }
  return typeof value === 'string' && typeof part === 'string' && holds(value, part);
}

function comparedFields(left: Field, operator: Operator, right: Field, runs: EvaluatedRuns): Uint8Array {
  const found = new Uint8Array(runs.count);
  const [first, second] = [runs.column(left), runs.column(right)];
  if (first === undefined || second === undefined) return found;
  for (let row = 0; row < found.length; row += 1) {
    const [one, other] = [valueAt(first, row), valueAt(second, row)];
    if (isPresent(one) && isPresent(other)) found[row] = compareValues(one, operator, other) ? 1 : 0;
  }
  return found;
}

function compareValues(one: JsonValue, operator: Operator, other: JsonValue): boolean {
  if (operator === '!=') return !compareValues(one, '==', other);
  if (isNumber(one) && isNumber(other)) return compareStored(one, operator, other);
  if (typeof one === 'string' && typeof other === 'string') return compareTexts(one, operator, other);
  if (typeof one === 'boolean' && typeof other === 'boolean')
    return compareSizes(Number(one), operator, Number(other));
  return false;
}

function valueAt(column: EvaluatedColumn, row: number): JsonValue {
  switch (column.kind) {
    case 'number':
      return column.exact?.get(row) ?? column.values[row] ?? null;
    case 'values':
      return column.values[column.codes[row] ?? -1] ?? null;
    case 'sets':
      return null;
  }
}

function isNumber(value: unknown): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

function isPresent(value: JsonValue): boolean {
  return value !== null && !Number.isNaN(value);
}
