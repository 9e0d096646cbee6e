import { NumberInput } from '@mantine/core';
import { useId, useMemo } from 'react';
import { countOf, formatCount } from '../../formatting/numbers.ts';
import { describeColumn, kindOfColumn, parseRunColumn } from '../../runs/runColumns.ts';
import { MOST_BINS, NO_GROUPS } from '../chartsSearch.ts';
import { ColumnSelect } from '../columns/ColumnSelect.tsx';
import { titleOfName } from '../columns/titleOfName.ts';
import { ChartSwitch } from '../frame/ChartSwitch.tsx';
import { NothingToDraw } from '../frame/NothingToDraw.tsx';
import { PageChart } from '../frame/PageChart.tsx';
import { whyNothing } from '../frame/whyNothing.ts';
import type { RunChartProps } from '../runCharts.ts';
import { columnScale } from '../scales/columnScale.ts';
import { isNumeric } from '../scatter/needs.ts';
import classes from './Distribution.module.css';
import { DistributionDrawing } from './DistributionDrawing.tsx';
import { distributionTable } from './distributionTable.ts';
import { groupRuns, oneGroup } from './groups.ts';
import { binsOf, distributionHeight, summariseGroups } from './layOut.ts';
import { groupingColumn, measuredColumn } from './needs.ts';

const MOST_TICKS = 6;

/** Names the chart in the address. */
const DISTRIBUTION = 'distribution';

/** How the values of a column lie over the runs: all of them, and by the groups of another one. */
export default function Distribution(props: RunChartProps) {
  const { table, columns, shown, marked, hovered, colours, search, onSearchChange, onSelectRun } = props;
  const { bins: wantedBins, log = false } = search;
  const by = groupingColumn({ search, columns, shown });
  const name = measuredColumn({ search, columns, shown });
  const scale = useMemo(() => {
    const column = table.columns.get(name);
    return column?.kind === 'number' ? columnScale(column, log, MOST_TICKS) : undefined;
  }, [table, name, log]);
  const groups = useMemo(() => {
    const named = by === undefined ? undefined : parseRunColumn(by);
    const column = by === undefined ? undefined : table.columns.get(by);
    if (named === undefined || column === undefined) return oneGroup(table.runIds.length, 'All runs');
    return groupRuns(column, kindOfColumn(named) === 'time');
  }, [table, by]);
  const summaries = useMemo(() => (scale ? summariseGroups(scale, groups) : []), [scale, groups]);
  const bins = useMemo(() => scale && binsOf(scale, groups, wantedBins), [scale, groups, wantedBins]);
  const named = by === undefined ? undefined : parseRunColumn(by);
  const byTitle = named ? describeColumn(named) : 'Runs';
  const behind = useMemo(
    () => (scale ? distributionTable(scale, summaries, byTitle) : { rows: 0, columns: [] }),
    [scale, summaries, byTitle],
  );
  const told = useMemo(() => (by === undefined ? [name] : [name, by]), [name, by]);
  const numeric = useMemo(
    () => columns.choices.filter((choice) => isNumeric(choice.name, columns)),
    [columns],
  );
  const binsId = useId();
  const address = { search, onSearchChange };

  const counted = summaries.reduce((sum, { box }) => sum + box.count, 0);
  const without = table.runIds.length - counted;
  const title = `Distribution of ${titleOfName(name)}${named ? ` by ${byTitle}` : ''}`;
  const facts = [
    countOf(counted, 'run'),
    ...(summaries.length > 1 ? [countOf(summaries.length, 'group')] : []),
    ...(without > 0 ? [`${formatCount(without)} without a value${scale?.hidden ? ' above zero' : ''}`] : []),
  ];
  const controls = (
    <>
      <ColumnSelect label="Of" choices={numeric} value={name} onChange={(y) => onSearchChange({ y })} />
      <ColumnSelect
        label="By"
        choices={columns.choices.filter((choice) => choice.name !== name)}
        value={by}
        onChange={(by) => onSearchChange({ by: by ?? NO_GROUPS })}
        none="All runs together"
      />
      <div className={classes.bins}>
        <label htmlFor={binsId}>Bins</label>
        <NumberInput
          id={binsId}
          size="xs"
          min={1}
          max={MOST_BINS}
          allowDecimal={false}
          clampBehavior="strict"
          placeholder={bins ? String(bins.count) : 'auto'}
          value={wantedBins ?? ''}
          onChange={(value) => onSearchChange({ bins: Number(value) || undefined })}
        />
      </div>
      <ChartSwitch label="Log scale" flag="log" {...address} />
    </>
  );
  return (
    <PageChart
      name={DISTRIBUTION}
      address={address}
      title={title}
      facts={facts}
      controls={controls}
      table={behind}
      height={distributionHeight(Math.max(1, summaries.length))}
    >
      {(place) =>
        scale === undefined || bins === undefined ? (
          <NothingToDraw
            why={
              table.columns.get(name)?.kind === 'category'
                ? `${titleOfName(name)} has values that are no numbers.`
                : whyNothing(table, by === undefined ? [name] : [name, by], scale?.hidden ?? 0)
            }
            advice={scale?.hidden ? undefined : 'Choose another column.'}
          />
        ) : (
          <DistributionDrawing
            {...place}
            label={`${title}: ${facts.join(', ')}. The quartiles stand in the table.`}
            scale={scale}
            groups={groups}
            summaries={summaries}
            bins={bins}
            marked={marked}
            hovered={hovered}
            told={told}
            colours={colours}
            runIds={table.runIds}
            onSelectRun={onSelectRun}
          />
        )
      }
    </PageChart>
  );
}
