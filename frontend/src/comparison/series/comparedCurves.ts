import type { ComparedSeriesQuery } from '../../data/generated/graphql.ts';
import { bestOf, type Curve, type CurveGroupKey, loggedCurve } from '../../series/curve.ts';
import { jsonCurves } from '../../series/jsonCurves.ts';
import type { ComparedRun } from '../comparisonQueries.ts';
import { type ComparisonSection, differ } from '../table/comparisonRows.ts';

type TrackedSeries = Pick<ComparedSeriesQuery['runMetadata'][number], 'series' | 'trackedJson'>;

/** A series of several runs. */
export type ComparedCurve = {
  /** Names it in an address. */
  id: string;
  name: string;
  shortName: string;
  group: CurveGroupKey;
  /** The curve of each run that has one, by the run's id. */
  curves: Map<string, Curve>;
  /** Whether it is not known to be the same in all runs. */
  differs: boolean;
};

/**
 * The series of all runs, by name: those that were logged, and lists of numbers in tracked JSON.
 *
 * @param tracked what each run logged and tracked, in the order of the runs; undefined where that is not known yet
 */
export function comparedCurves(
  runs: readonly ComparedRun[],
  tracked: readonly (TrackedSeries | undefined)[],
): ComparedCurve[] {
  const compared = new Map<string, ComparedCurve>();
  runs.forEach((run, index) => {
    const own = [
      ...(tracked[index]?.series ?? []).map(loggedCurve),
      ...jsonCurves(tracked[index]?.trackedJson ?? []),
    ];
    for (const curve of own) {
      const id = curve.group.kind === 'json' ? `json:${curve.id}` : curve.id;
      const { name, shortName, group } = curve;
      const known = compared.get(id) ?? { id, name, shortName, group, curves: new Map(), differs: true };
      known.curves.set(run.id, curve);
      compared.set(id, known);
    }
  });
  for (const curve of compared.values()) {
    const summaries = runs.map(({ id }) => summarise(curve.curves.get(id)));
    curve.differs = differ(summaries);
  }
  return [...compared.values()];
}

/** What two curves must have in common to be taken for the same. */
function summarise(curve: Curve | undefined): string | null {
  if (curve === undefined) return null;
  const { count, lastStep, last, min, max, points } = curve;
  return JSON.stringify([count, lastStep, last, min, max, points && [...points.values]]);
}

/** A value that stands for a whole series. */
export type SeriesStat = 'last' | 'best' | 'lowest' | 'highest';

const READ: Record<SeriesStat, (curve: Curve) => number | null> = {
  last: ({ last }) => last,
  best: bestOf,
  lowest: ({ min }) => min,
  highest: ({ max }) => max,
};

/** A value of each series in each run, as rows of a table. */
export function statRows(
  runs: readonly ComparedRun[],
  groups: readonly { title: string; curves: readonly ComparedCurve[] }[],
  stat: SeriesStat,
): ComparisonSection[] {
  const read = (curve: Curve | undefined): number | null => (curve ? READ[stat](curve) : null);
  return groups.map(({ title, curves }) => ({
    title,
    groups: [
      {
        rows: curves.map(({ id, shortName, curves: own, differs }) => ({
          kind: 'metric',
          key: `series ${id}`,
          label: shortName,
          values: runs.map((run) => read(own.get(run.id))),
          differs,
        })),
      },
    ],
  }));
}
