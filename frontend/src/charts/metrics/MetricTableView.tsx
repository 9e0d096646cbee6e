import { Anchor } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import { BreakableName } from '../../components/BreakableName.tsx';
import scrolled from '../../components/ScrolledTable.module.css';
import type { RunTable } from '../../data/runTable/runTable.ts';
import { chooseFormat, formatNumber } from '../../formatting/numbers.ts';
import { formatExactTime } from '../../formatting/time.ts';
import { metricColumn } from '../../runs/metricId.ts';
import { runColourVariable } from '../runs/chartColours.ts';
import { nameOfRow, startOfRow } from '../runs/chartedRunNames.ts';
import classes from './MetricTableView.module.css';
import { groupByDataset, type MetricName } from './metricSelection.ts';

const ROW_HEIGHT = 34;

export type MetricTableViewProps = {
  table: RunTable;
  metrics: readonly MetricName[];
  marked: readonly (number | undefined)[];
  onSelectRun: (id: string) => void;
};

/** What the charts draw, as a table: newest run first, one column a metric. For reading exact values, and by ear. */
export function MetricTableView({ table, metrics, marked, onSelectRun }: MetricTableViewProps) {
  const series = useMemo(
    () =>
      metrics.flatMap((metric) => {
        const column = table.columns.get(metricColumn(metric.id));
        if (column?.kind !== 'number') return [];
        const { values, wholeNumbers } = column;
        return [{ ...metric, values, wholeNumbers, format: chooseFormat(values) }];
      }),
    [table, metrics],
  );
  const scroller = useRef<HTMLDivElement>(null);
  const count = table.runIds.length;
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });
  const visible = virtualizer.getVirtualItems();
  const before = visible[0]?.start ?? 0;
  const after = virtualizer.getTotalSize() - (visible.at(-1)?.end ?? 0);
  const columns = series.length + 2;
  return (
    <section
      ref={scroller}
      className={`${scrolled.scroller} ${classes.scroller}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      aria-label="Table of the metrics"
    >
      <table className={`${scrolled.table} ${classes.table}`} aria-rowcount={count + 2}>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" rowSpan={2} className={classes.run}>
              Run
            </th>
            <th scope="col" rowSpan={2}>
              Started
            </th>
            {groupByDataset(series).map(({ dataset, metrics }) => (
              <th key={dataset} scope="colgroup" colSpan={metrics.length} className={classes.dataset}>
                <BreakableName name={dataset} />
              </th>
            ))}
          </tr>
          <tr aria-rowindex={2}>
            {series.map(({ id, key }) => (
              <th key={id} scope="col" className={classes.number} title={id}>
                <BreakableName name={key} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && (
            <tr aria-hidden style={{ height: before }}>
              <td colSpan={columns} />
            </tr>
          )}
          {visible.map(({ index }) => {
            const row = count - 1 - index;
            const id = table.runIds[row] ?? '';
            const started = startOfRow(table, row);
            const position = marked.indexOf(row);
            return (
              <tr key={id} aria-rowindex={index + 3} style={{ height: ROW_HEIGHT }}>
                <th scope="row" className={classes.run}>
                  {position >= 0 && (
                    <span className={classes.badge} style={{ background: runColourVariable(position) }}>
                      {position + 1}
                    </span>
                  )}
                  <Anchor component="button" type="button" size="sm" onClick={() => onSelectRun(id)}>
                    {nameOfRow(table, row)}
                  </Anchor>
                </th>
                <td className={classes.time}>{started === null ? '–' : formatExactTime(started)}</td>
                {series.map(({ id, values, wholeNumbers, format }) => {
                  const value = values[row] ?? Number.NaN;
                  return (
                    <td key={id} className={classes.number}>
                      {Number.isNaN(value) ? '–' : formatNumber(wholeNumbers.get(row) ?? value, format)}
                    </td>
                  );
                })}
              </tr>
            );
          })}
          {after > 0 && (
            <tr aria-hidden style={{ height: after }}>
              <td colSpan={columns} />
            </tr>
          )}
        </tbody>
      </table>
    </section>
  );
}
