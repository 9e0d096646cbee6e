import { useSyncExternalStore } from 'react';
import type { Range, ValueAxis } from '../charts/scales/axes.ts';
import markers from '../charts/surface/ChartMarker.module.css';
import { MARGIN } from '../charts/surface/margin.ts';
import { formatNumber } from '../formatting/numbers.ts';
import type { CurveLine } from './CurveChart.tsx';
import classes from './CurveMarker.module.css';
import { type PlacedCurve, toHeight } from './drawnCurve.ts';
import { findPoints } from './foundPoint.ts';
import type { HoveredPlaceStore } from './hoveredPlace.ts';

/** Of more lines, those with the highest values are told. */
const MOST_TOLD = 10;

type CurveMarkerProps = {
  id: string;
  lines: readonly CurveLine[];
  placed: readonly PlacedCurve[];
  range: Range;
  axis: ValueAxis;
  log: boolean;
  /** Of the whole chart, in pixels. */
  width: number;
  height: number;
  hovered: HoveredPlaceStore;
};

/** Marks the place under the pointer: a line down to the axis, a dot on each curve, and its value. */
export function CurveMarker(props: CurveMarkerProps) {
  const { id, lines, placed, range, axis, log, width, height, hovered } = props;
  const at = useSyncExternalStore(hovered.subscribe, hovered.get);
  const found = at === undefined ? [] : findPoints(lines, placed, at.place, range);
  const [first] = found;
  if (first === undefined) return null;
  const toX = (place: number): number =>
    MARGIN.left + ((place - range[0]) / (range[1] - range[0])) * (width - MARGIN.left - MARGIN.right);
  const toY = (value: number): number =>
    MARGIN.top +
    (1 - (toHeight(value, log) - axis.low) / (axis.high - axis.low)) * (height - MARGIN.top - MARGIN.bottom);
  const x = toX(first.place);
  const toLeft = x > width * 0.6;
  // Of many lines the other charts mark the place alone: their dots would cost more than they tell.
  const dotted = lines.length <= MOST_TOLD || at?.chart === id;
  const dots = dotted ? found.filter(({ value }) => !log || value > 0) : [];
  return (
    <div aria-hidden>
      <div
        className={`${markers.line} ${classes.place}`}
        data-place={first.say}
        data-side={toLeft ? 'left' : 'right'}
        style={{ top: MARGIN.top, height: height - MARGIN.top - MARGIN.bottom, left: x }}
      />
      {dots.map(({ line, place, value }) => (
        <span
          key={line.id}
          className={markers.dot}
          data-side={toX(place) > width - 90 ? 'left' : 'right'}
          // The value stands at the dot where there is one; of several it is told in a list.
          data-value={lines.length === 1 ? formatNumber(value) : undefined}
          style={{
            left: toX(place),
            top: toY(value),
            background: lines.length > 1 ? line.colour : undefined,
          }}
        />
      ))}
      {lines.length > 1 && at?.chart === id && (
        <ul
          className={classes.values}
          style={toLeft ? { right: width - x + 10, top: MARGIN.top } : { left: x + 10, top: MARGIN.top }}
        >
          {found
            .toSorted((one, other) => other.value - one.value)
            .slice(0, MOST_TOLD)
            .map(({ line, value }) => (
              <li key={line.id}>
                <span className={classes.swatch} style={{ background: line.colour }} />
                <span className={classes.name}>{line.name}</span>
                <strong>{formatNumber(value)}</strong>
              </li>
            ))}
          {found.length > MOST_TOLD && <li>and {found.length - MOST_TOLD} more</li>}
        </ul>
      )}
    </div>
  );
}
