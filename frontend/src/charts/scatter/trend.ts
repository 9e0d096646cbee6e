/** A straight line through points, and how close to it they are: 1 or -1 where they are on it, 0 where it says nothing. */
export type Trend = { slope: number; offset: number; correlation: number; count: number };

/** Fewer points make no trend. */
const FEWEST = 3;

/** The line of least squares; undefined where there is none, because there are few points or all have one x. */
export function trendOf(x: Float64Array, y: Float64Array): Trend | undefined {
  let count = 0;
  let meanX = 0;
  let meanY = 0;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let row = 0; row < x.length; row += 1) {
    const [atX, atY] = [x[row] ?? Number.NaN, y[row] ?? Number.NaN];
    if (Number.isNaN(atX) || Number.isNaN(atY)) continue;
    count += 1;
    // As Welford has it: sums of squares of times in milliseconds would lose all digits.
    const [dx, dy] = [atX - meanX, atY - meanY];
    meanX += dx / count;
    meanY += dy / count;
    xx += dx * (atX - meanX);
    yy += dy * (atY - meanY);
    xy += dx * (atY - meanY);
  }
  if (count < FEWEST || xx <= 0) return undefined;
  const slope = xy / xx;
  const correlation = yy > 0 ? Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy))) : 0;
  return { slope, offset: meanY - slope * meanX, correlation, count };
}
