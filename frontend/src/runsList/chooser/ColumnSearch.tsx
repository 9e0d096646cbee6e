import { Checkbox, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import { countOf, formatCount } from '../../formatting/numbers.ts';
import { hideColumns, showColumns } from '../columns/columnEdits.ts';
import classes from './ColumnChooser.module.css';
import type { ColumnChooserProps } from './columnChooserProps.ts';
import { type ChooserLine, type ColumnGroup, groupColumns, labelInGroup, linesOf } from './columnGroups.ts';

const LINE = 28;

type ColumnSearchProps = Omit<ColumnChooserProps, 'chosen'>;

/** All columns by their group, with a search; each can be shown or hidden, and each group as a whole. */
export function ColumnSearch({ catalog, state, onChange }: ColumnSearchProps) {
  const [text, setText] = useState('');
  const scroller = useRef<HTMLDivElement>(null);
  const groups = useMemo(() => groupColumns(catalog, text), [catalog, text]);
  const lines = useMemo(() => linesOf(groups), [groups]);
  const shown = useMemo(() => new Set(state.names), [state.names]);
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE,
    overscan: 8,
  });
  const set = (names: string[], show: boolean) =>
    onChange(show ? showColumns(state, names, catalog) : hideColumns(state, names));
  return (
    <>
      <TextInput
        size="xs"
        data-autofocus
        aria-label="Search columns"
        placeholder="Search by dataset, metric or parameter…"
        leftSection={<IconSearch size={14} aria-hidden />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <p className="visually-hidden" role="status">
        {text.trim() !== '' && countOf(lines.length - groups.length, 'column')}
      </p>
      <section
        ref={scroller}
        className={classes.list}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by keyboard, too
        tabIndex={0}
        aria-label="All columns"
      >
        {lines.length === 0 && <p className={classes.none}>No matching columns.</p>}
        <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const line = lines[index];
            return (
              line && (
                <div
                  key={keyOf(line)}
                  className={classes.line}
                  style={{ transform: `translateY(${start}px)` }}
                >
                  {line.kind === 'group' ? (
                    <GroupLine group={line.group} shown={shown} onSet={set} />
                  ) : (
                    <Checkbox
                      label={labelInGroup(line.column, line.group)}
                      title={line.column.description}
                      classNames={{
                        root: classes.choice,
                        body: classes.choiceBody,
                        labelWrapper: classes.labelWrapper,
                        label: classes.label,
                      }}
                      checked={shown.has(line.column.name)}
                      disabled={line.column.name === 'title'}
                      onChange={(event) => set([line.column.name], event.currentTarget.checked)}
                    />
                  )}
                </div>
              )
            );
          })}
        </div>
      </section>
    </>
  );
}

type GroupLineProps = {
  group: ColumnGroup;
  shown: ReadonlySet<string>;
  onSet: (names: string[], show: boolean) => void;
};

function GroupLine({ group, shown, onSet }: GroupLineProps) {
  const names = group.columns.map(({ name }) => name);
  const count = names.filter((name) => shown.has(name)).length;
  return (
    <span className={classes.groupLine}>
      <span className={classes.group} title={group.title}>
        {group.title}
        {group.note && <span className={classes.note}> {group.note}</span>}
      </span>
      <span className={classes.groupCount}>
        {formatCount(count)}/{formatCount(names.length)}
      </span>
      <button
        type="button"
        className={classes.groupButton}
        aria-label={`Show all of ${group.title}`}
        // Not `disabled`, which would take the focus away from where one is.
        aria-disabled={count === names.length}
        onClick={() => onSet(names, true)}
      >
        All
      </button>
      <button
        type="button"
        className={classes.groupButton}
        aria-label={`Hide all of ${group.title}`}
        aria-disabled={count === 0}
        onClick={() => onSet(names, false)}
      >
        None
      </button>
    </span>
  );
}

function keyOf(line: ChooserLine): string {
  return line.kind === 'group' ? `group ${line.group.key}` : line.column.name;
}
