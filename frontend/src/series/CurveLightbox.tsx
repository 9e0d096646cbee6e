import { ActionIcon, Button, Skeleton, Switch } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconDownload, IconZoomReset } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import type { Range } from '../charts/scales/axes.ts';
import { Lightbox } from '../components/Lightbox.tsx';
import { useElementSize } from '../components/useElementSize.ts';
import { download, toCsv } from '../formatting/csv.ts';
import { countOf, formatCount, formatNumber } from '../formatting/numbers.ts';
import { CurveChart } from './CurveChart.tsx';
import classes from './CurveLightbox.module.css';
import { type Curve, type CurvePoints, describeCurve } from './curve.ts';
import { HoveredPlaceStore } from './hoveredPlace.ts';
import { PointsTable } from './PointsTable.tsx';
import type { ChartSettings } from './SeriesGrid.tsx';
import { MOST_POINTS, useCurvePoints } from './useCurvePoints.ts';

export type CurveLightboxProps = Omit<ChartSettings, 'hovered'> & {
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
  const { height } = useElementSize(room);
  const alone = useMemo(() => [curve], [curve]);
  const loaded = useCurvePoints(runId, alone, MOST_POINTS, true);
  const points = loaded.points.get(curve.id);
  const { colours } = settings;
  const lines = useMemo(
    () => points && [{ id: curve.id, name: curve.name, points, runStart, colour: colours.accent }],
    [curve.id, curve.name, points, runStart, colours],
  );
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
        {points && (
          <Button
            leftSection={<IconDownload size={14} aria-hidden />}
            onClick={() => download(`${fileName(curve.name)}.csv`, pointsToCsv(points), 'text/csv')}
          >
            CSV
          </Button>
        )}
        <Switch
          size="xs"
          label="Table"
          checked={asTable}
          onChange={(event) => setAsTable(event.currentTarget.checked)}
        />
      </div>
      <div ref={room} className={classes.room}>
        {points === undefined || lines === undefined ? (
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

/** The points as a file: step, value, and the time where it is known. */
function pointsToCsv({ steps, values, times }: CurvePoints): string {
  const rows = Array.from(steps, (step, index) => {
    const time = times?.[index] ?? Number.NaN;
    const value = values[index] ?? Number.NaN;
    return [
      step,
      Number.isNaN(value) ? null : value,
      ...(times ? [Number.isNaN(time) ? null : new Date(time).toISOString()] : []),
    ];
  });
  return toCsv([['step', 'value', ...(times ? ['time'] : [])], ...rows]);
}

/** A name that every file system takes. */
function fileName(name: string): string {
  return name.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 80) || 'series';
}
