import { ActionIcon, SegmentedControl, Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconArrowsExchange } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { countOf, formatCount } from '../../formatting/numbers.ts';
import { ColumnSelect } from '../columns/ColumnSelect.tsx';
import { columnsTable } from '../columns/columnsTable.ts';
import { titleOfName } from '../columns/titleOfName.ts';
import { ChartSwitch } from '../frame/ChartSwitch.tsx';
import { NothingToDraw } from '../frame/NothingToDraw.tsx';
import { PageChart } from '../frame/PageChart.tsx';
import { useRoomHeight } from '../frame/useRoomHeight.ts';
import { whyNothing } from '../frame/whyNothing.ts';
import type { RunChartProps } from '../runCharts.ts';
import { ColourKey } from '../runs/ColourKey.tsx';
import { ColourSelect } from '../runs/ColourSelect.tsx';
import { useColouring } from '../runs/useColouring.ts';
import { columnScale } from '../scales/columnScale.ts';
import { AreaBar } from './AreaBar.tsx';
import { betterWay, isNumeric, scatterAxes } from './needs.ts';
import { paretoFront } from './pareto.ts';
import classes from './Scatter.module.css';
import { ScatterDrawing } from './ScatterDrawing.tsx';
import { trendOf } from './trend.ts';
import type { AreaShape } from './useAreaGestures.ts';

/** Of the drawing, in pixels. */
const LOWEST = 320;

const MOST_TICKS = 6;

/** Names the chart in the address. */
const SCATTER = 'scatter';

/** Runs as points between any two columns, with colour and size by others. */
export default function Scatter(props: RunChartProps) {
  const { table, columns, shown, marked, pinned, hovered, colours, search, onSearchChange, onSelectRun } =
    props;
  const axes = useMemo(() => scatterAxes({ search, columns, shown }), [search, columns, shown]);
  const [shape, setShape] = useState<AreaShape>('box');
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const touch = useMediaQuery('(pointer: coarse)');
  const height = useRoomHeight(LOWEST);
  const { logx = false, log = false, trend: wantsTrend = false, pareto: wantsFront = false } = search;

  const scaleOf = (name: string, wantsLog: boolean) => {
    const column = table.columns.get(name);
    return column && columnScale(column, wantsLog, MOST_TICKS);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: `scaleOf` is made of the table
  const x = useMemo(() => scaleOf(axes.x, logx), [table, axes.x, logx]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `scaleOf` is made of the table
  const y = useMemo(() => scaleOf(axes.y, log), [table, axes.y, log]);
  const size = search.size === undefined ? undefined : table.columns.get(search.size);
  const colouring = useColouring(table, search.colour, colours);
  const straight = x !== undefined && y !== undefined && x.kind !== 'category' && y.kind !== 'category';
  const trend = useMemo(
    () => (wantsTrend && straight ? trendOf(x.places, y.places) : undefined),
    [wantsTrend, straight, x, y],
  );
  const ways = [betterWay(axes.x, columns), betterWay(axes.y, columns)] as const;
  const judged = ways[0] !== null && ways[1] !== null;
  const front = useMemo(
    () => (wantsFront && x && y ? paretoFront(x.places, y.places, ways[0], ways[1]) : []),
    [wantsFront, x, y, ways[0], ways[1]],
  );
  const told = useMemo(
    () => [...new Set([axes.x, axes.y, search.colour, search.size])].filter((name) => name !== undefined),
    [axes, search.colour, search.size],
  );
  const rows = useMemo(() => {
    const drawn: number[] = [];
    for (let row = 0; row < table.runIds.length; row += 1) {
      if (!Number.isNaN((x?.places[row] ?? Number.NaN) + (y?.places[row] ?? Number.NaN))) drawn.push(row);
    }
    return drawn;
  }, [table, x, y]);
  const behind = useMemo(
    () => columnsTable(table, told, rows, onSelectRun),
    [table, told, rows, onSelectRun],
  );

  const title = `${titleOfName(axes.y)} by ${titleOfName(axes.x)}`;
  const without = table.runIds.length - rows.length;
  const hidden = (x?.hidden ?? 0) + (y?.hidden ?? 0);
  const facts = [
    countOf(rows.length, 'run'),
    ...(without > 0
      ? [`${formatCount(without)} without ${hidden > 0 ? 'a value above zero' : 'both values'}`]
      : []),
    ...(trend ? [`r = ${trend.correlation.toFixed(2)}`] : []),
    ...(front.length > 0 ? [`${formatCount(front.length)} on the front`] : []),
  ];
  const address = { search, onSearchChange };
  const controls = (
    <>
      <div className={classes.across}>
        <ColumnSelect
          label="X"
          choices={columns.choices}
          value={axes.x}
          onChange={(x) => onSearchChange({ x })}
        />
        <Tooltip label="Swap the axes">
          <ActionIcon
            aria-label="Swap the axes"
            onClick={() => onSearchChange({ x: axes.y, y: axes.x, log: search.logx, logx: search.log })}
          >
            <IconArrowsExchange size={15} stroke={1.6} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
      <ColumnSelect
        label="Y"
        choices={columns.choices}
        value={axes.y}
        onChange={(y) => onSearchChange({ y })}
      />
      <ColourSelect columns={columns} {...address} />
      <ColumnSelect
        label="Size"
        choices={columns.choices.filter(({ name }) => isNumeric(name, columns))}
        value={search.size}
        onChange={(size) => onSearchChange({ size })}
        none="One size"
      />
      <ChartSwitch label="Log X" flag="logx" {...address} />
      <ChartSwitch label="Log Y" flag="log" {...address} />
      <ChartSwitch
        label="Trend"
        flag="trend"
        title={straight ? 'A straight line of least squares' : 'Only between numbers'}
        disabled={!straight}
        {...address}
      />
      <ChartSwitch
        label="Pareto front"
        flag="pareto"
        title={
          judged
            ? 'The runs that no other run beats in both metrics'
            : 'Only between two metrics of which it is known which way is better'
        }
        disabled={!judged}
        {...address}
      />
      {!touch && (
        <SegmentedControl
          size="xs"
          aria-label="Shape of the area that a drag draws"
          value={shape}
          onChange={(value) => setShape(value === 'lasso' ? 'lasso' : 'box')}
          data={[
            { value: 'box', label: 'Box' },
            { value: 'lasso', label: 'Lasso' },
          ]}
        />
      )}
      {colouring && <ColourKey title={colouring.title} legend={colouring.legend} />}
      {chosen.length > 0 && (
        <AreaBar {...props} axes={[axes.x, axes.y]} rows={chosen} onClear={() => setChosen([])} />
      )}
    </>
  );
  return (
    <PageChart
      name={SCATTER}
      address={address}
      title={title}
      facts={facts}
      controls={controls}
      table={behind}
      height={height}
    >
      {(place) =>
        x === undefined || y === undefined || rows.length === 0 ? (
          <NothingToDraw
            why={whyNothing(table, [axes.x, axes.y], hidden)}
            advice={hidden > 0 ? undefined : 'Choose other columns.'}
          />
        ) : (
          <ScatterDrawing
            {...place}
            label={`${title}: ${facts.join(', ')}. The values stand in the table.`}
            x={x}
            y={y}
            size={size}
            places={colouring?.places}
            palette={colouring?.colours ?? []}
            marked={marked}
            pinned={pinned}
            trend={trend}
            front={front}
            hovered={hovered}
            told={told}
            colours={colours}
            shape={shape}
            runIds={table.runIds}
            onSelectRun={onSelectRun}
            onArea={setChosen}
          />
        )
      }
    </PageChart>
  );
}
