/** The theme has so many colours for runs; from there on they repeat. */
const COLOURS = 8;

/** Whether the line of the nth run is dashed, because another one has its colour. */
export function isDashed(position: number): boolean {
  return Math.floor(position / COLOURS) % 2 === 1;
}
