import { Missing } from '../../components/time.tsx';
import { formatBytes } from '../../formatting/bytes.ts';
import {
  formatAbsoluteDelta,
  formatNumber,
  formatRelativeDelta,
  type NumberFormat,
  toNumber,
} from '../../formatting/numbers.ts';
import type { NumberValue } from '../../formatting/scalars.ts';
import { formatDuration } from '../../formatting/time.ts';
import type { ComparisonRow } from './comparisonRows.ts';
import classes from './MetricValue.module.css';
import { compareWithBaseline, type Direction, type MetricDelta, type Verdict } from './metricDelta.ts';

/** What cells say of a number: the value, or how it differs from the baseline's. */
export type Shown = 'value' | 'delta' | 'percent';

type MetricRow = ComparisonRow & { kind: 'metric' };

type MetricValueProps = {
  row: MetricRow;
  index: number;
  format: NumberFormat;
  direction: Direction;
  shown: Shown;
  /** Whether no run has a better one. */
  best: boolean;
  /** Whether the difference stands below the value, too. */
  roomy: boolean;
};

/** A number of a run, and whether it is better or worse than the baseline's, which is the first run's. */
export function MetricValue({ row, index, format, direction, shown, best, roomy }: MetricValueProps) {
  const value = row.values[index] ?? null;
  if (value === null) return <Missing />;
  const delta = index === 0 ? null : compareWithBaseline(value, row.values[0], direction);
  const title = [`${value}`, delta?.noPercentage, best && 'The best of these runs'];
  return (
    <span className={classes.metric} data-roomy={roomy || undefined} title={title.filter(Boolean).join('\n')}>
      <span className={classes.main} data-verdict={(!roomy || shown !== 'value') && delta?.verdict}>
        {delta !== null && (!roomy || shown !== 'value') && <Arrow delta={delta} />}
        <span className={classes.number}>
          {delta === null || shown === 'value'
            ? write(value, row, format)
            : writeDelta(delta, shown, row, format)}
        </span>
        {best && (
          <span className={classes.best}>
            <span aria-hidden>★</span>
            <span className="visually-hidden"> best</span>
          </span>
        )}
      </span>
      {roomy && shown === 'value' && delta && (
        <span className={classes.delta} data-verdict={delta.verdict}>
          <Arrow delta={delta} />
          {writeDelta(delta, 'delta', row, format)}
          {delta.absolute !== 0 && delta.relative !== null && (
            <span className={classes.percent}>{formatRelativeDelta(delta)}</span>
          )}
        </span>
      )}
      {delta !== null && shown === 'percent' && delta.noPercentage !== undefined && (
        <span className={classes.remark}>no %</span>
      )}
    </span>
  );
}

const SAID: Record<Verdict, string> = { better: 'better: ', worse: 'worse: ', same: '', changed: '' };

/** Up or down; filled where that is better or of no meaning, hollow where it is worse, so that it needs no colour. */
function Arrow({ delta: { absolute, verdict } }: { delta: MetricDelta }) {
  if (verdict === 'same') return null;
  const filled = verdict !== 'worse';
  const arrow = absolute > 0 ? (filled ? '▲' : '△') : filled ? '▼' : '▽';
  return (
    <>
      <span aria-hidden className={classes.arrow}>
        {arrow}
      </span>
      <span className="visually-hidden">{SAID[verdict]}</span>
    </>
  );
}

function write(value: NumberValue, { unit }: MetricRow, format: NumberFormat): string {
  if (unit === 'seconds') return formatDuration(toNumber(value));
  return unit === 'bytes' ? formatBytes(toNumber(value)) : formatNumber(value, format);
}

function writeDelta(delta: MetricDelta, shown: Shown, row: MetricRow, format: NumberFormat): string {
  const percent = shown === 'percent' ? formatRelativeDelta(delta) : null;
  if (percent !== null) return percent;
  if (row.unit === undefined || delta.absolute === 0) return formatAbsoluteDelta(delta, format);
  return `${delta.absolute > 0 ? '+' : '−'}${write(Math.abs(delta.absolute), row, format)}`;
}
