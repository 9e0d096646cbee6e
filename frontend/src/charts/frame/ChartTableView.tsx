import { Anchor } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { BreakableName } from '../../components/BreakableName.tsx';
import classes from './ChartTableView.module.css';
import { type ChartTable, textOf } from './chartTable.ts';

const ROW_HEIGHT = 28;

type ChartTableViewProps = {
  table: ChartTable;
  label: string;
  /** At most, in pixels. */
  height: number | string;
};

/** What a chart draws, to read: exact, by keyboard and by ear. Only the rows in view are there. */
export function ChartTableView({ table, label, height }: ChartTableViewProps) {
  const { rows, columns, onOpen } = table;
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
  });
  const visible = virtualizer.getVirtualItems();
  const before = visible[0]?.start ?? 0;
  const after = virtualizer.getTotalSize() - (visible.at(-1)?.end ?? 0);
  return (
    <section
      ref={scroller}
      className={classes.scroller}
      style={{ maxHeight: height }}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      aria-label={label}
    >
      <table className={classes.table} aria-label={label} aria-rowcount={rows + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map(({ title, numeric }) => (
              <th key={title} scope="col" className={numeric ? classes.number : undefined} title={title}>
                <BreakableName name={title} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && (
            <tr aria-hidden style={{ height: before }}>
              <td colSpan={columns.length} />
            </tr>
          )}
          {visible.map(({ index }) => (
            <tr key={index} aria-rowindex={index + 2} style={{ height: ROW_HEIGHT }}>
              {columns.map((column, position) => {
                const text = textOf(column, index);
                const className = column.numeric ? classes.number : classes.text;
                return position === 0 ? (
                  <th key={column.title} scope="row" className={className} title={text}>
                    {onOpen ? (
                      <Anchor component="button" type="button" size="xs" onClick={() => onOpen(index)}>
                        {text}
                      </Anchor>
                    ) : (
                      text
                    )}
                  </th>
                ) : (
                  <td key={column.title} className={className} title={column.numeric ? undefined : text}>
                    {text}
                  </td>
                );
              })}
            </tr>
          ))}
          {after > 0 && (
            <tr aria-hidden style={{ height: after }}>
              <td colSpan={columns.length} />
            </tr>
          )}
        </tbody>
      </table>
    </section>
  );
}
