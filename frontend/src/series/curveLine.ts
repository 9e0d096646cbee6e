import type { CurvePoints } from './curve.ts';

/** One curve of a chart; where there are several, each is of another run. */
export type CurveLine = {
  id: string;
  name: string;
  /** What files call it, where that is not its name. */
  exportedAs?: string;
  points: CurvePoints;
  /** How many points were logged; there may be fewer here. */
  count: number;
  /** When its run began, in milliseconds since the epoch; NaN where that is not known. */
  runStart: number;
  /** As canvases take it. */
  colour: string;
  dashed?: boolean;
  /** Whether it stands out. */
  front?: boolean;
};
