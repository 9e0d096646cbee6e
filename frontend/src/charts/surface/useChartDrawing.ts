import type { ECharts } from 'echarts/core';
import { type RefObject, useEffect, useRef } from 'react';
import { useElementSize } from '../../components/useElementSize.ts';
import { init } from './echarts.ts';
import { MARGIN } from './margin.ts';

/** A chart on a canvas, and the elements of the frame that it stands in. */
export type ChartDrawing = {
  surface: RefObject<HTMLDivElement | null>;
  canvas: RefObject<HTMLDivElement | null>;
  selection: RefObject<HTMLDivElement | null>;
  chart: RefObject<ECharts | null>;
  /** Of the whole chart, in pixels; the width is 0 until it is known. */
  width: number;
  height: number;
  /** Of the area between the axes. */
  inner: { width: number; height: number };
};

/** Sets up the drawing of a chart that is as wide as its place. */
export function useChartDrawing(height: number): ChartDrawing {
  const surface = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLDivElement>(null);
  const selection = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts>(null);
  const { width } = useElementSize(surface);
  useEffect(() => {
    if (canvas.current === null) return;
    const drawing = init(canvas.current, null, { renderer: 'canvas', width: 1, height });
    chart.current = drawing;
    return () => {
      chart.current = null;
      drawing.dispose();
    };
  }, [height]);
  const inner = {
    width: Math.max(1, width - MARGIN.left - MARGIN.right),
    height: height - MARGIN.top - MARGIN.bottom,
  };
  return { surface, canvas, selection, chart, width, height, inner };
}
