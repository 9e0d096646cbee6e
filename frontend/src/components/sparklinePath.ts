/** Half the width of the stroke, so that it is not cut off at the edges. */
const EDGE = 1;

/**
 * The path of a small curve through all values, evenly spaced; NaN is a gap. Of many values, each column of pixels
 * keeps the lowest and the highest.
 */
export function sparklinePath(values: ArrayLike<number>, width: number, height: number): string {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? Number.NaN;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return '';
  const x = (index: number): string =>
    (values.length === 1 ? width / 2 : EDGE + (index / (values.length - 1)) * (width - 2 * EDGE)).toFixed(1);
  // Halves first: the distance between two numbers need not be a finite number.
  const y = (value: number): string => {
    const share = high === low ? 0.5 : (value / 2 - low / 2) / (high / 2 - low / 2);
    return (EDGE + (1 - share) * (height - 2 * EDGE)).toFixed(1);
  };
  const parts: string[] = [];
  let broken = true;
  for (const index of drawnIndexes(values, width)) {
    const value = values[index] ?? Number.NaN;
    if (Number.isNaN(value)) {
      broken = true;
      continue;
    }
    // A line of no length is a dot: a point between gaps is seen.
    parts.push(broken ? `M${x(index)} ${y(value)}h0` : `L${x(index)} ${y(value)}`);
    broken = false;
  }
  return parts.join('');
}

function drawnIndexes(values: ArrayLike<number>, width: number): number[] {
  if (values.length <= 2 * width) return Array.from({ length: values.length }, (_, index) => index);
  const columns = Math.floor(width);
  const kept: number[] = [];
  for (let column = 0; column < columns; column += 1) {
    const start = Math.floor((column * values.length) / columns);
    const end = Math.floor(((column + 1) * values.length) / columns);
    let lowest = start;
    let highest = start;
    for (let index = start; index < end; index += 1) {
      const value = values[index] ?? Number.NaN;
      if (Number.isNaN(values[lowest] ?? Number.NaN) || value < (values[lowest] ?? 0)) lowest = index;
      if (Number.isNaN(values[highest] ?? Number.NaN) || value > (values[highest] ?? 0)) highest = index;
    }
    kept.push(...new Set(lowest < highest ? [lowest, highest] : [highest, lowest]));
  }
  return kept;
}
