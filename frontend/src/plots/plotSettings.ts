/** How a large plot is shown: with those of all runs, alone, or with that of one other run. */
export const PLOT_MODES = ['beside', 'one', 'swipe', 'difference'] as const;
export type PlotMode = (typeof PLOT_MODES)[number];

/** What is shown of plots, as it stands in the address. */
export type PlotSettings = {
  /** The plot that is shown large: a dataset's name, or that and a run's. */
  plot?: string;
  /** How it is shown; without it, few beside one another and of many only one. */
  plotMode?: PlotMode;
  /** The run whose plot it is compared with; the baseline if it is not given. */
  beside?: string;
  /** Whether each plot is zoomed by itself. */
  apart?: true;
};
