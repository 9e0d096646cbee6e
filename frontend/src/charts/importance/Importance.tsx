import { Button, Skeleton, Text } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowDownRight,
  IconArrowUpRight,
  IconChartBar,
  IconMinus,
} from '@tabler/icons-react';
import { useMemo, useRef } from 'react';
import { useQuery } from 'urql';
import { BreakableName } from '../../components/BreakableName.tsx';
import { StateMessage } from '../../components/StateMessage.tsx';
import { useElementSize } from '../../components/useElementSize.ts';
import { REFRESH_MS } from '../../data/refreshInterval.ts';
import { useChangesAtMost } from '../../data/useChangesAtMost.ts';
import { countOf } from '../../formatting/numbers.ts';
import { metricColumn, metricOfColumn } from '../../runs/metricId.ts';
import { describeColumn } from '../../runs/runColumns.ts';
import { ColumnSelect } from '../columns/ColumnSelect.tsx';
import { drawnPicture } from '../frame/chartPicture.ts';
import type { ChartTable } from '../frame/chartTable.ts';
import { PageChart } from '../frame/PageChart.tsx';
import { type PictureRef, usePicture } from '../frame/usePicture.ts';
import type { RunChartProps } from '../runCharts.ts';
import type { ChartColours } from '../runs/chartColours.ts';
import classes from './Importance.module.css';
import { ParameterImportanceQuery } from './importanceQuery.ts';
import { type JudgedParameter, saidWay, type Way, wayOf, writeImportance } from './judgedParameter.ts';
import { judgedMetric, scopeQuery } from './needs.ts';
import { importanceHeight, paintImportance } from './paintImportance.ts';

/** Names the chart in the address. */
const IMPORTANCE = 'importance';

const METHODS = {
  FOREST: 'random forest',
  CORRELATION: 'one parameter at a time',
  NONE: undefined,
} as const;

/** Which parameters matter for a metric, as far as the runs tell. */
export default function Importance(props: RunChartProps) {
  const { columns, colours, scope, onSearchChange } = props;
  const metric = judgedMetric(props);
  const variables = useMemo(
    () => ({
      metric: metric ?? '',
      search: scopeQuery(scope) ?? null,
      archived: scope.archived === undefined ? false : scope.archived,
    }),
    [metric, scope],
  );
  const [{ data, error, stale, fetching }, refetch] = useQuery({
    query: ParameterImportanceQuery,
    variables,
    pause: metric === undefined,
  });
  useChangesAtMost(REFRESH_MS, ['RUNS'], () => refetch({ requestPolicy: 'network-only' }));
  const found = data?.parameterImportance;
  const parameters = useMemo(() => found?.parameters ?? [], [found]);
  const open = (name: string): void =>
    onSearchChange({
      chart: 'scatter',
      x: `params.${name}`,
      y: metric === undefined ? undefined : metricColumn(metric),
      large: undefined,
    });
  const table = tableOf(parameters, open);
  const title = `Importance of parameters for ${metric === undefined ? 'a metric' : describeColumn({ source: 'metrics', name: metric })}`;
  const method = found && METHODS[found.method];
  const metrics = useMemo(
    () => columns.choices.filter(({ name }) => metricOfColumn(name) !== undefined),
    [columns],
  );
  const nothing = parameters.length === 0;
  return (
    <PageChart
      name={IMPORTANCE}
      address={props}
      title={title}
      facts={found && [countOf(found.runs, 'run'), ...(method ? [method] : [])]}
      controls={
        <ColumnSelect
          label="For"
          choices={metrics}
          value={metric === undefined ? undefined : metricColumn(metric)}
          onChange={(y) => onSearchChange({ y })}
        />
      }
      table={table}
      height={importanceHeight(Math.max(6, parameters.length))}
    >
      {({ picture, height, full }) =>
        error && !found ? (
          <StateMessage
            icon={IconAlertTriangle}
            tone="danger"
            title="The importance could not be told"
            actions={<Button onClick={() => refetch({ requestPolicy: 'network-only' })}>Try again</Button>}
          >
            {error.graphQLErrors[0]?.message ?? error.message}
          </StateMessage>
        ) : found === undefined ? (
          <Loading />
        ) : nothing ? (
          <StateMessage icon={IconChartBar} title="Too few runs to estimate importance">
            {found.note}
          </StateMessage>
        ) : (
          <div
            className={classes.body}
            data-stale={stale || fetching || undefined}
            style={{ maxHeight: full ? height : undefined }}
          >
            <Bars parameters={parameters} onOpen={open} picture={picture} colours={colours} />
            <p className={classes.note}>{found.note}</p>
          </div>
        )
      }
    </PageChart>
  );
}

type BarsProps = {
  parameters: readonly JudgedParameter[];
  onOpen: (name: string) => void;
  picture: PictureRef;
  colours: ChartColours;
};

/** A bar for each parameter, the longest first. A click shows the runs behind it. */
function Bars({ parameters, onOpen, picture, colours }: BarsProps) {
  const list = useRef<HTMLOListElement>(null);
  const { width } = useElementSize(list);
  usePicture(picture, () =>
    width === 0
      ? undefined
      : drawnPicture(width, importanceHeight(parameters.length), (pen) =>
          paintImportance(pen, parameters, width, colours),
        ),
  );
  const most = Math.max(1e-12, ...parameters.map(({ importance }) => importance));
  return (
    <ol ref={list} className={classes.bars} aria-label="Parameters, the most important one first">
      {parameters.map((parameter) => {
        const { name, importance } = parameter;
        const way = wayOf(parameter);
        return (
          <li key={name}>
            <button
              type="button"
              className={classes.bar}
              title={`Show the runs by ${name}`}
              onClick={() => onOpen(name)}
            >
              <span className={classes.name} dir="auto">
                <BreakableName name={name} />
              </span>
              <span className={classes.track} aria-hidden>
                <span
                  className={classes.fill}
                  data-way={way}
                  style={{ width: `${(Math.max(0, importance) / most) * 100}%` }}
                />
              </span>
              <span className={classes.value}>{writeImportance(importance)}</span>
              <span className={classes.way}>
                <WayIcon way={way} />
                {saidWay(parameter)}
              </span>
            </button>
          </li>
        );
      })}
    </ol>
  );
}

function WayIcon({ way }: { way: Way }) {
  if (way === 'category') return null;
  const Icon = way === 'up' ? IconArrowUpRight : way === 'down' ? IconArrowDownRight : IconMinus;
  return <Icon size={14} stroke={1.8} aria-hidden />;
}

function Loading() {
  return (
    <div role="status" aria-label="Finding out which parameters matter">
      <Text size="sm" c="dimmed" px="sm" pb="xs">
        Finding out which parameters matter…
      </Text>
      {[80, 55, 40, 22].map((share) => (
        <Skeleton key={share} height={14} width={`${share}%`} mx="sm" mb="sm" />
      ))}
    </div>
  );
}

function tableOf(parameters: readonly JudgedParameter[], onOpen: (name: string) => void): ChartTable {
  return {
    rows: parameters.length,
    columns: [
      { title: 'Parameter', value: (row) => parameters[row]?.name },
      {
        title: 'Importance',
        numeric: true,
        value: (row) => parameters[row]?.importance,
        text: (row) => writeImportance(parameters[row]?.importance ?? 0),
      },
      {
        title: 'Rank correlation',
        numeric: true,
        value: (row) => parameters[row]?.correlation,
        text: (row) => (parameters[row]?.correlation ?? 0).toFixed(3),
      },
    ],
    onOpen: (row) => {
      const name = parameters[row]?.name;
      if (name !== undefined) onOpen(name);
    },
  };
}
