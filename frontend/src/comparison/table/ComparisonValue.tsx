import { memo } from 'react';
import { Missing } from '../../components/time.tsx';
import { formatBytes } from '../../formatting/bytes.ts';
import type { NumberFormat } from '../../formatting/numbers.ts';
import { variantName } from '../variantName.ts';
import classes from './ComparisonValue.module.css';
import type { Change, ComparisonRow, DataValue } from './comparisonRows.ts';
import { MetricValue, type Shown } from './MetricValue.tsx';
import type { Direction } from './metricDelta.ts';

// The run's own page and the CSV have the rest.
const TEXT_LIMIT = 5000;

type ComparisonValueProps = {
  row: ComparisonRow;
  format: NumberFormat;
  index: number;
  direction: Direction;
  shown: Shown;
  /** The runs that have the best value. */
  best: ReadonlySet<number>;
  /** Whether there is room for more than one line. */
  roomy: boolean;
  /** Long text is shown to its end. */
  whole?: boolean;
};

/** What a run has in a row, and how that differs from the baseline, which is the first run. */
export const ComparisonValue = memo(function ComparisonValue({
  row,
  format,
  index,
  whole,
  roomy,
  ...metric
}: ComparisonValueProps) {
  if (row.kind === 'metric') {
    const { direction, shown, best } = metric;
    return <MetricValue {...{ row, index, format, direction, shown, roomy }} best={best.has(index)} />;
  }
  if (row.kind === 'data') return <Data row={row} index={index} roomy={roomy} />;
  const value = row.values[index];
  if (value === undefined) return <NotRecorded />;
  const baseline = row.values[0];
  const change = row.changes?.[index];
  const changed = row.changes
    ? change !== undefined
    : row.path && index !== 0 && baseline !== undefined && value !== baseline;
  if (value === null) {
    return (
      <span className={classes.missing} data-changed={changed || undefined} data-change={change?.kind}>
        {change && (
          <span aria-hidden className={classes.mark}>
            {MARKS[change.kind]}
          </span>
        )}
        <span aria-hidden>{change ? 'removed' : '–'}</span>
        <span className="visually-hidden">{change ? 'removed' : 'none'}</span>
      </span>
    );
  }
  return (
    <span
      className={classes.text}
      data-code={row.code}
      data-changed={changed || undefined}
      data-change={change?.kind}
      data-whole={whole || undefined}
      data-line={!roomy || undefined}
      title={whole ? undefined : value.slice(0, TEXT_LIMIT)}
      dir="auto"
    >
      {change && <ChangeMark change={change} />}
      {value.slice(0, TEXT_LIMIT)}
    </span>
  );
});

const MARKS = { added: '+', removed: '−', changed: '~', moved: '↕' };

/** What became of the baseline's value, in a sign and in a word. */
function ChangeMark({ change }: { change: Change }) {
  return (
    <>
      <span aria-hidden className={classes.mark} data-change={change.kind}>
        {MARKS[change.kind]}
      </span>
      {change.kind === 'moved' ? (
        <span className={classes.moved}>{change.count} moved </span>
      ) : (
        <span className="visually-hidden">{change.kind}: </span>
      )}
    </>
  );
}

type DataProps = { row: ComparisonRow & { kind: 'data' }; index: number; roomy: boolean };

/** What is known of the data that a run used, and whether it is what the baseline used. */
function Data({ row, index, roomy }: DataProps) {
  const value = row.values[index];
  if (value === undefined) return <NotRecorded />;
  if (value === null) return <Missing />;
  const { variant, version, size, fingerprint, path } = value;
  const baseline = row.values[0];
  const title = [path, version && `version ${version}`, fingerprint && `fingerprint ${fingerprint}`];
  const changed = index !== 0 && variant !== undefined && variant !== baseline?.variant;
  return (
    <span className={classes.data} title={title.filter(Boolean).join('\n') || undefined}>
      <span className={classes.dataName} data-changed={changed || undefined}>
        {hasVariants(row) && variant !== undefined && (
          <span className={classes.variant} data-changed={changed || undefined}>
            <span className="visually-hidden">data </span>
            {variantName(variant)}
          </span>
        )}
        <span className={classes.text} data-code data-line={!roomy || undefined}>
          {version ?? describeData(value)}
        </span>
      </span>
      {roomy && (
        <span className={classes.dataFacts}>
          {[
            version && size !== null && formatBytes(size),
            shortFingerprint(fingerprint),
            relation(value, baseline),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      )}
    </span>
  );
}

/** Whether a row has data of which one could say A and B. */
function hasVariants(row: ComparisonRow & { kind: 'data' }): boolean {
  return row.values.some((value) => value?.variant);
}

function describeData({ size, fingerprint }: DataValue): string {
  if (size !== null) return formatBytes(size);
  return fingerprint === null ? 'used' : 'read';
}

function shortFingerprint(fingerprint: string | null): string | undefined {
  return fingerprint?.replace(/^[a-z]+:/, '').slice(0, 8);
}

function relation(value: DataValue, baseline: DataValue | null | undefined): string | undefined {
  if (value === baseline || !baseline) return value.variant === undefined ? 'not told apart' : undefined;
  if (value.variant === undefined || baseline.variant === undefined) return 'not told apart';
  return value.variant === baseline.variant ? 'same data' : 'other data';
}

function NotRecorded() {
  return (
    <span className={classes.notRecorded} title="Not recorded">
      <span aria-hidden>·</span>
      <span className="visually-hidden">not recorded</span>
    </span>
  );
}
