import { type RefObject, useMemo, useRef } from 'react';
import { useElementSize } from '../../components/useElementSize.ts';
import { MARGIN } from './margin.ts';
import type { PlotArea } from './paintAxes.ts';

/** The elements that a chart is drawn on, and its size. */
export type ChartPlace = {
  surface: RefObject<HTMLDivElement | null>;
  canvas: RefObject<HTMLCanvasElement | null>;
  /** The band of the range that is dragged out. */
  selection: RefObject<HTMLDivElement | null>;
  /** Of the whole chart, in pixels; the width is 0 until it is known. */
  width: number;
  height: number;
  /** What lies between the axes. */
  area: PlotArea;
};

/** Sets up the place of a chart that is as wide as what it stands in. */
export function useChartSurface(height: number): ChartPlace {
  const surface = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const selection = useRef<HTMLDivElement>(null);
  const { width } = useElementSize(surface);
  const area = useMemo(
    () => ({
      left: MARGIN.left,
      top: MARGIN.top,
      width: Math.max(1, width - MARGIN.left - MARGIN.right),
      height: Math.max(1, height - MARGIN.top - MARGIN.bottom),
    }),
    [width, height],
  );
  return { surface, canvas, selection, width, height, area };
}
