/** The build without `eval`, which the content security policy of the frame forbids. */
declare module 'plotly.js/dist/plotly-strict.min.js' {
  type Plotly = {
    react(
      root: HTMLElement,
      figure: {
        data: Record<string, unknown>[];
        layout: Record<string, unknown>;
        config: Record<string, unknown>;
        frames: Record<string, unknown>[];
      },
    ): Promise<HTMLElement>;
    relayout(root: HTMLElement, update: Record<string, unknown>): Promise<HTMLElement>;
    purge(root: HTMLElement): void;
    PlotSchema: { get(): { traces: Record<string, unknown> } };
    Plots: { resize(root: HTMLElement): Promise<void> };
  };
  const plotly: Plotly;
  export default plotly;
}

/** The outlines that `plugins/plotlyOutlines.ts` makes modules of, by names such as `world_110m`. */
declare module 'virtual:plotly-outlines' {
  const outlines: Record<string, () => Promise<{ default: unknown }>>;
  export default outlines;
}
