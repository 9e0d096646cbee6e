import type { JsonValue } from '../../formatting/scalars.ts';
import { writeJson } from '../table/comparisonRows.ts';

/** Deeper values, and those after so many, are not told apart but shown as JSON text. */
const MAX_DEPTH = 20;
const MAX_LEAVES = 5000;

/**
 * Turns nested JSON into one level: `{"a": {"b": 1}}` becomes `a.b → 1`, `[{"x": 1}]` becomes `[0].x → 1`.
 * A list of plain values stays one value, and so does what is empty.
 */
export function flattenJson(value: JsonValue): Map<string, JsonValue> {
  const leaves = new Map<string, JsonValue>();
  collect(value, '', 0, leaves);
  return leaves;
}

/** The same, with each value as text. */
export function writtenLeaves(value: JsonValue): Map<string, string> {
  return new Map([...flattenJson(value)].map(([path, leaf]) => [path, writeJson(leaf)]));
}

function collect(value: JsonValue, path: string, depth: number, leaves: Map<string, JsonValue>): void {
  if (!isNested(value) || depth >= MAX_DEPTH || leaves.size >= MAX_LEAVES) {
    leaves.set(path, value);
  } else if (Array.isArray(value)) {
    value.forEach((entry, index) => {
      collect(entry, `${path}[${index}]`, depth + 1, leaves);
    });
  } else {
    for (const [key, entry] of Object.entries(value)) {
      collect(entry, path === '' ? key : `${path}.${key}`, depth + 1, leaves);
    }
  }
}

function isNested(value: JsonValue): value is JsonValue[] | { [key: string]: JsonValue } {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some((entry) => typeof entry === 'object' && entry !== null);
  return Object.keys(value).length > 0;
}
