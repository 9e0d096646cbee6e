import { IconChevronDown, IconChevronUp, IconGripVertical, IconPin, IconX } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type PointerEvent as ReactPointerEvent, useRef, useState } from 'react';
import { hideColumns, moveColumn, pinColumn, stepColumn } from '../columns/columnEdits.ts';
import { columnOf, columnsToShow } from '../columns/tableColumns.ts';
import classes from './ColumnChooser.module.css';
import type { ColumnChooserProps } from './columnChooserProps.ts';

const LINE = 32;

/** The columns that are shown, in their order: moved by dragging or with arrow keys, pinned, hidden. */
export function ColumnOrder({ catalog, state, onChange }: Omit<ColumnChooserProps, 'chosen'>) {
  const scroller = useRef<HTMLDivElement>(null);
  const { pinned, free } = columnsToShow(state.names, state.pinned, catalog);
  const names = [...pinned, ...free].map(({ name }) => name);
  const virtualizer = useVirtualizer({
    count: names.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE,
    overscan: 8,
  });
  const [drag, setDrag] = useState<{ name: string; to: number }>();
  const begin = (event: ReactPointerEvent<HTMLElement>, name: string) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrag({ name, to: names.indexOf(name) });
  };
  const follow = (event: ReactPointerEvent<HTMLElement>) => {
    const box = scroller.current;
    if (drag === undefined || box === null) return;
    const at = event.clientY - box.getBoundingClientRect().top + box.scrollTop;
    setDrag({ ...drag, to: Math.max(0, Math.min(names.length, Math.round(at / LINE))) });
  };
  const drop = () => {
    if (drag !== undefined) onChange(moveColumn(state, drag.name, names[drag.to]));
    setDrag(undefined);
  };
  const step = (name: string, by: -1 | 1) => onChange(stepColumn(state, name, by));
  return (
    <section
      ref={scroller}
      className={classes.list}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by keyboard, too
      tabIndex={0}
      aria-label="Columns in their order"
    >
      <ol className={classes.order} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const name = names[index];
          const column = name === undefined ? undefined : columnOf(name, catalog);
          if (name === undefined || column === undefined) return null;
          const isPinned = index < pinned.length;
          return (
            <li
              key={name}
              className={classes.orderLine}
              style={{ transform: `translateY(${start}px)` }}
              data-dragged={drag?.name === name || undefined}
              data-lastpinned={index === pinned.length - 1 || undefined}
            >
              <span
                className={classes.grip}
                aria-hidden
                onPointerDown={(event) => begin(event, name)}
                onPointerMove={follow}
                onPointerUp={drop}
                onPointerCancel={() => setDrag(undefined)}
              >
                <IconGripVertical size={14} />
              </span>
              <span className={classes.orderName} title={column.description}>
                {column.title}
                {column.group && <span className={classes.note}> {column.group}</span>}
              </span>
              <OrderButton
                label={`Move ${column.description} up`}
                disabled={index === 0 || index === pinned.length}
                onClick={() => step(name, -1)}
              >
                <IconChevronUp size={14} aria-hidden />
              </OrderButton>
              <OrderButton
                label={`Move ${column.description} down`}
                disabled={index === pinned.length - 1 || index === names.length - 1}
                onClick={() => step(name, 1)}
              >
                <IconChevronDown size={14} aria-hidden />
              </OrderButton>
              <OrderButton
                label={`Pin ${column.description}`}
                pressed={isPinned}
                onClick={() => onChange(pinColumn(state, name, !isPinned))}
              >
                <IconPin size={14} stroke={1.8} aria-hidden />
              </OrderButton>
              <OrderButton
                label={`Hide ${column.description}`}
                disabled={name === 'title'}
                onClick={() => onChange(hideColumns(state, [name]))}
              >
                <IconX size={14} aria-hidden />
              </OrderButton>
            </li>
          );
        })}
        {drag && <li className={classes.orderMark} style={{ top: drag.to * LINE - 1 }} aria-hidden />}
      </ol>
    </section>
  );
}

type OrderButtonProps = {
  label: string;
  disabled?: boolean;
  pressed?: boolean;
  onClick: () => void;
  children: React.ReactNode;
};

function OrderButton({ label, disabled, pressed, onClick, children }: OrderButtonProps) {
  return (
    <button
      type="button"
      className={classes.orderButton}
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      // Not `disabled`, which would take the focus away from where one is.
      aria-disabled={disabled}
      onClick={disabled ? undefined : onClick}
    >
      {children}
    </button>
  );
}
