import type { ColumnKind } from '../runs/runColumns.ts';
import { STATUSES } from './fields.ts';
import { nearNames } from './nearNames.ts';
import { QueryError } from './queryError.ts';
import { parseDuration, parsePeriod, TIME_EXAMPLES } from './times.ts';
import { quoted } from './tokens.ts';
import { type Condition, type Field, nameOf, type Operator, type Placed, type Value } from './tree.ts';

/** One side of a comparison: a field, or a value that was written. Null is what runs lack. */
export type Operand = Placed & ({ field: Field } | { field?: undefined; value: Value | null });

const IN_WORDS: Record<ColumnKind, string> = {
  text: 'a text',
  number: 'a number',
  time: 'a time',
  boolean: 'yes or no',
  tags: 'a set of texts',
  any: 'any value',
};

const MIRRORED: Record<Operator, Operator> = {
  '==': '==',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

const isEquality = (operator: Operator): boolean => operator === '==' || operator === '!=';

/** Conditions have the place of what was compared: the parser sets it. */
const HERE: Placed = { start: 0, end: 0 };

function wrong({ start, end }: Placed, message: string): QueryError {
  return new QueryError(message, start, end);
}

function fieldIn(side: Operand): Field {
  if (side.field) return side.field;
  throw wrong(side, 'The name of a field stands here. Fields have no quotes.');
}

/** `first operator second`. */
export function compared(first: Operand, operator: Operator, second: Operand, now: Date): Condition {
  if (!first.field) {
    if (second.field) return compared(second, MIRRORED[operator], first, now);
    const message =
      'Neither side is something that runs have. Texts stand in quotes, names of fields do not.';
    throw wrong({ start: first.start, end: second.end }, message);
  }
  const { field } = first;
  if (second.field) return comparedFields(first, field, operator, second, second.field);
  if (second.value === null && isEquality(operator)) {
    const there = isThere(field);
    return operator === '!=' ? there : not(there);
  }
  if (field.kind === 'time') return comparedTime(field, operator, second, now);
  const value = fitting(field, second);
  if (!isEquality(operator) && typeof value === 'boolean')
    throw wrong(second, 'Yes and no are compared with == or != only.');
  return compare(field, operator, value);
}

function comparedFields(
  first: Operand,
  left: Field,
  operator: Operator,
  second: Operand,
  right: Field,
): Condition {
  const both = { start: first.start, end: second.end };
  for (const [side, field] of [
    [first, left],
    [second, right],
  ] as const) {
    const name = nameOf(field);
    if (field.kind === 'tags')
      throw wrong(side, `${name} is a set of texts. Ask for one of them: "…" in ${name}.`);
  }
  if (left.kind !== right.kind && left.kind !== 'any' && right.kind !== 'any') {
    const [one, other] = [left, right].map((field) => `${nameOf(field)} is ${IN_WORDS[field.kind]}`);
    throw wrong(both, `${one}, and ${other}.`);
  }
  if (left.kind !== right.kind && (left.kind === 'time' || right.kind === 'time'))
    throw wrong(both, `Only times can be compared with ${nameOf(left.kind === 'time' ? left : right)}.`);
  if (!isEquality(operator) && (left.kind === 'boolean' || right.kind === 'boolean'))
    throw wrong(both, 'Yes and no are compared with == or != only.');
  return { node: 'CompareFields', left, operator, right, ...HERE };
}

function comparedTime(field: Field, operator: Operator, side: Operand, now: Date): Condition {
  const text = !side.field && typeof side.value === 'string' ? side.value : undefined;
  const period = text === undefined ? undefined : parsePeriod(text, now);
  if (period === undefined) {
    const shown = text === undefined ? `${nameOf(field)} is a time.` : `${quoted(text)} is no time.`;
    const examples = [...TIME_EXAMPLES.slice(0, 4), '2024-05-01', '2024-05-01 12:30'].map(quoted).join(', ');
    throw wrong(side, `${shown} Write one such as ${examples}.`);
  }
  const begun = compare(field, '>=', period.start);
  // A moment has no length, and is a part of no period; at the moment itself is not after it.
  const end = Math.max(period.end, period.start + 1);
  if (operator === '>') return compare(field, '>=', end);
  if (operator === '>=') return begun;
  if (operator === '<') return compare(field, '<', period.start);
  if (operator === '<=') return compare(field, '<', end);
  const within: Condition = { node: 'AllOf', parts: [begun, compare(field, '<', end)], ...HERE };
  return operator === '==' ? within : { node: 'AllOf', parts: [isThere(field), not(within)], ...HERE };
}

/** A value that can be compared with a field. */
function fitting(field: Field, side: Operand): Value {
  const value = side.field ? null : side.value;
  if (value === null) throw wrong(side, 'What runs lack is asked for by `is None` and `is not None`.');
  const name = nameOf(field);
  if (field.kind === 'tags')
    throw wrong(side, `${name} is a set of texts. Ask for one of them: ${shownValue(value)} in ${name}.`);
  if (field.kind === 'any') return value;
  if (field.source === 'run' && typeof value === 'string') {
    if (field.name === 'status') return statusOf(value, side);
    if (field.name === 'duration') {
      const seconds = parseDuration(value);
      if (seconds !== undefined) return seconds;
      const instead = 'Write seconds, or a text such as "90 s" or "1h 30min".';
      throw wrong(side, `${quoted(value)} is no duration. ${instead}`);
    }
  }
  const kind = typeof value === 'string' ? 'text' : typeof value === 'boolean' ? 'boolean' : 'number';
  if (kind === field.kind) return value;
  const instead =
    field.kind === 'text'
      ? `Write it in quotes: ${quoted(shownValue(value))}.`
      : field.kind === 'boolean'
        ? 'Write True or False.'
        : 'Write a number.';
  throw wrong(side, `${name} is ${IN_WORDS[field.kind]}. ${instead}`);
}

function statusOf(value: string, side: Operand): string {
  const status = value.toLowerCase();
  if ((STATUSES as readonly string[]).includes(status)) return status;
  const near = nearNames(value, STATUSES);
  const hint = near.length > 0 ? `Did you mean ${near.map(quoted).join(' or ')}? ` : '';
  const shown = quoted([...value].slice(0, 50).join(''));
  throw wrong(side, `There is no status ${shown}. ${hint}Statuses are ${STATUSES.join(', ')}.`);
}

/** `side in [values]`. */
export function oneOf(side: Operand, values: readonly Operand[], now: Date): Condition {
  const field = fieldIn(side);
  for (const value of values) {
    if (value.field) throw wrong(value, 'A list holds values. Texts stand in quotes.');
  }
  const any = (parts: Condition[]): Condition => ({ node: 'AnyOf', parts, ...HERE });
  if (field.kind === 'time') return any(values.map((value) => comparedTime(field, '==', value, now)));
  if (field.kind === 'tags') return any(values.map((value) => contained(value, side)));
  return { node: 'OneOf', field, values: values.map((value) => fitting(field, value)), ...HERE };
}

/** `member in side`. */
export function contained(member: Operand, side: Operand): Condition {
  if (!side.field) throw wrong(side, 'A list such as [1, 2], or a field that holds text, stands after `in`.');
  const { field } = side;
  const name = nameOf(field);
  if (member.field) {
    const shown = [...nameOf(member.field)].slice(0, 50).join('');
    throw wrong(member, `A value stands before \`in ${name}\`. Texts stand in quotes: "${shown}".`);
  }
  if (field.kind !== 'text' && field.kind !== 'tags' && field.kind !== 'any')
    throw wrong(
      side,
      `${name} is ${IN_WORDS[field.kind]}, in which nothing can be. Compare it with ==, <, >.`,
    );
  const { value } = member;
  if (value === null || (field.kind !== 'any' && typeof value !== 'string'))
    throw wrong(member, `${name} holds texts. Write it in quotes: ${quoted(shownValue(value))}.`);
  return { node: 'Contains', field, value, ...HERE };
}

/** `side.startswith(text)`. */
export function textEnd(side: Operand, end: 'startswith' | 'endswith', text: Operand): Condition {
  const field = fieldIn(side);
  if (field.kind !== 'text' && field.kind !== 'any')
    throw wrong(side, `${nameOf(field)} is ${IN_WORDS[field.kind]}, and no text.`);
  if (text.field || typeof text.value !== 'string') throw wrong(text, 'Write a text in quotes: "…".');
  return { node: 'BeginsOrEnds', field, side: end, text: text.value, ...HERE };
}

/** `side is not None`. */
export function present(side: Operand, nothing: Operand): Condition {
  if (nothing.field || nothing.value !== null)
    throw wrong(nothing, 'Only None stands after `is`. Write == to compare.');
  return isThere(fieldIn(side));
}

/** A field by itself, which is true. */
export function flag(side: Operand): Condition {
  const field = fieldIn(side);
  if (field.kind === 'boolean' || field.kind === 'any') return compare(field, '==', true);
  const name = nameOf(field);
  const instead = `Say what it is compared with, or ask whether it is there: ${name} is not None.`;
  throw wrong(side, `${name} is ${IN_WORDS[field.kind]}. ${instead}`);
}

function compare(field: Field, operator: Operator, value: Value): Condition {
  return { node: 'Compare', field, operator, value, ...HERE };
}

function isThere(field: Field): Condition {
  return { node: 'IsThere', field, ...HERE };
}

function not(part: Condition): Condition {
  return { node: 'Negation', part, ...HERE };
}

/** A value as messages show it: as Python writes it. */
function shownValue(value: Value | null): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'string' ? quoted(value) : String(value);
}
