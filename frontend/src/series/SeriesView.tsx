import { Button, Skeleton, Switch } from '@mantine/core';
import { IconSearchOff } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react';
import { useChartColours } from '../charts/runs/chartColours.ts';
import { SearchField } from '../components/SearchField.tsx';
import { StateMessage } from '../components/StateMessage.tsx';
import { CurveSettings } from './CurveSettings.tsx';
import { type Curve, findCurves, groupCurves } from './curve.ts';
import { HoveredPlaceStore } from './hoveredPlace.ts';
import { SeriesTable } from './SeriesTable.tsx';
import classes from './SeriesView.module.css';
import type { SeriesSearch } from './seriesSearch.ts';
import { useSmoothing } from './useSmoothing.ts';
import { useZoom } from './useZoom.ts';

// Comes when a curve is to be drawn.
const SeriesGrid = lazy(() => import('./SeriesGrid.tsx'));
const CurveLightbox = lazy(() => import('./CurveLightbox.tsx'));

export type SeriesViewProps = {
  runId: string;
  startedAt: string | null;
  curves: readonly Curve[];
  search: SeriesSearch;
  onSearchChange: (change: Partial<SeriesSearch>) => void;
  /** Stands at the beginning of the settings. */
  lead?: ReactNode;
};

/** From so many on a search field helps. */
const SEARCHABLE = 5;

/** All curves of a run: settings, a grid of small charts or a table, and one large. */
export function SeriesView(props: SeriesViewProps) {
  const { runId, startedAt, curves, search, onSearchChange, lead } = props;
  const colours = useChartColours();
  const [hovered] = useState(() => new HoveredPlaceStore());
  const found = useMemo(() => findCurves(curves, search.find), [curves, search.find]);
  const inOrder = useMemo(() => groupCurves(found).flatMap((group) => group.curves), [found]);
  const [smoothing, setSmoothing] = useSmoothing(search);
  const zoom = useZoom(search, onSearchChange);
  const settings = {
    runId,
    runStart: startedAt === null ? Number.NaN : Date.parse(startedAt),
    axis: search.axis ?? ('step' as const),
    log: search.log ?? false,
    smoothing,
    zoom,
    colours,
  };
  const opened = search.curve === undefined ? undefined : curves.find(({ id }) => id === search.curve);
  const expand = (curve: string | undefined) => onSearchChange({ curve });
  return (
    <div className={classes.view}>
      <div className={classes.toolbar}>
        {lead}
        {(curves.length >= SEARCHABLE || search.find !== undefined) && (
          <SearchField
            className={classes.search}
            label="Search series"
            placeholder="Search series…"
            value={search.find}
            onChange={(find) => onSearchChange({ find })}
          />
        )}
        <CurveSettings search={search} onSearchChange={onSearchChange} onSmoothing={setSmoothing} />
        <span className={classes.count} role="status">
          {found.length < curves.length && `${found.length} of ${curves.length} series`}
        </span>
        <Switch
          size="xs"
          label="Table"
          checked={search.table ?? false}
          onChange={(event) => onSearchChange({ table: event.currentTarget.checked || undefined })}
        />
      </div>
      {found.length === 0 ? (
        <StateMessage
          icon={IconSearchOff}
          title="No matching series"
          actions={<Button onClick={() => onSearchChange({ find: undefined })}>Show all</Button>}
        />
      ) : search.table ? (
        <SeriesTable curves={inOrder} onExpand={expand} />
      ) : (
        <Suspense fallback={<LoadingSeries />}>
          <SeriesGrid curves={found} onExpand={expand} hovered={hovered} {...settings} />
        </Suspense>
      )}
      <Suspense>
        <CurveLightbox curves={inOrder} opened={opened} onChange={expand} {...settings} />
      </Suspense>
    </div>
  );
}

/** Stands for the charts while they are on their way. */
export function LoadingSeries() {
  return (
    <div className={classes.skeletons} role="status" aria-label="Loading the series">
      {[1, 2, 3, 4, 5, 6].map((n) => (
        <Skeleton key={n} height={228} radius="md" />
      ))}
    </div>
  );
}
