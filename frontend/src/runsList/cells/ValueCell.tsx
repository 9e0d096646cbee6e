import { Missing } from '../../components/time.tsx';
import { compareNumbers, formatNumber, type NumberFormat, placeInRange } from '../../formatting/numbers.ts';
import type { JsonValue, NumberValue } from '../../formatting/scalars.ts';
import type { TableColumn } from '../columns/tableColumns.ts';
import type { CellValue } from '../rows/RunCells.ts';
import type { MetricColumn, ParameterColumn } from '../runsQuery.ts';
import classes from './cells.module.css';
import { textOfValue } from './textOfValue.ts';

type ValueCellProps = {
  column: TableColumn;
  /** Undefined while it is not here yet. */
  value: CellValue | undefined;
  format: NumberFormat | undefined;
  /** The value that most runs have: others stand out beside it. */
  usual: string | undefined;
};

/** A run's value of a metric or a parameter. */
export function ValueCell({ column, value, format, usual }: ValueCellProps) {
  if (value === undefined) return <span className={classes.awaited} aria-hidden />;
  if (value === null) return <Missing />;
  if (column.column.source === 'metrics' && isNumber(value)) {
    return <MetricValue value={value} metric={column.metric} format={format} />;
  }
  const told = usual === undefined ? undefined : textOfValue(value) === usual;
  const looks = told === undefined ? undefined : told ? 'usual' : 'other';
  return <ParameterValue value={value} parameter={column.parameter} format={format} looks={looks} />;
}

type MetricValueProps = {
  value: NumberValue;
  metric: MetricColumn | undefined;
  format: NumberFormat | undefined;
};

function MetricValue({ value, metric, format }: MetricValueProps) {
  const place = metric ? placeInRange(value, metric.min, metric.max) : null;
  const best = metric !== undefined && place !== null && isBest(value, metric);
  return (
    <span
      className={classes.metric}
      data-best={best || undefined}
      title={best ? `${value}: the best of all runs` : String(value)}
    >
      {best && <span className="visually-hidden">best: </span>}
      {formatNumber(value, format)}
      {place !== null && (
        <span className={classes.bar} aria-hidden>
          <span style={{ transform: `scaleX(${Math.max(0.02, place)})` }} />
        </span>
      )}
    </span>
  );
}

/** Whether no run has a better value of the metric. */
export function isBest(value: NumberValue, { direction, min, max }: MetricColumn): boolean {
  const best = direction === 'HIGHER' ? max : direction === 'LOWER' ? min : null;
  return best !== null && compareNumbers(value, best) === 0;
}

type ParameterValueProps = {
  value: JsonValue;
  parameter: ParameterColumn | undefined;
  format: NumberFormat | undefined;
  looks: 'usual' | 'other' | undefined;
};

function ParameterValue({ value, parameter, format, looks }: ParameterValueProps) {
  const text =
    typeof value === 'number' && parameter?.kind === 'NUMBER'
      ? formatNumber(value, format)
      : textOfValue(value);
  return (
    <span className={classes.parameter} data-looks={looks} title={textOfValue(value)} dir="auto">
      {text}
    </span>
  );
}

function isNumber(value: CellValue): value is NumberValue {
  return typeof value === 'number' || (typeof value === 'string' && /^(?:NaN|-?Infinity|-?\d+)$/.test(value));
}
