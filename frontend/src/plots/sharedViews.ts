import { useMemo, useRef, useSyncExternalStore } from 'react';
import type { FigureView } from './frame/figureView.ts';
import type { ImageView } from './imageView.ts';
import { SharedView } from './sharedView.ts';

/** What the images and the figures of a group show; a group has mostly one kind of them. */
export type PlotView = { figure: SharedView<FigureView>; image: SharedView<ImageView> };

/** A view of a plot that nobody has zoomed. */
export function wholePlot(): PlotView {
  return { figure: new SharedView(), image: new SharedView() };
}

/** Finds what a plot shows: by itself, or together with all plots of its group. */
export type PlotViews = (group: string, runId: string) => PlotView;

/** What plots show, which stays while they come and go. */
export function usePlotViews(inStep: boolean): PlotViews {
  const views = useRef(new Map<string, PlotView>());
  return useMemo(
    () => (group, runId) => {
      const name = inStep ? group : `${group} ${runId}`;
      const known = views.current.get(name) ?? wholePlot();
      views.current.set(name, known);
      return known;
    },
    [inStep],
  );
}

/** Whether a plot is zoomed into. */
export function useIsZoomed({ figure, image }: PlotView): boolean {
  const figureZoomed = useSyncExternalStore(figure.watchZoomed, figure.isZoomed);
  const imageZoomed = useSyncExternalStore(image.watchZoomed, image.isZoomed);
  return figureZoomed || imageZoomed;
}
