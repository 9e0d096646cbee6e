import { BreakableName } from '../components/BreakableName.tsx';
import scrolled from '../components/ScrolledTable.module.css';
import { formatCount, formatNumber } from '../formatting/numbers.ts';
import { type Curve, groupCurves } from './curve.ts';
import classes from './SeriesTable.module.css';

type SeriesTableProps = { curves: readonly Curve[]; onExpand: (curve: string) => void };

/** What the charts draw in numbers: a row for each curve. */
export function SeriesTable({ curves, onExpand }: SeriesTableProps) {
  const rows = groupCurves(curves).flatMap(({ curves: members }) => members);
  return (
    <section
      className={`${scrolled.scroller} ${classes.scroller}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      aria-label="Table of the series"
    >
      <table className={`${scrolled.table} ${classes.table}`}>
        <thead>
          <tr>
            <th scope="col">Series</th>
            <th scope="col">Points</th>
            <th scope="col">Last step</th>
            <th scope="col">Last</th>
            <th scope="col">Lowest</th>
            <th scope="col">Highest</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((curve) => (
            <tr key={`${curve.group.kind} ${curve.id}`}>
              <th scope="row">
                <button type="button" className={classes.name} onClick={() => onExpand(curve.id)} dir="auto">
                  <BreakableName name={curve.name} />
                </button>
                {curve.group.kind === 'json' && curve.group.title !== curve.name && (
                  <span className={classes.dataset}>{curve.group.title}</span>
                )}
              </th>
              <td>{formatCount(curve.count)}</td>
              <td>{curve.lastStep === null ? '–' : formatCount(curve.lastStep)}</td>
              {[curve.last, curve.min, curve.max].map((value, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: three columns that never move
                <td key={column} title={value === null ? undefined : String(value)}>
                  {value === null ? '–' : formatNumber(value, curve.format)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
