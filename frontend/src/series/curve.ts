import {
  chooseFormat,
  countOf,
  formatCount,
  formatNumber,
  type NumberFormat,
  toNumber,
} from '../formatting/numbers.ts';
import type { NumberColumn, NumberValue } from '../formatting/scalars.ts';
import type { SeriesSummary } from './seriesQueries.ts';

/** The points of a curve, in the order of their steps; NaN is a gap. Times are milliseconds since the epoch. */
export type CurvePoints = { steps: Float64Array; values: Float64Array; times: Float64Array | undefined };

/** Numbers inside one run: logged by step, or a list in a tracked JSON dataset. */
export type Curve = {
  /** Names it in an address. */
  id: string;
  name: string;
  /** The name within its group. */
  shortName: string;
  group: CurveGroupKey;
  count: number;
  lastStep: number | null;
  last: number | null;
  /** Of the finite values. */
  min: number | null;
  max: number | null;
  /** Which way is better; null where that is not known. */
  direction: 'HIGHER' | 'LOWER' | null;
  format: NumberFormat;
  /** The points of a list in JSON. Those of a logged series are asked for when they are to be drawn. */
  points: CurvePoints | undefined;
};

/** What curves belong to: a tracked JSON dataset, or what the names of logged series begin with. */
export type CurveGroupKey = { kind: 'logged' | 'json'; title: string };

/** What curves are grouped and found by. */
type NamedCurve = Pick<Curve, 'name' | 'group'>;

export type CurveGroup<Member extends NamedCurve = Curve> = { group: CurveGroupKey; curves: Member[] };

const numberOf = (value: NumberValue | null): number | null => (value === null ? null : toNumber(value));

/** A logged series as a curve: `train/loss` belongs to the group `train`. */
export function loggedCurve(series: SeriesSummary): Curve {
  const slash = series.name.indexOf('/');
  const inGroup = slash > 0 && slash < series.name.length - 1;
  return {
    id: series.name,
    name: series.name,
    shortName: inGroup ? series.name.slice(slash + 1) : series.name,
    group: { kind: 'logged', title: inGroup ? series.name.slice(0, slash) : '' },
    count: series.count,
    lastStep: numberOf(series.lastStep),
    last: numberOf(series.last),
    min: numberOf(series.min),
    max: numberOf(series.max),
    direction: series.direction,
    format: chooseFormat([series.last, series.min, series.max]),
    points: undefined,
  };
}

type SeriesColumns = { steps: NumberColumn; values: NumberColumn; times?: NumberColumn };

/** Points as the server sends them. What is not a finite number cannot be drawn and becomes a gap. */
export function toPoints({ steps, values, times }: SeriesColumns): CurvePoints {
  return {
    steps: Float64Array.from(steps, finite),
    values: Float64Array.from(values, finite),
    times: times && Float64Array.from(times, finite),
  };
}

export function finite(value: NumberValue | null | undefined): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : Number.NaN;
}

/** The best of a curve's values; null where it is not known which way is better. */
export function bestOf({ direction, min, max }: Pick<Curve, 'direction' | 'min' | 'max'>): number | null {
  if (direction === null) return null;
  return direction === 'HIGHER' ? max : min;
}

/** A curve in words, for those who do not see its chart. */
export function describeCurve({ name, count, lastStep, last, min, max, format }: Curve): string {
  const facts = [countOf(count, 'point')];
  if (last !== null) facts.push(`last ${formatNumber(last, format)}`);
  if (lastStep !== null) facts.push(`at step ${formatCount(lastStep)}`);
  if (min !== null) facts.push(`lowest ${formatNumber(min, format)}`);
  if (max !== null) facts.push(`highest ${formatNumber(max, format)}`);
  return `${name}: ${facts.join(', ')}.`;
}

const byName = new Intl.Collator('en', { numeric: true });

/** Fewer series than these stand better among the others than under a heading of their own. */
const SMALLEST_GROUP = 3;

/**
 * Curves by group, all in the order of their names; those of a tracked JSON dataset last. Logged series that are the
 * only ones or one of two of their group have no group of their own, and their whole names.
 */
export function groupCurves<Member extends NamedCurve>(curves: readonly Member[]): CurveGroup<Member>[] {
  const sizes = new Map<string, number>();
  for (const { group } of curves) sizes.set(keyOf(group), (sizes.get(keyOf(group)) ?? 0) + 1);
  const groups = new Map<string, CurveGroup<Member>>();
  for (const each of curves) {
    const small = each.group.kind === 'logged' && (sizes.get(keyOf(each.group)) ?? 0) < SMALLEST_GROUP;
    const curve: Member = small ? { ...each, shortName: each.name, group: UNGROUPED } : each;
    const key = keyOf(curve.group);
    const group = groups.get(key);
    if (group) group.curves.push(curve);
    else groups.set(key, { group: curve.group, curves: [curve] });
  }
  for (const { curves: members } of groups.values()) {
    members.sort((one, other) => byName.compare(one.name, other.name));
  }
  return [...groups.values()].sort(
    ({ group: one }, { group: other }) =>
      Number(one.kind === 'json') - Number(other.kind === 'json') || byName.compare(one.title, other.title),
  );
}

const UNGROUPED: CurveGroupKey = { kind: 'logged', title: '' };

/** Tells a group from all others. */
export function keyOf({ kind, title }: CurveGroupKey): string {
  return `${kind} ${title}`;
}

/** The curves whose names have all the words that are searched for. */
export function findCurves<Member extends NamedCurve>(
  curves: readonly Member[],
  text: string | undefined,
): readonly Member[] {
  const words = (text ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return curves;
  return curves.filter((curve) => {
    const name = `${curve.group.title} ${curve.name}`.toLowerCase();
    return words.every((word) => name.includes(word));
  });
}
