/** Finds points near a place, of however many there are: they lie in the cells of a grid. */
export class PointGrid {
  readonly #x: Float32Array;
  readonly #y: Float32Array;
  readonly #cells = new Map<number, number[]>();

  /**
   * @param x in pixels, by row; NaN for a row without a point
   * @param cell how wide and high a cell is
   */
  constructor(
    x: Float32Array,
    y: Float32Array,
    private readonly cell = 16,
  ) {
    this.#x = x;
    this.#y = y;
    for (let row = 0; row < x.length; row += 1) {
      const key = this.#keyOf(x[row] ?? Number.NaN, y[row] ?? Number.NaN);
      if (Number.isNaN(key)) continue;
      const members = this.#cells.get(key);
      if (members) members.push(row);
      else this.#cells.set(key, [row]);
    }
  }

  /** The row of the point nearest to a place, at most `reach` away. */
  nearest(x: number, y: number, reach: number): number | undefined {
    let found: number | undefined;
    let least = reach * reach;
    const around = Math.ceil(reach / this.cell);
    const [column, line] = [Math.floor(x / this.cell), Math.floor(y / this.cell)];
    for (let dx = -around; dx <= around; dx += 1) {
      for (let dy = -around; dy <= around; dy += 1) {
        for (const row of this.#cells.get(keyOfCell(column + dx, line + dy)) ?? []) {
          const distance = ((this.#x[row] ?? 0) - x) ** 2 + ((this.#y[row] ?? 0) - y) ** 2;
          // Of points over one another the last is the one that is seen.
          if (distance > least || (distance === least && row < (found ?? 0))) continue;
          least = distance;
          found = row;
        }
      }
    }
    return found;
  }

  /** The rows of the points within a polygon, in their order. */
  within(polygon: readonly (readonly [number, number])[]): number[] {
    const rows: number[] = [];
    const left = Math.min(...polygon.map(([x]) => x));
    const right = Math.max(...polygon.map(([x]) => x));
    for (let row = 0; row < this.#x.length; row += 1) {
      const x = this.#x[row] ?? Number.NaN;
      if (x >= left && x <= right && isWithin(x, this.#y[row] ?? Number.NaN, polygon)) rows.push(row);
    }
    return rows;
  }

  #keyOf(x: number, y: number): number {
    return keyOfCell(Math.floor(x / this.cell), Math.floor(y / this.cell));
  }
}

/** Charts are far less wide than that many cells. */
function keyOfCell(column: number, line: number): number {
  return column * 100_000 + line;
}

function isWithin(x: number, y: number, polygon: readonly (readonly [number, number])[]): boolean {
  let inside = false;
  let previous = polygon.at(-1);
  for (const point of polygon) {
    if (previous !== undefined) {
      const [fromX, fromY] = previous;
      const [toX, toY] = point;
      if (fromY > y !== toY > y && x < ((toX - fromX) * (y - fromY)) / (toY - fromY) + fromX)
        inside = !inside;
    }
    previous = point;
  }
  return inside;
}
