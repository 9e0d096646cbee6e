import { noPoints, type PlacedPoints } from '../points/paintPoints.ts';
import type { ColumnScale } from '../scales/columnScale.ts';
import { type PlotArea, toX } from '../surface/paintAxes.ts';
import { type Bins, chooseBins, countBins } from './bins.ts';
import type { RunGroups } from './groups.ts';
import { type BoxSummary, summarise } from './quantiles.ts';

/** Heights in pixels. */
const HISTOGRAM = 150;
const LOWEST_HISTOGRAM = 110;
const ROW = 74;
const TOP = 26;
const BETWEEN = 16;
const BOTTOM = 44;

/** Within a row: the box above, the points of the runs below. */
export const BOX_SHARE = 0.36;

const LEFT = 58;
const MOST_LEFT = 170;
const RIGHT = 18;

/** A group of runs in its row. */
export type GroupRow = { label: string; box: BoxSummary; top: number; height: number; place: number };

/** Where everything of a distribution is. */
export type DistributionLayout = {
  width: number;
  height: number;
  histogram: PlotArea;
  rows: readonly GroupRow[];
  /** The horizontal axis, in the units of the drawing. */
  span: { low: number; high: number };
  bins: Bins;
  /** Of each group. */
  counts: readonly Uint32Array[];
  /** Of the highest bin. */
  most: number;
  points: PlacedPoints;
};

/** The height of a distribution with so many groups, of which there is one at least. */
export function distributionHeight(groups: number): number {
  return TOP + HISTOGRAM + BETWEEN + groups * ROW + BOTTOM;
}

/** The groups that have a value: what a distribution shows. */
export function summariseGroups(scale: ColumnScale, { groups, labels }: RunGroups) {
  const members = labels.map((): number[] => []);
  for (let row = 0; row < groups.length; row += 1) {
    const value = scale.places[row] ?? Number.NaN;
    if (!Number.isNaN(value)) members[groups[row] ?? -1]?.push(value);
  }
  return labels.flatMap((label, place) => {
    const box = summarise(Float64Array.from(members[place] ?? []));
    return box ? [{ label, place, box }] : [];
  });
}

export type SummarisedGroup = ReturnType<typeof summariseGroups>[number];

/** Bins of all values that belong to a group, as many as suit them or as somebody wants. */
export function binsOf(
  scale: ColumnScale,
  { groups }: RunGroups,
  wanted: number | undefined,
): Bins | undefined {
  const values = scale.places.filter((value, row) => !Number.isNaN(value) && (groups[row] ?? -1) >= 0);
  const whole = !scale.log && scale.kind === 'number' && values.every(Number.isInteger);
  return chooseBins(values, wanted, whole);
}

/** Puts a distribution into a place of some size. */
export function layOutDistribution(
  scale: ColumnScale,
  runGroups: RunGroups,
  summaries: readonly SummarisedGroup[],
  bins: Bins,
  width: number,
  height: number,
): DistributionLayout {
  const longest = summaries.length > 1 ? Math.max(...summaries.map(({ label }) => label.length)) : 0;
  const left = Math.max(LEFT, Math.min(MOST_LEFT, width * 0.32, longest * 6.4 + 16));
  const free = height - TOP - BETWEEN - BOTTOM;
  const histogramHeight = Math.max(LOWEST_HISTOGRAM, Math.min(free * 0.45, free - summaries.length * ROW));
  const rowHeight = Math.max(24, (free - histogramHeight) / Math.max(1, summaries.length));
  const histogram = { left, top: TOP, width: Math.max(1, width - left - RIGHT), height: histogramHeight };
  const span = {
    low: Math.min(scale.low, bins.low),
    high: Math.max(scale.high, bins.low + bins.width * bins.count),
  };
  const rows = summaries.map((group, index) => ({
    ...group,
    top: TOP + histogramHeight + BETWEEN + index * rowHeight,
    height: rowHeight,
  }));
  const counts = countBins(bins, scale.places, runGroups.groups, runGroups.labels.length);
  const most = Math.max(1, ...Array.from({ length: bins.count }, (_, bin) => sumOf(counts, bin)));
  const points = placeStrips(scale, runGroups, rows, histogram, span);
  return { width, height, histogram, rows, span, bins, counts, most, points };
}

export function sumOf(counts: readonly Uint32Array[], bin: number): number {
  return counts.reduce((sum, group) => sum + (group[bin] ?? 0), 0);
}

/** The runs of each group as points below its box, one beside the other. */
function placeStrips(
  scale: ColumnScale,
  { groups, labels }: RunGroups,
  rows: readonly GroupRow[],
  area: PlotArea,
  span: { low: number; high: number },
): PlacedPoints {
  const runs = scale.places.length;
  const rowOf = labels.map((_, place) => rows.find((row) => row.place === place));
  const points = noPoints(runs);
  for (let row = 0; row < runs; row += 1) {
    const value = scale.places[row] ?? Number.NaN;
    const place = rowOf[groups[row] ?? -1];
    if (Number.isNaN(value) || place === undefined) continue;
    const strip = place.height * (1 - BOX_SHARE) - 14;
    points.x[row] = toX(area, span, value);
    // The golden ratio spreads points evenly, however many there are.
    points.y[row] = place.top + place.height * BOX_SHARE + 6 + ((row * 0.618034) % 1) * Math.max(4, strip);
    points.count += 1;
  }
  points.radius.fill(points.count <= 500 ? 3 : points.count <= 10_000 ? 2 : 1.2);
  return points;
}
