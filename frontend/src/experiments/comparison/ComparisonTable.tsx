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
import { RelativeTime } from '../../components/time.tsx';
import { countOf } from '../../formatting/numbers.ts';
import { DatasetLink } from '../DatasetLink.tsx';
import type { RunDetails } from '../runQueries.ts';
import classes from './ComparisonTable.module.css';
import { ComparisonValue } from './ComparisonValue.tsx';
import type { ComparisonRow, ComparisonSection } from './comparisonRows.ts';
import { moveTo } from './runOrderEdits.ts';
import { type Line, toLines } from './tableLines.ts';

const COLUMN_WIDTH = 220;

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
                        <ComparisonValue
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
