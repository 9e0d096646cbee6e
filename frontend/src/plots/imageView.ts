/** What part of an image is in view: `x` and `y` say where its middle is, in parts of the room that it has. */
export type ImageView = { scale: number; x: number; y: number };

const WHOLE: ImageView = { scale: 1, x: 0, y: 0 };
const LARGEST = 40;

/** Keeps a view within bounds: never smaller than the room, and never beside it. Undefined for the whole image. */
export function bounded({ scale, x, y }: ImageView): ImageView | undefined {
  const size = Math.min(LARGEST, Math.max(1, scale));
  if (size < 1.001) return undefined;
  const most = (size - 1) / 2;
  const clamp = (value: number) => Math.min(most, Math.max(-most, value));
  return { scale: size, x: clamp(x), y: clamp(y) };
}

/**
 * Zooms by a factor towards a point, which stays where it is.
 *
 * @param at the point in parts of the room, from its middle: -0.5 to 0.5
 */
export function zoomedAt(
  view: ImageView | undefined,
  factor: number,
  at: { x: number; y: number } = { x: 0, y: 0 },
): ImageView | undefined {
  const { scale, x, y } = view ?? WHOLE;
  const size = Math.min(LARGEST, Math.max(1, scale * factor));
  const grown = size / scale;
  return bounded({ scale: size, x: at.x - (at.x - x) * grown, y: at.y - (at.y - y) * grown });
}

/** Moves what is in view, by parts of the room. */
export function movedBy(view: ImageView | undefined, x: number, y: number): ImageView | undefined {
  return view && bounded({ ...view, x: view.x + x, y: view.y + y });
}

/** The view as a transform of an element that fills the room. */
export function toTransform(view: ImageView | undefined): string {
  if (view === undefined) return '';
  return `translate(${view.x * 100}%, ${view.y * 100}%) scale(${view.scale})`;
}
