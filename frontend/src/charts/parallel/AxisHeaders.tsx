import { BreakableName } from '../../components/BreakableName.tsx';
import type { ChartsSearch } from '../chartsSearch.ts';
import { AxisHeader } from './AxisHeader.tsx';
import { flipAxis, moveAxis, removeAxis } from './axisEdits.ts';
import type { Brush, Brushes } from './brushes.ts';
import classes from './ParallelCoordinates.module.css';
import { type ParallelAxis, SIDE, shortenMiddle } from './parallelAxes.ts';

/** Width of a character of a name, in pixels, and how many lines of it there may be. */
const CHARACTER = 7;
const LINES = 3;

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
  const { names, axes, gap, brushes, setBrush, dragged, onDrag, onAxesChange, onSearchChange } = props;
  const first = axes[0]?.x ?? 0;
  const width = Math.min(gap - 8, 2 * SIDE - 4);
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
        const room = count === 1 ? width : gap * (count - 1) + width;
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
            width={width}
            brush={brushes.get(axis.name)}
            isFirst={i === 0}
            isLast={i === axes.length - 1}
            onBrush={(brush) => setBrush(axis.name, brush)}
            onMove={(by) => {
              const place = Math.min(axes.length - 1, Math.max(0, i + by));
              onAxesChange(
                moveAxis(names, axis.name, by),
                `${axis.title} is now axis ${place + 1} of ${axes.length}`,
              );
            }}
            onFlip={() => onAxesChange(flipAxis(names, axis.name))}
            onColour={() => onSearchChange({ colour: axis.name })}
            onRemove={() => onAxesChange(removeAxis(names, axis.name))}
            onDrag={(clientX) => onDrag(axis.name, clientX)}
          />
        </div>
      ))}
    </div>
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
