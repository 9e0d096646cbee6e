import { Missing } from '../../components/time.tsx';
import { formatBytes } from '../../formatting/bytes.ts';
import {
  computeDelta,
  formatAbsoluteDelta,
  formatNumber,
  formatRelativeDelta,
  type NumberFormat,
} from '../../formatting/numbers.ts';
import type { NumberValue } from '../../graphql/scalars.ts';
import classes from './ComparisonValue.module.css';
import type { ComparisonRow, DataValue } from './comparisonRows.ts';
import { variantName } from './variantName.ts';

// The run's own page and the CSV have the rest.
const TEXT_LIMIT = 5000;

type ComparisonValueProps = {
  row: ComparisonRow;
  format: NumberFormat;
  index: number;
  baselineIndex: number;
  /** Long text is shown to its end. */
  whole: boolean;
};

/** What a run has in a row, and how that differs from the baseline. */
export function ComparisonValue({ row, format, index, baselineIndex, whole }: ComparisonValueProps) {
  if (row.kind === 'metric') {
    return (
      <MetricValue
        value={row.values[index] ?? null}
        baseline={index === baselineIndex ? null : (row.values[baselineIndex] ?? null)}
        format={format}
      />
    );
  }
  if (row.kind === 'data') return <Data row={row} index={index} baselineIndex={baselineIndex} />;
  const value = row.values[index];
  if (value === undefined) return <NotRecorded />;
  const baseline = row.values[baselineIndex];
  const changed = row.path && index !== baselineIndex && baseline !== undefined && value !== baseline;
  if (value === null) {
    return (
      <span className={classes.missing} data-changed={changed || undefined}>
        <span aria-hidden>–</span>
        <span className="visually-hidden">none</span>
      </span>
    );
  }
  return (
    <span
      className={classes.text}
      data-code={row.code}
      data-changed={changed || undefined}
      data-whole={whole || undefined}
      title={whole ? undefined : value.slice(0, TEXT_LIMIT)}
      dir="auto"
    >
      {value.slice(0, TEXT_LIMIT)}
    </span>
  );
}

type DataProps = { row: ComparisonRow & { kind: 'data' }; index: number; baselineIndex: number };

/** What is known of the data that a run used, and whether it is what the baseline used. */
function Data({ row, index, baselineIndex }: DataProps) {
  const value = row.values[index];
  if (value === undefined) return <NotRecorded />;
  if (value === null) return <Missing />;
  const { variant, version, size, fingerprint, path } = value;
  const baseline = row.values[baselineIndex];
  const title = [path, version && `version ${version}`, fingerprint && `fingerprint ${fingerprint}`];
  const changed = index !== baselineIndex && variant !== undefined && variant !== baseline?.variant;
  return (
    <span className={classes.data} title={title.filter(Boolean).join('\n') || undefined}>
      <span className={classes.dataName} data-changed={changed || undefined}>
        {hasVariants(row) && variant !== undefined && (
          <span className={classes.variant} data-changed={changed || undefined}>
            <span className="visually-hidden">data </span>
            {variantName(variant)}
          </span>
        )}
        <span className={classes.text} data-code>
          {version ?? describeData(value)}
        </span>
      </span>
      <span className={classes.dataFacts}>
        {[
          version && size !== null && formatBytes(size),
          shortFingerprint(fingerprint),
          relation(value, baseline),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
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

type MetricValueProps = { value: NumberValue | null; baseline: NumberValue | null; format: NumberFormat };

function MetricValue({ value, baseline, format }: MetricValueProps) {
  if (value === null) return <Missing />;
  const delta = computeDelta(value, baseline);
  const percent = delta && formatRelativeDelta(delta);
  return (
    <span className={classes.metric} title={String(value)}>
      <span className={classes.number}>{formatNumber(value, format)}</span>
      {delta && (
        <span className={classes.delta} data-direction={Math.sign(delta.absolute)}>
          {formatAbsoluteDelta(delta, format)}
          {percent !== null && delta.absolute !== 0 && <span className={classes.percent}>{percent}</span>}
        </span>
      )}
    </span>
  );
}
