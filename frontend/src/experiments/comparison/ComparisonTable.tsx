import { ActionIcon, Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import {
  IconArrowLeft,
  IconArrowRight,
  IconChevronDown,
  IconPin,
  IconPinFilled,
  IconX,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type DragEvent, type ReactNode, useMemo, useRef, useState } from 'react';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { Missing, RelativeTime } from '../../components/time.tsx';
import { formatBytes } from '../../formatting/bytes.ts';
import {
  computeDelta,
  countOf,
  formatAbsoluteDelta,
  formatNumber,
  formatRelativeDelta,
  type NumberFormat,
} from '../../formatting/numbers.ts';
import type { NumberValue } from '../../graphql/scalars.ts';
import { DatasetLink } from '../DatasetLink.tsx';
import type { RunDetails } from '../runQueries.ts';
import classes from './ComparisonTable.module.css';
import type { ComparisonRow, ComparisonSection, DataValue } from './comparisonRows.ts';
import { variantName } from './dataSections.ts';
import { moveTo } from './runOrderEdits.ts';
import { type Line, toLines } from './tableLines.ts';

const COLUMN_WIDTH = 220;
// The run's own page and the CSV have the rest.
const TEXT_LIMIT = 5000;

type ComparisonTableProps = {
  runs: RunDetails[];
  sections: ComparisonSection[];
  /** Rows that are the same in all runs stay in view, however many. */
  showAlike?: boolean;
  /** Id of the run that the others are measured against. */
  baseline: string;
  onBaseline: (id: string) => void;
  /** Told the ids in their new order, or without those taken out. */
  onRunsChange: (ids: string[]) => void;
};

/** Runs in columns, properties in rows; both exist only while they are in view. */
export function ComparisonTable({
  runs,
  sections,
  showAlike = false,
  baseline,
  onBaseline,
  onRunsChange,
}: ComparisonTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const narrow = useMediaQuery('(max-width: 640px)', window.innerWidth <= 640) ?? false;
  const labelWidth = narrow ? 116 : 232;
  const columnWidth = narrow ? 160 : COLUMN_WIDTH;
  const [toggledAlike, setToggledAlike] = useState<ReadonlyMap<string, boolean>>(new Map());
  const lines = useMemo(
    () => toLines(sections, { comparing: runs.length > 1, showAlike, toggled: toggledAlike }),
    [sections, runs.length, showAlike, toggledAlike],
  );
  const ids = runs.map((run) => run.id);
  const baselineIndex = Math.max(0, ids.indexOf(baseline));
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set());
  const toggleExpanded = (key: string) => {
    const next = new Set(expanded);
    if (!next.delete(key)) next.add(key);
    setExpanded(next);
  };

  const rowVirtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => {
      const line = lines[index];
      return line === undefined ? 32 : estimateHeight(line);
    },
    getItemKey: (index) => lines[index]?.key ?? index,
    overscan: 12,
  });
  const columnVirtualizer = useVirtualizer({
    horizontal: true,
    count: runs.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => columnWidth,
    paddingStart: labelWidth,
    overscan: 3,
  });
  const columns = columnVirtualizer.getVirtualItems();
  const before = (columns[0]?.start ?? labelWidth) - labelWidth;
  const width = columnVirtualizer.getTotalSize();

  const cells = (render: (index: number) => ReactNode) => (
    <>
      <span style={{ width: before }} className={classes.gap} role="presentation" />
      {columns.map(({ index }) => render(index))}
    </>
  );

  return (
    <div
      ref={scroller}
      className={classes.scroller}
      role="table"
      aria-label="Comparison of runs"
      aria-rowcount={lines.length + 1}
      aria-colcount={runs.length + 1}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by keyboard, too
      tabIndex={0}
      style={{ '--label-width': `${labelWidth}px`, '--column-width': `${columnWidth}px` } as CSSProperties}
    >
      <div className={classes.canvas} style={{ width }}>
        <div role="rowgroup" className={classes.head}>
          <div role="row" aria-rowindex={1} className={classes.row}>
            <div role="columnheader" aria-colindex={1} className={classes.corner}>
              <span className="visually-hidden">Property</span>
            </div>
            {cells((index) => {
              const run = runs[index];
              return (
                run && (
                  <RunHeader
                    key={run.id}
                    run={run}
                    index={index}
                    ids={ids}
                    isBaseline={index === baselineIndex}
                    onBaseline={onBaseline}
                    onRunsChange={onRunsChange}
                  />
                )
              );
            })}
          </div>
        </div>
        <div role="rowgroup" className={classes.body} style={{ height: rowVirtualizer.getTotalSize() }}>
          {rowVirtualizer.getVirtualItems().map((item) => {
            const line = lines[item.index];
            if (line === undefined) return null;
            return (
              <div
                key={line.key}
                ref={rowVirtualizer.measureElement}
                data-index={item.index}
                role="row"
                aria-rowindex={item.index + 2}
                className={classes.row}
                data-kind={line.kind}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                {line.kind === 'section' && (
                  <div role="rowheader" className={classes.section}>
                    {line.title}
                    {line.differing !== undefined && (
                      <span className={classes.tally}>
                        {line.differing === 0
                          ? 'all the same'
                          : `${line.differing} of ${line.total} ${line.differing === 1 ? 'differs' : 'differ'}`}
                      </span>
                    )}
                  </div>
                )}
                {line.kind === 'alike' && (
                  <div role="rowheader" className={classes.alike}>
                    <button
                      type="button"
                      className={classes.alikeToggle}
                      aria-expanded={line.open}
                      onClick={() => setToggledAlike(new Map(toggledAlike).set(line.section, !line.open))}
                    >
                      <IconChevronDown size={14} aria-hidden />
                      {countOf(line.count, 'is', 'are')} the same in all runs
                    </button>
                  </div>
                )}
                {line.kind === 'dataset' && (
                  <div role="rowheader" className={classes.dataset}>
                    <DatasetLink name={line.dataset} />
                  </div>
                )}
                {line.kind === 'row' && (
                  <>
                    <div
                      role="rowheader"
                      aria-colindex={1}
                      className={classes.label}
                      data-code={line.row.kind === 'text' && line.row.path}
                      title={line.row.label}
                    >
                      {runs.length > 1 && line.row.differs && (
                        <span className={classes.differs}>
                          <span className="visually-hidden">differs: </span>
                        </span>
                      )}
                      <span className={classes.labelText}>
                        {line.row.kind === 'data' ? <DatasetLink name={line.row.label} /> : line.row.label}
                      </span>
                      {isLong(line.row) && (
                        <ActionIcon
                          size={20}
                          className={classes.expander}
                          aria-expanded={expanded.has(line.key)}
                          aria-label={`Whole text of ${line.row.label}`}
                          onClick={() => toggleExpanded(line.key)}
                        >
                          <IconChevronDown size={14} aria-hidden />
                        </ActionIcon>
                      )}
                    </div>
                    {cells((index) => (
                      <div
                        key={ids[index]}
                        role="cell"
                        aria-colindex={index + 2}
                        className={classes.cell}
                        data-baseline={index === baselineIndex || undefined}
                      >
                        <Value
                          row={line.row}
                          format={line.format}
                          index={index}
                          baselineIndex={runs.length > 1 ? baselineIndex : index}
                          whole={expanded.has(line.key)}
                        />
                      </div>
                    ))}
                  </>
                )}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** Text that two lines of a column cannot hold. */
function isLong(row: ComparisonRow): boolean {
  return (
    row.kind === 'text' && row.values.some((value) => value && (value.length > 48 || value.includes('\n')))
  );
}

function estimateHeight(line: Line): number {
  if (line.kind === 'section') return 44;
  return line.kind === 'row' && line.row.kind !== 'text' ? 46 : 32;
}

type ValueProps = {
  row: ComparisonRow;
  format: NumberFormat;
  index: number;
  baselineIndex: number;
  /** Long text is shown to its end. */
  whole: boolean;
};

function Value({ row, format, index, baselineIndex, whole }: ValueProps) {
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

type RunHeaderProps = {
  run: RunDetails;
  index: number;
  ids: string[];
  isBaseline: boolean;
  onBaseline: (id: string) => void;
  onRunsChange: (ids: string[]) => void;
};

const DRAGGED_RUN = 'application/x-kedro-viz-run';

function RunHeader({ run, index, ids, isBaseline, onBaseline, onRunsChange }: RunHeaderProps) {
  const [over, setOver] = useState(false);
  const name = run.title.slice(0, 80);
  const accepts = (event: DragEvent) => event.dataTransfer.types.includes(DRAGGED_RUN);
  return (
    <div
      role="columnheader"
      aria-colindex={index + 2}
      className={classes.run}
      data-baseline={isBaseline || undefined}
      data-over={over || undefined}
      draggable
      onDragStart={(event) => event.dataTransfer.setData(DRAGGED_RUN, run.id)}
      onDragOver={(event) => {
        if (!accepts(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        onRunsChange(moveTo(ids, event.dataTransfer.getData(DRAGGED_RUN), index));
      }}
    >
      <div className={classes.runTitle}>
        <StatusBadge status={run.status} compact />
        <Link
          to="/experiment-tracking/runs/$runId"
          params={{ runId: run.id }}
          title={run.title}
          dir="auto"
          draggable={false}
        >
          {run.title}
        </Link>
      </div>
      <div className={classes.runActions}>
        <Tooltip
          label={
            isBaseline ? 'The others are measured against this run' : 'Measure the others against this run'
          }
        >
          <button
            type="button"
            className={classes.pin}
            aria-pressed={isBaseline}
            aria-label={isBaseline ? `Baseline: ${name}` : `Pin ${name} as baseline`}
            onClick={() => onBaseline(run.id)}
          >
            {isBaseline ? <IconPinFilled size={13} aria-hidden /> : <IconPin size={13} aria-hidden />}
            {isBaseline ? 'Baseline' : 'Pin'}
          </button>
        </Tooltip>
        {!isBaseline && (
          <span className={classes.age}>
            <RelativeTime iso={run.startedAt} />
          </span>
        )}
        <span className={classes.spring} />
        <ActionIcon
          size={20}
          aria-label={`Move ${name} left`}
          disabled={index === 0}
          onClick={() => onRunsChange(moveTo(ids, run.id, index - 1))}
        >
          <IconArrowLeft size={12} aria-hidden />
        </ActionIcon>
        <ActionIcon
          size={20}
          aria-label={`Move ${name} right`}
          disabled={index === ids.length - 1}
          onClick={() => onRunsChange(moveTo(ids, run.id, index + 1))}
        >
          <IconArrowRight size={12} aria-hidden />
        </ActionIcon>
        <ActionIcon
          size={20}
          aria-label={`Take ${name} out`}
          onClick={() => onRunsChange(ids.filter((id) => id !== run.id))}
        >
          <IconX size={12} aria-hidden />
        </ActionIcon>
      </div>
    </div>
  );
}
