import { CloseButton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ExperimentsSearch } from '../address/search.ts';
import { useViewer } from '../data/project.tsx';
import { REFRESH_MS } from '../data/refreshInterval.ts';
import { useChangesAtMost } from '../data/useChangesAtMost.ts';
import { isQueryError } from '../query/field/serverQueryError.ts';
import { parseRunColumn } from '../runs/runColumns.ts';
import { useEditRuns } from '../runs/runDetails.ts';
import { rememberOrder } from '../runs/runOrder.ts';
import { toRunOrder } from '../runs/runSort.ts';
import { ColumnChooser } from './chooser/ColumnChooser.tsx';
import { useTableColumns } from './columns/useTableColumns.ts';
import { ExportMenu } from './ExportMenu.tsx';
import type { RowActions } from './grid/GridRow.tsx';
import { RunsGrid } from './grid/RunsGrid.tsx';
import { useGridKeys } from './grid/useGridKeys.ts';
import { useHeaderActions } from './grid/useHeaderActions.ts';
import { NothingFound } from './NothingFound.tsx';
import { NotLoaded } from './NotLoaded.tsx';
import classes from './RunsList.module.css';
import { RunsToolbar } from './RunsToolbar.tsx';
import { useRunWindows } from './rows/useRunWindows.ts';
import type { MetricColumn, RunChoice, RunRow } from './runsQuery.ts';
import { SelectionBar } from './SelectionBar.tsx';
import { useSelection } from './selection/useSelection.ts';
import { useRunEditing } from './useRunEditing.ts';

type RunsListProps = {
  search: ExperimentsSearch;
  /** Where the query of the list is written. */
  queryField: ReactNode;
  /** The query may turn out to have a mistake, and then to be taken back. */
  unchecked: boolean;
  onSearchChange: (part: Partial<ExperimentsSearch>, replace?: boolean) => void;
  /** Undefined until it is known which metrics there are. */
  metricColumns: MetricColumn[] | undefined;
};

const NONE: string[] = [];

/** Fields that are asked for only while a column shows them. */
const RARE = new Set(['git.remote', 'project', 'env', 'runner', 'kedro_version', 'command', 'notes']);

/** The tab "Runs": the table with all that finds, sorts, chooses and edits runs. */
export function RunsList({ search, queryField, unchecked, onSearchChange, metricColumns }: RunsListProps) {
  const navigate = useNavigate();
  const edit = useEditRuns();
  const { mayEdit } = useViewer();
  const compact = useMediaQuery('(max-width: 640px)', window.innerWidth <= 640) ?? false;
  const [problem, setProblem] = useState<string>();
  const columns = useTableColumns(search, metricColumns, compact);
  const { q, bookmarked, archived, sort } = search;
  const choice = useMemo(
    (): RunChoice => ({
      search: q,
      bookmarked,
      archived: archived === undefined ? false : archived === 'only' ? true : null,
      orderBy: sort === undefined ? undefined : toRunOrder(sort),
    }),
    [q, bookmarked, archived, sort],
  );
  const all = columns.state.names.some((name) => RARE.has(name));
  const { windows, snapshot, cells, cellsVersion, matches, matchesVersion } = useRunWindows(choice, all);
  const { rows, loading } = snapshot;
  const error = unchecked && rows.length > 0 && isQueryError(snapshot.error) ? undefined : snapshot.error;
  const hiddenIds = useRunEditing(windows, choice.archived);
  useChangesAtMost(REFRESH_MS, ['RUNS'], () => {
    void windows.refresh();
    cells.refresh();
    matches.refresh();
  });

  const selected = search.selected ?? NONE;
  const onSelect = useCallback(
    (ids: string[]) => onSearchChange({ selected: ids.length === 0 ? undefined : ids }),
    [onSearchChange],
  );
  const selection = useSelection({ selected, rows, choice, onChange: onSelect, onProblem: setProblem });
  const choosing = search.compare === true;
  const onOpen = (run: RunRow) =>
    void navigate({ to: '/experiment-tracking/runs/$runId', params: { runId: run.id } });
  const [editing, setEditing] = useState<string>();
  const { focus, setFocus, onKeyDown } = useGridKeys({
    rows,
    selection,
    onOpen,
    onEditTitle: (runId) => mayEdit && setEditing(runId),
    onBookmark: (run, bookmark) => mayEdit && void edit([run.id], { bookmark }),
  });
  const rowActions = useStable<RowActions>({
    onOpen,
    onBookmark: (run, bookmark) => void edit([run.id], { bookmark }),
    onTitleChange: (run, title) => void edit([run.id], { title }),
    onEditTitle: (runId) => {
      setEditing(runId);
      // From the title that was edited, keys go on.
      if (runId !== undefined) setFocus(rows.findIndex((row) => row?.id === runId));
    },
    onRowClick: (index, run, { extend, add }) => {
      setFocus(index);
      if (extend) void selection.extend(index);
      else if (choosing || add) selection.toggle(index, run.id);
      else onOpen(run);
    },
    onToggle: (index, run, { extend }) => {
      setFocus(index);
      if (extend) void selection.extend(index);
      else selection.toggle(index, run.id);
    },
  });
  const { sorts, headerActions } = useHeaderActions({
    sort,
    columns,
    onChange: onSearchChange,
  });

  // Of a list that is being replaced only the first rows are kept, which are not how many there were.
  const lastTotal = useRef<number>(undefined);
  useEffect(() => {
    if (!loading) lastTotal.current = rows.length;
  }, [loading, rows.length]);

  // What "next" and "previous" mean on a run's page.
  const latestView = useRef(0);
  const latestRows = useRef(rows);
  useEffect(() => {
    latestRows.current = rows;
  }, [rows]);
  useEffect(() => () => rememberOrder(loadedAround(latestRows.current, latestView.current)), []);

  const { view: viewWindows } = windows;
  const { view: viewCells } = cells;
  const { view: viewMatches } = matches;
  const onView = useCallback(
    ({ from, to }: { from: number; to: number }, names: readonly string[]) => {
      viewWindows(from, to);
      const inView = rows.slice(from, to + 1).flatMap((row) => (row ? [row.id] : []));
      viewCells(
        inView,
        names.filter((name) => parseRunColumn(name)?.source !== 'run'),
      );
      // Of the rows of the search before there is nothing to tell.
      if (!loading) viewMatches(inView);
      latestView.current = from;
    },
    [viewWindows, viewCells, viewMatches, rows, loading],
  );

  const nothingFound = !loading && rows.length === 0;
  return (
    <section className={classes.root} aria-label="Runs">
      <RunsToolbar
        search={search}
        onSearchChange={onSearchChange}
        queryField={queryField}
        total={loading ? lastTotal.current : rows.length}
      >
        <ColumnChooser
          catalog={columns.catalog}
          state={columns.state}
          chosen={Boolean(search.columns ?? search.pinned ?? search.widths)}
          onChange={onSearchChange}
        />
        <ExportMenu
          matching={{ search: q, bookmarked, archived: choice.archived, sort }}
          total={rows.length}
          selected={selected}
          shown={columns.state.names}
          onProblem={setProblem}
        />
      </RunsToolbar>
      {problem && (
        <div className={classes.problem} role="alert">
          <IconAlertTriangle size={15} aria-hidden />
          <span>{problem}</span>
          <CloseButton size="sm" aria-label="Dismiss" onClick={() => setProblem(undefined)} />
        </div>
      )}
      {(choosing || selected.length > 0) && (
        <SelectionBar selected={selected} onChange={onSelect} rows={rows} />
      )}
      {error ? (
        <NotLoaded
          error={error}
          onRetry={windows.retry}
          onClearQuery={() => onSearchChange({ q: undefined })}
        />
      ) : nothingFound ? (
        <NothingFound search={search} onSearchChange={onSearchChange} />
      ) : (
        <RunsGrid
          snapshot={columns.known ? snapshot : AWAITED}
          stale={loading && rows.length > 0}
          columns={columns.shown}
          widths={columns.widths}
          cells={cells}
          cellsVersion={cellsVersion}
          matches={matches}
          matchesVersion={matchesVersion}
          compact={compact}
          selectedIds={selection.ids}
          hiddenIds={hiddenIds}
          focus={focus}
          editing={editing}
          sorts={sorts}
          rowActions={rowActions}
          headerActions={headerActions}
          onToggleAll={() => (selected.length > 0 ? selection.clear() : void selection.selectAll())}
          onKeyDown={onKeyDown}
          onView={onView}
          place={windows}
          scrollKey={JSON.stringify(choice)}
        />
      )}
    </section>
  );
}

const AWAITED = { rows: [], loading: true, error: undefined, newIds: new Set<string>(), moved: { by: 0 } };

/** The ids of the runs around a place, as far as they are loaded without a gap. */
function loadedAround(rows: readonly (RunRow | undefined)[], place: number): string[] {
  let first = place;
  while (rows[first - 1] !== undefined) first -= 1;
  const ids: string[] = [];
  for (let row = rows[first]; row !== undefined; first += 1, row = rows[first]) ids.push(row.id);
  return ids;
}

/** An object of functions that stays the same, so that rows need not be drawn anew, and does what the latest ones do. */
function useStable<Actions extends Record<string, (...given: never[]) => unknown>>(
  actions: Actions,
): Actions {
  const latest = useRef(actions);
  latest.current = actions;
  const [stable] = useState(
    () =>
      Object.fromEntries(
        Object.keys(actions).map((name) => [name, (...given: never[]) => latest.current[name]?.(...given)]),
        // Each function calls the one of the same name.
      ) as Actions,
  );
  return stable;
}
