/** A mark and its label in pixels: the mark is a disc around x and y, the label stands to one side of it. */
export type Mark = { x: number; y: number; labelWidth: number; labelSide: 'left' | 'right' };

/** Height of a mark with its label, and half of the width of the disc. */
const HEIGHT = 18;
const HALF = 9;

/** Half of the size of a point, which no other mark covers. */
const POINT = 5;

type Box = { left: number; right: number; top: number; bottom: number };

/**
 * Moves marks up or down so that neither they nor their labels cover one another.
 *
 * Earlier marks stay where they are as far as possible; a mark goes to the nearest free place within the bounds, where
 * it covers no other mark's point either.
 *
 * @param most steps of its own height that a mark may move; with 0 it is on its point, clear of all others, or nowhere
 * @returns how far each mark moves down (negative: up), in pixels; undefined where there is no room for it
 */
export function placeMarks(
  marks: readonly Mark[],
  bounds: { top: number; bottom: number },
  most = 3,
): (number | undefined)[] {
  const points = marks.map(({ x, y }) => ({
    left: x - POINT,
    right: x + POINT,
    top: y - POINT,
    bottom: y + POINT,
  }));
  const placed: Box[] = [];
  return marks.map((mark, own) => {
    const steps = [0, ...Array.from({ length: most }, (_, i) => [-(i + 1), i + 1]).flat()];
    const shift = steps
      .map((step) => step * HEIGHT)
      .find((by) => {
        const box = boxOf(mark, by);
        const inside = by === 0 || (box.top >= bounds.top && box.bottom <= bounds.bottom);
        const clear = (by === 0 && most > 0) || !points.some((point, i) => i !== own && overlap(box, point));
        return inside && clear && !placed.some((other) => overlap(box, other));
      });
    if (shift !== undefined) placed.push(boxOf(mark, shift));
    return shift;
  });
}

function boxOf({ x, y, labelWidth, labelSide }: Mark, shift: number): Box {
  return {
    left: x - HALF - (labelSide === 'left' ? labelWidth : 0),
    right: x + HALF + (labelSide === 'right' ? labelWidth : 0),
    top: y + shift - HALF,
    bottom: y + shift + HALF,
  };
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
