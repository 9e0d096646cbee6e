import { useMemo } from 'react';
import { BreakableName } from '../../components/BreakableName.tsx';
import { useLatest } from '../../components/useLatest.ts';
import type { ChartsSearch } from '../chartsSearch.ts';
import { shortenMiddle } from '../surface/fitText.ts';
import { type AxisActions, AxisHeader } from './AxisHeader.tsx';
import { flipAxis, moveAxis, removeAxis } from './axisEdits.ts';
import type { Brush, Brushes } from './brushes.ts';
import classes from './ParallelCoordinates.module.css';
import { type ParallelAxis, SIDE } from './parallelAxes.ts';

/** Width of a character of a name, in pixels, and how many lines of it there may be. */
const CHARACTER = 7;
const LINES = 3;

/** As wide are names at most, in pixels: those of the first and the last axis, and others. */
const EDGE_WIDTH = 2 * SIDE - 4;
const WIDEST = 220;

type AxisHeadersProps = {
  /** Names of columns, with a minus before those that are turned over. */
  names: readonly string[];
  axes: readonly ParallelAxis[];
  /** Between two axes, in pixels. */
  gap: number;
  brushes: Brushes;
  setBrush: (name: string, brush: Brush | undefined) => void;
  /** The axis that is being dragged. */
  dragged: string | undefined;
  onDrag: (name: string, clientX: number | undefined) => void;
  onAxesChange: (axes: readonly string[], told?: string) => void;
  onSearchChange: (change: Partial<ChartsSearch>) => void;
};

/** The names above the axes, and above them those of the datasets that neighbours share. */
export function AxisHeaders(props: AxisHeadersProps) {
  const { axes, gap, brushes, dragged } = props;
  const actions = useActions(props);
  const first = axes[0]?.x ?? 0;
  // Beside the first and the last axis there is an edge.
  const widthOf = (from: number, to = from): number =>
    Math.min(gap - 8, from === 0 || to === axes.length - 1 ? EDGE_WIDTH : WIDEST);
  return (
    <div
      className={classes.names}
      style={{
        gridTemplateColumns: `repeat(${axes.length}, ${gap}px)`,
        marginLeft: first - gap / 2,
        width: gap * axes.length,
      }}
    >
      {groupsOf(axes).map(({ group, start, count }) => {
        const room = gap * (count - 1) + widthOf(start, start + count - 1);
        return (
          <div
            key={`${group} ${start}`}
            className={classes.group}
            style={{ gridColumn: `${start + 1} / span ${count}`, width: room }}
            title={group}
          >
            <BreakableName name={shortenMiddle(group, Math.floor(room / CHARACTER) * LINES)} />
          </div>
        );
      })}
      {axes.map((axis, i) => (
        <div
          key={axis.name}
          className={classes.name}
          style={{
            gridColumn: i + 1,
            // What is dragged stands above its axis, wherever that is.
            ...(dragged === axis.name && {
              transform: `translateX(${axis.x - first - i * gap}px)`,
              zIndex: 2,
            }),
          }}
        >
          <AxisHeader
            axis={axis}
            width={widthOf(i)}
            brush={brushes.get(axis.name)}
            isFirst={i === 0}
            isLast={i === axes.length - 1}
            actions={actions}
          />
        </div>
      ))}
    </div>
  );
}

/** Actions that stay the same, whatever they act on now: so that a header is rendered only when its axis changes. */
function useActions(props: AxisHeadersProps): AxisActions {
  const latest = useLatest(props);
  return useMemo(
    () => ({
      brush: (name, brush) => latest.current.setBrush(name, brush),
      move: (name, by) => {
        const { names, axes, onAxesChange } = latest.current;
        const from = axes.findIndex((axis) => axis.name === name);
        const to = Math.min(axes.length - 1, Math.max(0, from + by));
        const told = `${axes[from]?.title} is now axis ${to + 1} of ${axes.length}`;
        if (to !== from) onAxesChange(moveAxis(names, name, to - from), told);
      },
      flip: (name) => latest.current.onAxesChange(flipAxis(latest.current.names, name)),
      colour: (name) => latest.current.onSearchChange({ colour: name }),
      remove: (name) => latest.current.onAxesChange(removeAxis(latest.current.names, name)),
      drag: (name, clientX) => latest.current.onDrag(name, clientX),
    }),
    [latest],
  );
}

/** Neighbours of one group; axes without a group are left out. */
function groupsOf(axes: readonly ParallelAxis[]): { group: string; start: number; count: number }[] {
  const groups: { group: string; start: number; count: number }[] = [];
  for (const [i, { group }] of axes.entries()) {
    const last = groups.at(-1);
    if (last && last.group === group) last.count += 1;
    else groups.push({ group, start: i, count: 1 });
  }
  return groups.filter(({ group }) => group !== '');
}
