import { Button, Text } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { countOf } from '../../formatting/numbers.ts';
import { ColumnSelect } from '../columns/ColumnSelect.tsx';
import { ChartSwitch } from '../frame/ChartSwitch.tsx';
import { NothingToDraw } from '../frame/NothingToDraw.tsx';
import { PageChart } from '../frame/PageChart.tsx';
import { useRoomHeight } from '../frame/useRoomHeight.ts';
import { whyNothing } from '../frame/whyNothing.ts';
import type { RunChartProps } from '../runCharts.ts';
import { ColourKey } from '../runs/ColourKey.tsx';
import { ColourSelect } from '../runs/ColourSelect.tsx';
import { HoveredStore } from '../runs/hoveredStore.ts';
import { useColouring } from '../runs/useColouring.ts';
import { passing } from './brushes.ts';
import { FilterStatus } from './FilterStatus.tsx';
import { columnOf, possibleAxes, shownAxes } from './needs.ts';
import classes from './ParallelCoordinates.module.css';
import { ParallelDrawing } from './ParallelDrawing.tsx';
import { layOutAxes } from './parallelAxes.ts';
import { parallelTable } from './parallelTable.ts';
import { useBrushes } from './useBrushes.ts';

/** Of the drawing, in pixels. */
const LOWEST = 360;

/** Names the chart in the address. */
const PARALLEL = 'parallel';

/** Every run as a line over one axis a column; a drag along an axis filters the runs. */
export default function ParallelCoordinates(props: RunChartProps) {
  const { table, columns, shown, colours, search, onSearchChange, onSelectRun, onFilter } = props;
  const possible = useMemo(() => possibleAxes({ search, columns, shown }), [search, columns, shown]);
  const { kept, keep, filter, words } = useBrushes(possible, props);
  const axes = useMemo(
    () => shownAxes({ search, columns, shown }, table, kept),
    [search, columns, shown, table, kept],
  );
  const [live] = useState(() => new HoveredStore<number>());
  const height = useRoomHeight(LOWEST);
  const [message, setMessage] = useState('');

  const log = search.log === true;
  // As wide and high as nothing: what is asked here is only which runs pass, and with which values.
  const measured = useMemo(() => layOutAxes(table, axes, { width: 0, height: 400, log }), [table, axes, log]);
  const pass = useMemo(() => passing(measured, kept, table.runIds.length), [measured, kept, table]);
  const passed = useMemo(() => pass.reduce((sum, one) => sum + one, 0), [pass]);
  const colouring = useColouring(table, search.colour, colours);
  const rows = useMemo(
    () => parallelTable(table, measured, pass, onSelectRun),
    [table, measured, pass, onSelectRun],
  );

  const taken = new Set(axes.map(columnOf));
  const addable = columns.choices.filter(({ name }) => !taken.has(name));
  const filtering = measured.some(({ name }) => kept.has(name));
  const linear = log
    ? measured.filter((axis) => axis.kind === 'number' && !axis.log && !axis.time).length
    : 0;
  const change = (next: readonly string[], told?: string): void => {
    onSearchChange({ axes: next.length > 0 ? [...next] : undefined });
    if (told) setMessage(told);
  };
  const address = { search, onSearchChange };
  const controls = (
    <>
      <ColumnSelect
        label="Add axis"
        choices={addable}
        value={undefined}
        onChange={(name) => name && change([...axes, name])}
      />
      <ColourSelect columns={columns} {...address} />
      <ChartSwitch label="Log scale" flag="log" {...address} />
      {search.axes && (
        <Button size="compact-xs" variant="subtle" onClick={() => change([])}>
          Reset axes
        </Button>
      )}
      {colouring && <ColourKey title={colouring.title} legend={colouring.legend} />}
      <span className={classes.filters}>
        <FilterStatus live={live} passed={filtering ? passed : undefined} runs={table.runIds.length} />
        {linear > 0 && (
          <Text size="sm" c="dimmed">
            {countOf(linear, 'axis', 'axes')} with values not above zero {linear === 1 ? 'stays' : 'stay'}{' '}
            linear
          </Text>
        )}
        {filtering && <Button onClick={() => keep(new Map())}>Clear filters</Button>}
        {filter && onFilter && (
          <Button
            variant="filled"
            leftSection={<IconFilter size={14} aria-hidden />}
            disabled={filter.tooLong}
            title={
              filter.tooLong
                ? 'These filters are too long for a query'
                : words === undefined
                  ? filter.query
                  : `Takes the place of “${words}”`
            }
            onClick={() => onFilter(filter.query)}
          >
            Filter the table
          </Button>
        )}
      </span>
      <span className="visually-hidden" aria-live="polite">
        {message}
      </span>
    </>
  );
  return (
    <PageChart
      name={PARALLEL}
      address={address}
      title={`Parallel coordinates of ${countOf(measured.length, 'axis', 'axes')}`}
      shortTitle="Parallel coordinates"
      controls={controls}
      table={rows}
      height={height}
    >
      {(place) =>
        measured.length === 0 ? (
          <NothingToDraw
            why={axes.length === 0 ? 'No axis is chosen.' : whyNothing(table, axes.map(columnOf), 0)}
            advice={addable.length > 0 ? 'Add an axis.' : undefined}
          />
        ) : (
          <ParallelDrawing
            {...props}
            {...place}
            axes={axes}
            log={log}
            kept={kept}
            onKeep={keep}
            live={live}
            colouring={colouring}
            onAxesChange={change}
          />
        )
      }
    </PageChart>
  );
}
