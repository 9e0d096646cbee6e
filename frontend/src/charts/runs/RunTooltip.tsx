import { Portal, Text } from '@mantine/core';
import { useMemo, useSyncExternalStore } from 'react';
import type { RunTable } from '../../data/runTable/runTable.ts';
import { chooseFormat, formatNumber, type NumberFormat } from '../../formatting/numbers.ts';
import { formatExactTime } from '../../formatting/time.ts';
import { titleOfName } from '../columns/titleOfName.ts';
import { isCalledByStart, nameOfRow, startOfRow } from './chartedRunNames.ts';
import type { HoveredRunStore } from './hoveredRun.ts';
import classes from './RunTooltip.module.css';

const WIDTH = 300;
const OFFSET = 16;

/** Of more columns, the first are told. */
const MOST_TOLD = 12;

/** Says which run is under the pointer: what it is called, when it started and its values in the columns pointed at. */
export function RunTooltip({ table, hovered }: { table: RunTable; hovered: HoveredRunStore }) {
  const run = useSyncExternalStore(hovered.subscribe, hovered.get);
  const formats = useMemo(() => new ColumnFormats(table), [table]);
  if (run === undefined) return null;
  if (table.runIds[run.row] === undefined) return null;
  const started = startOfRow(table, run.row);
  const onLeft = run.clientX + OFFSET + WIDTH > window.innerWidth;
  const above = run.clientY + 160 > window.innerHeight;
  const told = run.columns.flatMap((name) => {
    const value = formats.write(name, run.row);
    return value === undefined ? [] : [{ name, value }];
  });
  return (
    <Portal>
      <div
        className={classes.tooltip}
        style={{
          maxWidth: WIDTH,
          left: onLeft ? Math.max(4, run.clientX - OFFSET) : run.clientX + OFFSET,
          top: above ? run.clientY - OFFSET : run.clientY + OFFSET,
          transform: `translate(${onLeft ? '-100%' : '0'}, ${above ? '-100%' : '0'})`,
        }}
      >
        <Text size="sm" fw={600} className={classes.title} lineClamp={3}>
          {nameOfRow(table, run.row)}
        </Text>
        {!isCalledByStart(table, run.row) && (
          <Text size="xs" className={classes.time}>
            {started === null ? 'start unknown' : formatExactTime(started)}
          </Text>
        )}
        {told.slice(0, MOST_TOLD).map(({ name, value }) => (
          <div key={name} className={classes.value}>
            <span>{titleOfName(name)}</span>
            <strong>{value}</strong>
          </div>
        ))}
        {told.length > MOST_TOLD && <div className={classes.time}>and {told.length - MOST_TOLD} more</div>}
      </div>
    </Portal>
  );
}

/** Writes values of a table alike within each column. */
class ColumnFormats {
  readonly #table: RunTable;
  readonly #formats = new Map<string, NumberFormat>();

  constructor(table: RunTable) {
    this.#table = table;
  }

  /** Undefined where the run has no value. */
  write(name: string, row: number): string | undefined {
    const column = this.#table.columns.get(name);
    if (column === undefined) return undefined;
    if (column.kind === 'category') return column.labels[column.codes[row] ?? -1];
    const value = column.values[row] ?? Number.NaN;
    if (Number.isNaN(value)) return undefined;
    let format = this.#formats.get(name);
    if (format === undefined) {
      format = chooseFormat(column.values.subarray(0, 5000).filter(Number.isFinite));
      this.#formats.set(name, format);
    }
    return formatNumber(column.wholeNumbers.get(row) ?? value, format);
  }
}
