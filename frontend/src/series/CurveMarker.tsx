import { useSyncExternalStore } from 'react';
import type { Range, ValueAxis } from '../charts/scales/axes.ts';
import markers from '../charts/surface/ChartMarker.module.css';
import { type PlotArea, toX, toY } from '../charts/surface/paintAxes.ts';
import { formatNumber } from '../formatting/numbers.ts';
import classes from './CurveMarker.module.css';
import type { CurveLine } from './curveLine.ts';
import { type PlacedCurve, toHeight } from './drawnCurve.ts';
import { findPoints, toldPoints } from './foundPoint.ts';
import type { HoveredLineStore, HoveredPlaceStore } from './hoveredPlace.ts';

/** Of more lines, those nearest to the pointer are told. */
const MOST_TOLD = 10;

/** The list of values is as wide at most, in pixels. */
const WIDEST = 280;

type CurveMarkerProps = {
  id: string;
  lines: readonly CurveLine[];
  /** Each line as it is drawn. */
  curves: readonly PlacedCurve[];
  range: Range;
  axis: ValueAxis;
  area: PlotArea;
  log: boolean;
  /** Of the whole chart, in pixels. */
  width: number;
  hovered: HoveredPlaceStore;
  hoveredLine: HoveredLineStore | undefined;
};

const toNobody = () => () => {};
const nobody = () => undefined;

/** Marks the place under the pointer: a line down to the axis, a dot on each curve, and its value. */
export function CurveMarker(props: CurveMarkerProps) {
  const { id, lines, curves, range, axis, area, log, width, hovered, hoveredLine } = props;
  const at = useSyncExternalStore(hovered.subscribe, hovered.get);
  const pointed = useSyncExternalStore(hoveredLine?.subscribe ?? toNobody, hoveredLine?.get ?? nobody);
  if (at === undefined || at.place < range[0] || at.place > range[1]) return null;
  const span = { low: range[0], high: range[1] };
  const here = at.chart === id;
  const few = lines.length <= MOST_TOLD;
  // Of many lines the other charts mark the run that is pointed at alone: to find all would hold the pointer up.
  const only = here || few ? undefined : lines.findIndex((line) => line.id === pointed);
  const found =
    only === undefined
      ? findPoints(lines, curves, at.place, range)
      : findPoints(lines.slice(only, only + 1), curves.slice(only, only + 1), at.place, range);
  const [first] = found;
  if (first === undefined) return null;
  const placeOf = (place: number): number => toX(area, span, place);
  const heightOf = (value: number): number => toY(area, axis, toHeight(value, log));
  const pointedPoint = found.find(({ line }) => line.id === pointed);
  const x = placeOf((pointedPoint ?? first).place);
  const toLeft = x > width / 2;
  const told = !here ? [] : toldPoints(found, pointed, at.height, MOST_TOLD, (value) => toHeight(value, log));
  const dotted = few ? found : pointedPoint ? [pointedPoint] : [];
  const dots = dotted.filter(({ value }) => !log || value > 0);
  const room = (toLeft ? x : width - x) - 14;
  const side = toLeft ? { right: width - x + 10 } : { left: x + 10 };
  return (
    <div aria-hidden>
      <div
        className={`${markers.line} ${classes.place}`}
        data-place={(pointedPoint ?? first).say}
        data-side={toLeft ? 'left' : 'right'}
        style={{ top: area.top, height: area.height, left: x }}
      />
      {dots.map(({ line, place, value }) => (
        <span
          key={line.id}
          className={markers.dot}
          data-side={placeOf(place) > width - 90 ? 'left' : 'right'}
          // The value stands at the dot where there is one; of several it is told in a list.
          data-value={lines.length === 1 ? formatNumber(value) : undefined}
          style={{
            left: placeOf(place),
            top: heightOf(value),
            background: lines.length > 1 ? line.colour : undefined,
          }}
        />
      ))}
      {lines.length > 1 && here && (
        <ul className={classes.values} style={{ ...side, top: area.top, maxWidth: Math.min(WIDEST, room) }}>
          {told.map(({ line, value }) => (
            <li key={line.id} data-pointed={line.id === pointed || undefined}>
              <span className={classes.swatch} style={{ background: line.colour }} />
              <span className={classes.name}>{line.name}</span>
              <strong>{formatNumber(value)}</strong>
            </li>
          ))}
          {found.length > told.length && (
            <li className={classes.more}>and {found.length - told.length} more</li>
          )}
        </ul>
      )}
    </div>
  );
}
