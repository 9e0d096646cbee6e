import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { Sparkline } from '../../components/Sparkline.tsx';
import { countOf, formatNumber } from '../../formatting/numbers.ts';
import type { RunOnPage } from '../../runs/runQueries.ts';
import { type Curve, groupCurves } from '../../series/curve.ts';
import { useCurvePoints } from '../../series/useCurvePoints.ts';
import { useLoggedCurves } from '../../series/useLoggedCurves.ts';
import { Section } from '../Section.tsx';
import classes from './SeriesSummary.module.css';

/** The others are in the tab "Metrics". */
const SHOWN = 8;
/** As many as a small curve has columns of pixels for. */
const POINTS = 100;

/** The series that a run logged, each with its last value and a small curve; nothing where there are none. */
export function SeriesSummary({ run }: { run: RunOnPage }) {
  const { curves } = useLoggedCurves(run.id, run.status === 'RUNNING');
  if (curves === undefined || curves.length === 0) return null;
  return <Summary run={run} curves={curves} />;
}

function Summary({ run, curves }: { run: RunOnPage; curves: Curve[] }) {
  const shown = useMemo(
    () =>
      // The many alike, one a layer or a feature, say less than the few.
      groupCurves(curves)
        .toSorted((one, other) => one.curves.length - other.curves.length)
        .flatMap((group) => group.curves)
        .slice(0, SHOWN),
    [curves],
  );
  const { points } = useCurvePoints(run.id, shown, POINTS, true);
  return (
    <Section title="Series" count={curves.length}>
      <ul className={classes.list}>
        {shown.map((curve) => (
          <li key={curve.id}>
            <Link
              className={classes.curve}
              to="/experiment-tracking/runs/$runId"
              params={{ runId: run.id }}
              search={{ view: 'metrics', scope: 'run', curve: curve.id }}
            >
              <span className={classes.name} title={curve.name} dir="auto">
                {curve.name}
              </span>
              <Sparkline values={points.get(curve.id)?.values ?? []} width={120} height={24} />
              <span className={classes.last}>
                {curve.last === null ? '–' : formatNumber(curve.last, curve.format)}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {curves.length > SHOWN && (
        <Link
          className={classes.all}
          to="/experiment-tracking/runs/$runId"
          params={{ runId: run.id }}
          search={{ view: 'metrics', scope: 'run' }}
        >
          All {countOf(curves.length, 'series', 'series')}
        </Link>
      )}
    </Section>
  );
}
