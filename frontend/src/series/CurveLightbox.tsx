import { ActionIcon, Button, Skeleton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconChevronLeft, IconChevronRight, IconZoomReset } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import { ChartActions } from '../charts/frame/ChartActions.tsx';
import type { PictureRef } from '../charts/frame/usePicture.ts';
import type { Range } from '../charts/scales/axes.ts';
import { Lightbox } from '../components/Lightbox.tsx';
import { useElementSize } from '../components/useElementSize.ts';
import { countOf, formatCount, formatNumber } from '../formatting/numbers.ts';
import { CurveChart } from './CurveChart.tsx';
import classes from './CurveLightbox.module.css';
import { type Curve, type CurvePoints, describeCurve } from './curve.ts';
import { HoveredPlaceStore } from './hoveredPlace.ts';
import { PointsTable } from './PointsTable.tsx';
import { pointsTable } from './pointsTable.ts';
import { type ChartSettings, lineOf } from './SeriesGrid.tsx';
import { MOST_POINTS, useCurvePoints } from './useCurvePoints.ts';
import { useFinerPoints } from './useFinerPoints.ts';

export type CurveLightboxProps = Omit<ChartSettings, 'hovered' | 'zoom'> & {
  /** All curves, in the order in which the arrows go through them. */
  curves: readonly Curve[];
  opened: Curve | undefined;
  onChange: (curve: string | undefined) => void;
};

/** One curve large, with its points behind it. Esc closes. */
export default function CurveLightbox({ curves, opened, onChange, ...settings }: CurveLightboxProps) {
  return (
    <Lightbox
      opened={opened !== undefined}
      onClose={() => onChange(undefined)}
      title={opened?.name}
      width="1200px"
      height="760px"
    >
      {opened && (
        <Expanded key={opened.id} curves={curves} curve={opened} onChange={onChange} {...settings} />
      )}
    </Lightbox>
  );
}

type ExpandedProps = Omit<CurveLightboxProps, 'opened'> & { curve: Curve };

function Expanded({ curves, curve, onChange, ...settings }: ExpandedProps) {
  const { runId, runStart, ...chart } = settings;
  const [asTable, setAsTable] = useState(false);
  const [zoomed, setZoomed] = useState<Range>();
  const [hovered] = useState(() => new HoveredPlaceStore());
  const room = useRef<HTMLDivElement>(null);
  const picture: PictureRef = useRef(undefined);
  const [settled] = useDebouncedValue(zoomed, 200);
  const { height } = useElementSize(room);
  const alone = useMemo(() => [curve], [curve]);
  const loaded = useCurvePoints(runId, alone, MOST_POINTS, true);
  const { colours, axis } = settings;
  const points = useFinerPoints(runId, curve, loaded.points.get(curve.id), axis, runStart, settled);
  const lines = useMemo(
    () => (points ? [lineOf(curve, points, runStart, colours)] : []),
    [curve, points, runStart, colours],
  );
  const table = useMemo(() => pointsTable(lines, false), [lines]);
  const place = curves.findIndex(({ id }) => id === curve.id);
  const go = (step: 1 | -1): void =>
    onChange(curves[(place + step + curves.length) % curves.length]?.id ?? curve.id);

  return (
    <>
      <div className={classes.toolbar}>
        {curves.length > 1 && place >= 0 && (
          <span className={classes.steps}>
            <ActionIcon aria-label="Previous series" onClick={() => go(-1)}>
              <IconChevronLeft size={18} aria-hidden />
            </ActionIcon>
            <span aria-live="polite">
              {place + 1} of {formatCount(curves.length)}
            </span>
            <ActionIcon aria-label="Next series" onClick={() => go(1)}>
              <IconChevronRight size={18} aria-hidden />
            </ActionIcon>
          </span>
        )}
        <Facts curve={curve} points={points} />
        <span className={classes.spring} />
        {zoomed && !asTable && (
          <Button leftSection={<IconZoomReset size={14} aria-hidden />} onClick={() => setZoomed(undefined)}>
            Reset zoom
          </Button>
        )}
        <ChartActions
          title={curve.name}
          picture={picture}
          table={table}
          asTable={asTable}
          onAsTableChange={setAsTable}
          full
          onFullChange={() => onChange(undefined)}
        />
      </div>
      <div ref={room} className={classes.room}>
        {points === undefined ? (
          loaded.error ? (
            <p role="alert">The points could not be loaded: {loaded.error.message}</p>
          ) : (
            <Skeleton height="100%" />
          )
        ) : asTable ? (
          <PointsTable name={curve.name} points={points} runStart={runStart} />
        ) : (
          height > 0 && (
            <CurveChart
              id={curve.id}
              label={describeCurve(curve)}
              lines={lines}
              zoomed={zoomed}
              onZoom={setZoomed}
              hovered={hovered}
              height={height}
              keyboard
              picture={picture}
              {...chart}
            />
          )
        )}
      </div>
    </>
  );
}

function Facts({ curve, points }: { curve: Curve; points: CurvePoints | undefined }) {
  const { last, min, max, count, format } = curve;
  const thinned = points !== undefined && points.steps.length < count;
  return (
    <dl className={classes.facts}>
      {[
        ['Last', last],
        ['Min', min],
        ['Max', max],
      ].map(
        ([name, value]) =>
          typeof value === 'number' && (
            <div key={name}>
              <dt>{name}</dt>
              <dd title={String(value)}>{formatNumber(value, format)}</dd>
            </div>
          ),
      )}
      <div>
        <dt>Points</dt>
        <dd>
          {formatCount(count)}
          {thinned && ` (${countOf(points.steps.length, 'point')} shown: each stretch’s lowest and highest)`}
        </dd>
      </div>
    </dl>
  );
}
