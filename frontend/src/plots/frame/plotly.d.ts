declare module 'plotly.js-strict-dist-min' {
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
    Plots: { resize(root: HTMLElement): Promise<void> };
  };
  const plotly: Plotly;
  export default plotly;
}
