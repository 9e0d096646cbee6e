import { Button, Checkbox, Popover, TextInput } from '@mantine/core';
import { IconColumns3, IconSearch } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import { formatCount } from '../../formatting/numbers.ts';
import classes from './ColumnChooser.module.css';
import type { MetricColumn } from './columns.tsx';
import { NO_METRICS } from './listSelection.ts';

type ColumnChooserProps = {
  columns: MetricColumn[];
  shown: string[];
  /** Undefined: those shown before anybody chose. */
  onChange: (ids: string[] | undefined) => void;
};

/** Chooses which metrics are columns, out of however many there are. */
export function ColumnChooser({ columns, shown, onChange }: ColumnChooserProps) {
  return (
    <Popover position="bottom-end" trapFocus width="min(300px, 92vw)">
      <Popover.Target>
        <Button
          leftSection={<IconColumns3 size={14} aria-hidden />}
          disabled={columns.length === 0}
          aria-label={`Metrics ${formatCount(shown.length)}/${formatCount(columns.length)} shown as columns`}
        >
          <span className={classes.wideOnly}>Metrics</span>{' '}
          <span className={classes.count}>
            {formatCount(shown.length)}/{formatCount(columns.length)}
          </span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown} aria-label="Metrics shown as columns">
        <Choices columns={columns} shown={shown} onChange={onChange} />
      </Popover.Dropdown>
    </Popover>
  );
}

type Line = { kind: 'dataset'; dataset: string } | { kind: 'metric'; column: MetricColumn };

function Choices({ columns, shown, onChange }: ColumnChooserProps) {
  const [text, setText] = useState('');
  const scroller = useRef<HTMLDivElement>(null);
  const wanted = text.trim().toLowerCase();
  const found = useMemo(
    () => (wanted === '' ? columns : columns.filter(({ id }) => id.toLowerCase().includes(wanted))),
    [columns, wanted],
  );
  const lines = useMemo(() => toLines(found), [found]);
  const chosen = new Set(shown);
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 28,
    overscan: 8,
  });
  const change = (ids: Iterable<string>) => {
    const next = [...ids];
    onChange(next.length === 0 ? [NO_METRICS] : next);
  };
  return (
    <>
      <TextInput
        size="xs"
        data-autofocus
        aria-label="Search metrics"
        placeholder="Search metrics…"
        leftSection={<IconSearch size={14} aria-hidden />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={classes.actions}>
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() => change(new Set([...shown, ...found.map((column) => column.id)]))}
        >
          {wanted === '' ? 'Show all' : 'Show found'}
        </Button>
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() => change(shown.filter((id) => !found.some((column) => column.id === id)))}
        >
          {wanted === '' ? 'Hide all' : 'Hide found'}
        </Button>
        <Button size="compact-xs" variant="subtle" color="gray" onClick={() => onChange(undefined)}>
          Reset
        </Button>
      </div>
      <div ref={scroller} className={classes.list}>
        {lines.length === 0 && <p className={classes.none}>No metric is called that.</p>}
        <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
          {virtualizer.getVirtualItems().map((item) => {
            const line = lines[item.index];
            if (line === undefined) return null;
            return (
              <div
                key={line.kind === 'metric' ? line.column.id : `dataset ${line.dataset}`}
                className={classes.line}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                {line.kind === 'dataset' ? (
                  <span className={classes.dataset}>{line.dataset}</span>
                ) : (
                  <Checkbox
                    label={line.column.key}
                    classNames={{
                      body: classes.choice,
                      labelWrapper: classes.labelWrapper,
                      label: classes.label,
                    }}
                    checked={chosen.has(line.column.id)}
                    onChange={(event) => {
                      const next = new Set(chosen);
                      if (event.currentTarget.checked) next.add(line.column.id);
                      else next.delete(line.column.id);
                      change(next);
                    }}
                  />
                )}
              </div>
            );
          })}
        </div>
      </div>
    </>
  );
}

function toLines(columns: MetricColumn[]): Line[] {
  const lines: Line[] = [];
  let dataset: string | undefined;
  for (const column of columns) {
    if (column.dataset !== dataset) {
      dataset = column.dataset;
      lines.push({ kind: 'dataset', dataset });
    }
    lines.push({ kind: 'metric', column });
  }
  return lines;
}
