import { Button, CloseButton, Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import {
  IconAlertTriangle,
  IconDownload,
  IconFlaskOff,
  IconGitCompare,
  IconSearchOff,
  IconStar,
  IconStarFilled,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useClient } from 'urql';
import { StateMessage } from '../../components/StateMessage.tsx';
import { download } from '../../formatting/csv.ts';
import { chooseFormat, countOf, formatCount, type NumberFormat } from '../../formatting/numbers.ts';
import { useChanges } from '../../graphql/changes.ts';
import { useDeletionsSnapshot } from '../deletion/deletionContext.tsx';
import { parseRunColumn } from '../runColumns.ts';
import { useUpdateRun } from '../runDetails.ts';
import { rememberOrder } from '../runOrder.ts';
import { nextSort, toRunOrder } from '../runSort.ts';
import { fetchMatchingRuns, fetchNamedRuns, runsToCsv } from '../runsCsv.ts';
import type { ExperimentsSearch } from '../search.ts';
import { ColumnChooser } from './ColumnChooser.tsx';
import { createColumns, type MetricColumn } from './columns.tsx';
import { chooseColumns, toggleRange } from './listSelection.ts';
import classes from './RunsList.module.css';
import { RunsTable } from './RunsTable.tsx';
import type { RunRow } from './runsQuery.ts';
import { SelectionBar } from './SelectionBar.tsx';
import { useRunPages } from './useRunPages.ts';

type RunsListProps = {
  search: ExperimentsSearch;
  /** Where the query of the list is written. */
  queryField: ReactNode;
  onSearchChange: (part: Partial<ExperimentsSearch>, replace?: boolean) => void;
  /** Undefined until it is known which metrics there are. */
  metricColumns: MetricColumn[] | undefined;
};

const NONE: string[] = [];

/** The tab "Runs": the table with all that finds, sorts, chooses and exports runs. */
export function RunsList({ search, queryField, onSearchChange, metricColumns }: RunsListProps) {
  const client = useClient();
  const navigate = useNavigate();
  const update = useUpdateRun();
  const compact = useMediaQuery('(max-width: 640px)', window.innerWidth <= 640) ?? false;
  const [problem, setProblem] = useState<string>();
  const [exporting, setExporting] = useState(false);

  const shown = useMemo(
    () => metricColumns && chooseColumns(metricColumns, metricsAmong(search.columns)),
    [metricColumns, search.columns],
  );
  const metricIds = useMemo(() => shown?.map((column) => column.id), [shown]);
  const filter = metricIds && {
    search: search.q,
    bookmarked: search.bookmarked,
    orderBy: search.sort === undefined ? undefined : toRunOrder(search.sort),
    metrics: metricIds,
  };
  const { pages, snapshot } = useRunPages(filter);
  const { loading, error, newIds } = snapshot;
  const { deletedIds } = useDeletionsSnapshot();
  const rows = useMemo(
    () => (deletedIds.size === 0 ? snapshot.rows : snapshot.rows.filter(({ id }) => !deletedIds.has(id))),
    [snapshot.rows, deletedIds],
  );
  // The server still counts those that are being deleted.
  const totalCount = snapshot.totalCount - (snapshot.rows.length - rows.length);
  useEffect(() => rememberOrder(rows.map((run) => run.id)), [rows]);

  const lastVisible = useRef(0);
  const onLastVisibleChange = useCallback((index: number) => {
    lastVisible.current = index;
  }, []);
  useChanges(['RUNS'], () => void pages.refresh(lastVisible.current));

  const choosing = search.compare === true;
  const selected = search.selected ?? NONE;
  const selectedIds = useMemo(() => new Set(selected), [selected]);
  const anchor = useRef<string>(undefined);
  const latest = useRef({ rows, selected });
  useEffect(() => {
    latest.current = { rows, selected };
  });

  const select = useCallback(
    (ids: string[]) => onSearchChange({ selected: ids.length === 0 ? undefined : ids }),
    [onSearchChange],
  );
  const onToggle = useCallback(
    (run: RunRow, range: boolean) => {
      const order = latest.current.rows.map((row) => row.id);
      select(toggleRange(latest.current.selected, order, run.id, range ? anchor.current : undefined));
      anchor.current = run.id;
    },
    [select],
  );
  const onBookmark = useCallback(
    async (run: RunRow, bookmark: boolean) => setProblem(await update(run.id, { bookmark })),
    [update],
  );
  const onOpen = useCallback(
    (run: RunRow) => {
      if (choosing) onToggle(run, false);
      else navigate({ to: '/experiment-tracking/runs/$runId', params: { runId: run.id } });
    },
    [navigate, choosing, onToggle],
  );

  const sample = useSample(rows);
  const columns = useMemo(() => {
    const formats = new Map<number, NumberFormat>();
    const formatOf = (index: number) => {
      const format = formats.get(index) ?? chooseFormat(sample.map((run) => run.metricValues[index]));
      formats.set(index, format);
      return format;
    };
    return createColumns(shown ?? [], formatOf, onBookmark, compact);
  }, [shown, sample, compact, onBookmark]);

  const exportCsv = async () => {
    setExporting(true);
    try {
      const metrics = (metricColumns ?? []).map((column) => column.id);
      const runs =
        selected.length > 0
          ? await fetchNamedRuns(client, selected, metrics)
          : await fetchMatchingRuns(client, { ...filter, metrics });
      download('runs.csv', runsToCsv(runs, metrics), 'text/csv');
      setProblem(undefined);
    } catch {
      setProblem('The runs could not be exported: the server did not answer.');
    } finally {
      setExporting(false);
    }
  };

  const nothingFound = !loading && rows.length === 0 && !error;
  return (
    <section className={classes.root} aria-label="Runs">
      <div className={classes.toolbar}>
        {queryField}
        <Tooltip label="Show bookmarked runs only">
          <Button
            className={classes.iconButton}
            aria-pressed={search.bookmarked === true}
            aria-label="Bookmarked only"
            data-on={search.bookmarked || undefined}
            onClick={() => onSearchChange({ bookmarked: search.bookmarked ? undefined : true })}
          >
            {search.bookmarked ? (
              <IconStarFilled size={14} aria-hidden />
            ) : (
              <IconStar size={14} stroke={1.8} aria-hidden />
            )}
          </Button>
        </Tooltip>
        <span className={classes.count} role="status">
          {loading && rows.length === 0 ? '' : countOf(totalCount, 'run')}
        </span>
        <span className={classes.spring} />
        <ColumnChooser
          columns={metricColumns ?? []}
          shown={metricIds ?? NONE}
          onChange={(ids) => onSearchChange({ columns: ids?.map((id) => `metrics.${id}`) })}
        />
        <Button
          leftSection={<IconDownload size={14} aria-hidden />}
          loading={exporting}
          disabled={totalCount === 0}
          onClick={exportCsv}
          aria-label={selected.length > 0 ? `Export ${selected.length} selected as CSV` : 'Export all as CSV'}
        >
          <span className={classes.wideOnly}>
            Export{selected.length > 0 ? ` ${formatCount(selected.length)}` : ''}
          </span>
        </Button>
        <Button
          leftSection={<IconGitCompare size={14} aria-hidden />}
          aria-pressed={choosing}
          data-on={choosing || undefined}
          className={classes.compare}
          onClick={() =>
            onSearchChange(choosing ? { compare: undefined, selected: undefined } : { compare: true })
          }
        >
          Compare runs
        </Button>
      </div>
      {problem && (
        <div className={classes.problem} role="alert">
          <IconAlertTriangle size={15} aria-hidden />
          <span>{problem}</span>
          <CloseButton size="sm" aria-label="Dismiss" onClick={() => setProblem(undefined)} />
        </div>
      )}
      {choosing && <SelectionBar selected={selected} onChange={select} rows={rows} />}
      {error && rows.length === 0 ? (
        <StateMessage
          icon={IconAlertTriangle}
          tone="danger"
          title="The runs could not be loaded"
          actions={
            <Button variant="filled" onClick={pages.retry}>
              Try again
            </Button>
          }
        >
          {error.networkError ? 'The server did not answer.' : error.message}
        </StateMessage>
      ) : nothingFound ? (
        <NothingFound search={search} onSearchChange={onSearchChange} />
      ) : (
        <RunsTable
          rows={rows}
          totalCount={totalCount}
          hasMore={snapshot.hasMore}
          loading={rows.length === 0}
          stale={loading && rows.length > 0}
          columns={columns}
          compact={compact}
          choosing={choosing}
          selectedIds={selectedIds}
          newIds={newIds}
          sort={search.sort}
          onSort={(column) => onSearchChange({ sort: nextSort(search.sort, column) })}
          onOpen={onOpen}
          onToggle={onToggle}
          onNeedMore={pages.loadMore}
          onLastVisibleChange={onLastVisibleChange}
          scrollKey={`${search.q}|${search.bookmarked}|${search.sort}`}
        />
      )}
    </section>
  );
}

/** Ids of the metrics among the columns of the address. */
function metricsAmong(columns: string[] | undefined): string[] | undefined {
  return columns?.flatMap((name) => {
    const column = parseRunColumn(name);
    return column?.source === 'metrics' ? [column.name] : [];
  });
}

/** So many runs tell how the numbers of a column are to be written. */
const SAMPLE = 200;

/** The first runs; the same array for as long as these stay the same, whatever is loaded after them. */
function useSample(rows: RunRow[]): RunRow[] {
  const [sample, setSample] = useState(rows);
  const first = rows.slice(0, SAMPLE);
  const same = sample.length === first.length && first.every((run, index) => run === sample[index]);
  if (!same) setSample(first);
  return same ? sample : first;
}

function NothingFound({ search, onSearchChange }: Pick<RunsListProps, 'search' | 'onSearchChange'>) {
  const bookmarkedOnly = search.bookmarked && search.q === undefined;
  if (!search.bookmarked && search.q === undefined)
    return <StateMessage icon={IconFlaskOff} title="No runs left" />;
  return (
    <StateMessage
      icon={bookmarkedOnly ? IconStar : IconSearchOff}
      title={bookmarkedOnly ? 'No bookmarked runs' : 'No run matches'}
      actions={
        <Button onClick={() => onSearchChange({ q: undefined, bookmarked: undefined })}>
          {bookmarkedOnly ? 'Show all runs' : 'Clear the search'}
        </Button>
      }
    >
      {search.q === undefined ? (
        'The star at the left of a run bookmarks it.'
      ) : (
        <>
          Nothing was found for <strong dir="auto">“{search.q}”</strong>
          {search.bookmarked && ' among the bookmarked runs'}.
        </>
      )}
    </StateMessage>
  );
}
