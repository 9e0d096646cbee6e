import { Button, Loader, Popover, SegmentedControl, Select, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconListCheck, IconSearchOff } from '@tabler/icons-react';
import { type ReactNode, useMemo, useState } from 'react';
import { StateMessage } from '../components/StateMessage.tsx';
import type { RunTable } from '../data/runTable/runTable.ts';
import { countOf } from '../formatting/numbers.ts';
import { CHART_KINDS } from './chartKinds.ts';
import { ChartSwitch } from './frame/ChartSwitch.tsx';
import classes from './MetricCharts.module.css';
import type { MetricChartsProps } from './metricChartsProps.ts';
import { MetricTableView } from './metrics/MetricTableView.tsx';
import { SHOWN_AT_FIRST } from './metrics/metricSelection.ts';
import type { ChartColumns, ChartKind, RunsScope } from './runCharts.ts';
import { useChartColours } from './runs/chartColours.ts';
import { HoveredRunStore } from './runs/hoveredRun.ts';
import { RunTooltip } from './runs/RunTooltip.tsx';
import { SelectedRuns } from './runs/SelectedRuns.tsx';

type RunChartsProps = MetricChartsProps & {
  kind: ChartKind;
  table: RunTable;
  columns: ChartColumns;
  shown: readonly string[];
  scope: RunsScope;
  /** The list of metrics, for where there is no room for it beside the charts. */
  list: ReactNode;
  /** Whether the table leaves runs out that have none of the metrics. */
  withMetrics: boolean;
  busy: boolean;
  /** Why the last request failed, while what came before is shown. */
  problem: string | undefined;
};

/** Charts of the runs that came, with what chooses among the kinds of charts. */
export function RunCharts(props: RunChartsProps) {
  const { kind, table, columns, shown, list, busy, problem, selectedRunIds, pinnedRunId } = props;
  const { search, onSearchChange, onSelectRun } = props;
  const colours = useChartColours();
  const [hovered] = useState(() => new HoveredRunStore());
  const narrow = useMediaQuery('(max-width: 640px)');
  const marked = useMemo(() => selectedRunIds.map((id) => table.rowOf.get(id)), [selectedRunIds, table]);
  const metrics = useMemo(() => {
    const wanted = new Set(shown);
    return columns.metrics.filter(({ id }) => wanted.has(id));
  }, [columns, shown]);
  const listed = list !== undefined;
  const asTable = listed && search.table === true;
  const change = (value: string | null): void =>
    onSearchChange({
      chart: CHART_KINDS.find((one) => one.value === value && one !== CHART_KINDS[0])?.value,
      large: undefined,
    });
  const kinds = CHART_KINDS.map(({ value, label }) => ({ value, label }));
  const Chart = kind.component;
  return (
    <>
      <div className={classes.toolbar}>
        {narrow ? (
          <Select
            size="xs"
            aria-label="Chart"
            value={kind.value}
            onChange={change}
            data={kinds}
            allowDeselect={false}
          />
        ) : (
          <SegmentedControl size="xs" aria-label="Chart" value={kind.value} onChange={change} data={kinds} />
        )}
        {listed && (
          <div className={classes.choose}>
            <Popover position="bottom-start" width={300} withinPortal trapFocus returnFocus shadow="md">
              <Popover.Target>
                <Button size="xs" variant="default" leftSection={<IconListCheck size={14} aria-hidden />}>
                  Metrics ({shown.length}/{columns.metrics.length})
                </Button>
              </Popover.Target>
              <Popover.Dropdown>{list}</Popover.Dropdown>
            </Popover>
          </div>
        )}
        <Text size="sm" c="dimmed" className={classes.runs} aria-live="polite">
          {countOf(table.runIds.length, 'run')}
          {props.withMetrics && ' with these metrics'}
          {busy && <Loader size={12} ml={8} aria-label="Loading" />}
        </Text>
        {listed && <ChartSwitch label="Table" flag="table" {...{ search, onSearchChange }} />}
      </div>
      {problem !== undefined && (
        <Text size="sm" c="var(--danger)" role="alert" mb="xs">
          {problem}
        </Text>
      )}
      <SelectedRuns table={table} ids={selectedRunIds} marked={marked} onSelectRun={onSelectRun} />
      {listed && shown.length === 0 ? (
        <StateMessage
          icon={IconListCheck}
          title="All metrics are hidden"
          actions={
            <Button onClick={() => onSearchChange({ metrics: undefined })}>
              {columns.metrics.length > SHOWN_AT_FIRST ? `Show the first ${SHOWN_AT_FIRST}` : 'Show all'}
            </Button>
          }
        >
          Choose some from the list.
        </StateMessage>
      ) : table.runIds.length === 0 && !busy ? (
        <StateMessage
          icon={IconSearchOff}
          title="No run to chart"
          actions={props.onShowAll && <Button onClick={props.onShowAll}>Show all runs</Button>}
        >
          {noRun(props)}
        </StateMessage>
      ) : asTable ? (
        <MetricTableView table={table} metrics={metrics} marked={marked} onSelectRun={onSelectRun} />
      ) : (
        <Chart
          {...props}
          marked={marked}
          pinned={pinnedRunId === undefined ? undefined : table.rowOf.get(pinnedRunId)}
          hovered={hovered}
          colours={colours}
          onFilter={props.onFilter}
        />
      )}
      {!asTable && <RunTooltip table={table} hovered={hovered} />}
    </>
  );
}

/** Why there is no run to chart. */
function noRun({ onShowAll, scope, withMetrics }: RunChartsProps): string {
  if (onShowAll) return withMetrics ? 'No run that matches has these metrics.' : 'No run matches.';
  const none = withMetrics ? 'No run has these metrics.' : 'There is no run.';
  return scope.archived === null ? none : `${none} Archived runs are left out.`;
}
