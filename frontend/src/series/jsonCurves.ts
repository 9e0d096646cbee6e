import { parseJson } from '../formatting/exactJson.ts';
import { toNumberList } from '../formatting/numberList.ts';
import { chooseFormat } from '../formatting/numbers.ts';
import type { JsonValue } from '../formatting/scalars.ts';
import type { Curve } from './curve.ts';

/** Deeper and further down nobody looks for a curve. */
const DEEPEST = 8;
const MOST = 500;

/** The lists of numbers in tracked JSON as curves, named by the way to them: `history.loss`. */
export function jsonCurves(tracked: readonly { dataset: string; json?: string | null }[]): Curve[] {
  const curves: Curve[] = [];
  const collect = (dataset: string, path: string[], value: JsonValue): void => {
    if (curves.length >= MOST) return;
    const numbers = toNumberList(value);
    if (numbers) {
      curves.push(toCurve(dataset, path.join('.') || dataset, numbers));
    } else if (
      typeof value === 'object' &&
      value !== null &&
      !Array.isArray(value) &&
      path.length < DEEPEST
    ) {
      // A list within a list is a row of a table, not a curve.
      for (const [key, inner] of Object.entries(value)) collect(dataset, [...path, key], inner);
    }
  };
  for (const { dataset, json } of tracked) if (json != null) collect(dataset, [], parseJson(json));
  return curves;
}

function toCurve(dataset: string, name: string, values: Float64Array): Curve {
  let min: number | null = null;
  let max: number | null = null;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    min = Math.min(min ?? value, value);
    max = Math.max(max ?? value, value);
  }
  const last = values.at(-1) ?? Number.NaN;
  return {
    id: `${dataset}:${name}`,
    name,
    shortName: name,
    group: { kind: 'json', title: dataset },
    count: values.length,
    lastStep: values.length - 1,
    last,
    min,
    max,
    direction: null,
    format: chooseFormat([last, min, max]),
    points: { steps: Float64Array.from(values, (_, index) => index), values, times: undefined },
  };
}
