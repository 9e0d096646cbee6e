import {
  Button,
  Checkbox,
  Group,
  NumberInput,
  Popover,
  ScrollArea,
  Text,
  UnstyledButton,
} from '@mantine/core';
import {
  IconArrowLeft,
  IconArrowRight,
  IconArrowsUpDown,
  IconFilterFilled,
  IconPalette,
  IconX,
} from '@tabler/icons-react';
import { type KeyboardEvent, memo, type PointerEvent, useRef, useState } from 'react';
import { BreakableName } from '../../components/BreakableName.tsx';
import { shortenMiddle } from '../surface/fitText.ts';
import { type Brush, toggleLabel } from './brushes.ts';
import classes from './ParallelCoordinates.module.css';
import { type CategoryAxis, type NumberAxis, type ParallelAxis, valueAt } from './parallelAxes.ts';

/** Three or four lines at the width of the narrowest gap. */
const LONGEST = 56;

/** Movement in pixels from which a press is a drag and not a click. */
const DRAG_FROM = 5;

/** More boxes to tick than one would go through. */
const MOST_LABELS = 300;

const ICON = { size: 14, stroke: 1.6, 'aria-hidden': true } as const;

/** What can be done with an axis, by the name of its column. */
export type AxisActions = {
  brush: (name: string, brush: Brush | undefined) => void;
  /** Moves the axis by some places. */
  move: (name: string, by: number) => void;
  flip: (name: string) => void;
  colour: (name: string) => void;
  remove: (name: string) => void;
  /** The axis is dragged to a place, in pixels of the page; undefined: it is let go. */
  drag: (name: string, clientX: number | undefined) => void;
};

type AxisHeaderProps = {
  axis: ParallelAxis;
  width: number;
  brush: Brush | undefined;
  isFirst: boolean;
  isLast: boolean;
  /** Always the same. */
  actions: AxisActions;
};

/** The name above an axis: dragged, it moves the axis; a click opens what else can be done with it. */
export const AxisHeader = memo(function AxisHeader(props: AxisHeaderProps) {
  const { axis, width, brush, isFirst, isLast, actions } = props;
  const { name } = axis;
  const onBrush = (next: Brush | undefined): void => actions.brush(name, next);
  const onMove = (by: number): void => actions.move(name, by);
  const onDrag = (clientX: number | undefined): void => actions.drag(name, clientX);
  const [opened, setOpened] = useState(false);
  const press = useRef<{ x: number; dragging: boolean }>(undefined);

  const down = (event: PointerEvent<HTMLButtonElement>): void => {
    if (event.button !== 0) return;
    press.current = { x: event.clientX, dragging: false };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent<HTMLButtonElement>): void => {
    const pressed = press.current;
    if (pressed === undefined) return;
    if (Math.abs(event.clientX - pressed.x) >= DRAG_FROM) pressed.dragging = true;
    if (pressed.dragging) onDrag(event.clientX);
  };
  const up = (): void => {
    if (press.current?.dragging) onDrag(undefined);
    else if (press.current) setOpened(!opened);
    press.current = undefined;
  };
  const key = (event: KeyboardEvent<HTMLButtonElement>): void => {
    if (event.key === 'Enter' || event.key === ' ') setOpened(!opened);
    else if (event.shiftKey && event.key === 'ArrowLeft') onMove(-1);
    else if (event.shiftKey && event.key === 'ArrowRight') onMove(1);
    else return;
    event.preventDefault();
  };
  const close = (action: () => void) => () => {
    setOpened(false);
    action();
  };

  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom"
      width={292}
      trapFocus
      returnFocus
      withinPortal
      shadow="md"
    >
      <Popover.Target>
        <UnstyledButton
          className={classes.nameButton}
          style={{ maxWidth: width }}
          title={`${axis.title} (drag to move)`}
          aria-label={`Axis ${axis.title}`}
          aria-expanded={opened}
          aria-keyshortcuts="Shift+ArrowLeft Shift+ArrowRight"
          data-filtered={brush !== undefined || undefined}
          onPointerDown={down}
          onPointerMove={move}
          onPointerUp={up}
          onPointerCancel={() => {
            if (press.current?.dragging) onDrag(undefined);
            press.current = undefined;
          }}
          onKeyDown={key}
        >
          <BreakableName name={shortenMiddle(axis.label, LONGEST)} />
          {brush && <IconFilterFilled size={11} aria-hidden className={classes.mark} />}
          {axis.flipped && <IconArrowsUpDown size={11} aria-label="turned over" className={classes.mark} />}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={`Axis ${axis.title}`}>
        <Text size="sm" fw={600} className={classes.fullName}>
          <BreakableName name={axis.title} />
        </Text>
        {axis.kind === 'number' ? (
          !axis.time && <Limits axis={axis} brush={brush} onBrush={onBrush} />
        ) : (
          <Labels axis={axis} brush={brush} onBrush={onBrush} />
        )}
        <Group gap={6} mt="sm">
          <Button
            size="compact-xs"
            leftSection={<IconArrowLeft {...ICON} />}
            disabled={isFirst}
            onClick={() => onMove(-1)}
          >
            Left
          </Button>
          <Button
            size="compact-xs"
            leftSection={<IconArrowRight {...ICON} />}
            disabled={isLast}
            onClick={() => onMove(1)}
          >
            Right
          </Button>
          <Button
            size="compact-xs"
            leftSection={<IconArrowsUpDown {...ICON} />}
            aria-pressed={axis.flipped}
            onClick={() => actions.flip(name)}
          >
            Invert axis
          </Button>
          <Button
            size="compact-xs"
            leftSection={<IconPalette {...ICON} />}
            onClick={close(() => actions.colour(name))}
          >
            Colour by it
          </Button>
          <Button
            size="compact-xs"
            leftSection={<IconX {...ICON} />}
            onClick={close(() => actions.remove(name))}
          >
            Remove axis
          </Button>
        </Group>
        <Group justify="flex-end" mt="sm" gap="xs">
          <Button disabled={brush === undefined} onClick={() => onBrush(undefined)}>
            Clear filter
          </Button>
          <Button variant="filled" onClick={() => setOpened(false)}>
            Done
          </Button>
        </Group>
      </Popover.Dropdown>
    </Popover>
  );
});

type LimitsProps = {
  axis: NumberAxis;
  brush: Brush | undefined;
  onBrush: (brush: Brush | undefined) => void;
};

/** The limits of an axis of numbers, for exact ones. */
function Limits({ axis, brush, onBrush }: LimitsProps) {
  const range = brush?.kind === 'range' ? brush : undefined;
  const low = range?.low ?? Number.NEGATIVE_INFINITY;
  const high = range?.high ?? Number.POSITIVE_INFINITY;
  const change = (end: 'low' | 'high', value: number | string): void => {
    const limit = typeof value === 'number' ? value : undefined;
    const next = {
      low: end === 'low' ? (limit ?? Number.NEGATIVE_INFINITY) : low,
      high: end === 'high' ? (limit ?? Number.POSITIVE_INFINITY) : high,
    };
    onBrush(Number.isFinite(next.low) || Number.isFinite(next.high) ? { kind: 'range', ...next } : undefined);
  };
  return (
    <Group gap="xs" mt="xs" wrap="nowrap">
      {(['low', 'high'] as const).map((end) => {
        const limit = end === 'low' ? low : high;
        return (
          <NumberInput
            key={end}
            label={end === 'low' ? 'From' : 'To'}
            size="xs"
            w={124}
            hideControls
            placeholder={String(Number(valueAt(axis, end === 'low' ? 0 : 1).toPrecision(7)))}
            value={Number.isFinite(limit) ? limit : ''}
            onChange={(value) => change(end, value)}
          />
        );
      })}
    </Group>
  );
}

type LabelsProps = {
  axis: CategoryAxis;
  brush: Brush | undefined;
  onBrush: (brush: Brush | undefined) => void;
};

/** The labels of an axis of categories, each to let through or not. */
function Labels({ axis, brush, onBrush }: LabelsProps) {
  const chosen = new Set(brush?.kind === 'labels' ? brush.labels : axis.labels);
  return (
    <ScrollArea.Autosize mah={220} mt="xs" type="auto">
      {axis.labels.slice(0, MOST_LABELS).map((label) => (
        <Checkbox
          key={label}
          size="xs"
          my={4}
          label={label || 'empty text'}
          checked={chosen.has(label)}
          onChange={() => onBrush(toggleLabel(axis, brush, label))}
        />
      ))}
      {axis.labels.length > MOST_LABELS && (
        <Text size="xs" c="dimmed">
          and {axis.labels.length - MOST_LABELS} more
        </Text>
      )}
    </ScrollArea.Autosize>
  );
}
