import { useEffect, useRef } from 'react';
import { formatNumber } from '../../formatting/numbers.ts';
import type { HoveredRunStore } from '../runs/hoveredRun.ts';
import type { Range } from '../scales/axes.ts';
import type { BandStore } from '../surface/bandStore.ts';
import markers from '../surface/ChartMarker.module.css';
import surface from '../surface/ChartSurface.module.css';
import type { PlotArea } from '../surface/paintAxes.ts';
import type { MetricLine } from './metricLine.ts';
import type { Placing } from './nearestRun.ts';
import type { RunAxis } from './runAxis.ts';

/** Of more lines, dots would cover one another and the chart. */
const MOST_DOTS = 12;

type RunMarkersProps = {
  /** Names the chart among those that share what is hovered. */
  chart: string;
  axis: RunAxis;
  lines: readonly (MetricLine & { colour: string })[];
  range: Range;
  area: PlotArea;
  placing: Placing;
  hovered: HoveredRunStore;
  band: BandStore | undefined;
};

/**
 * Marks the run under the pointer, wherever it is pointed at, and the range that is dragged out in another chart.
 * The elements are moved, not rendered: the pointer is faster than that.
 */
export function RunMarkers(props: RunMarkersProps) {
  const { chart, axis, lines, range, area, placing, hovered, band } = props;
  const line = useRef<HTMLDivElement>(null);
  const dots = useRef<(HTMLDivElement | null)[]>([]);
  const dragged = useRef<HTMLDivElement>(null);
  const dotted = lines.slice(0, MOST_DOTS);

  useEffect(() => {
    const show = (): void => {
      const row = hovered.get()?.row;
      const place = row === undefined ? Number.NaN : (axis.places[row] ?? Number.NaN);
      const inRange = place >= range[0] && place <= range[1];
      const x = placing.toX(place);
      if (line.current) {
        line.current.hidden = !inRange;
        if (inRange) line.current.style.transform = `translateX(${x}px)`;
      }
      for (const [index, { heights, values, format }] of lines.slice(0, MOST_DOTS).entries()) {
        const dot = dots.current[index];
        if (!dot) continue;
        const height = row === undefined ? Number.NaN : (heights[row] ?? Number.NaN);
        dot.hidden = !inRange || Number.isNaN(height);
        if (dot.hidden) continue;
        dot.style.transform = `translate(${x}px, ${placing.toY(height)}px)`;
        dot.dataset.side = x > area.left + area.width - 74 ? 'left' : 'right';
        // Of several lines the values stand in the tooltip: beside the dots they would cover one another.
        if (lines.length === 1) dot.dataset.value = formatNumber(values[row ?? -1] ?? Number.NaN, format);
      }
    };
    show();
    return hovered.subscribe(show);
  }, [hovered, axis, lines, range, area, placing]);

  useEffect(() => {
    if (band === undefined) return;
    return band.subscribe(() => {
      const element = dragged.current;
      const now = band.get();
      if (element === null) return;
      element.hidden = now === undefined || now.chart === chart;
      if (now === undefined) return;
      const left = Math.max(area.left, placing.toX(now.range[0]));
      const right = Math.min(area.left + area.width, placing.toX(now.range[1]));
      element.style.left = `${left}px`;
      element.style.width = `${Math.max(0, right - left)}px`;
    });
  }, [band, chart, area, placing]);

  return (
    <div aria-hidden>
      <div ref={line} className={markers.line} style={{ top: area.top, height: area.height }} hidden />
      {dotted.map(({ id, colour }, index) => (
        <div
          key={id}
          ref={(element) => {
            dots.current[index] = element;
          }}
          className={markers.dot}
          style={lines.length > 1 ? { background: colour } : undefined}
          hidden
        />
      ))}
      <div
        ref={dragged}
        className={surface.selection}
        style={{ top: area.top, height: area.height }}
        hidden
      />
    </div>
  );
}
