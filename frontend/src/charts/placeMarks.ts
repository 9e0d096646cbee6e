/** A mark and its label in pixels: the mark is a disc around x and y, the label stands to one side of it. */
export type Mark = { x: number; y: number; labelWidth: number; labelSide: 'left' | 'right' };

/** Height of a mark with its label, and half of the width of the disc. */
const HEIGHT = 18;
const HALF = 9;

type Box = { left: number; right: number; top: number; bottom: number };

/**
 * Moves marks up or down so that neither they nor their labels cover one another.
 *
 * Earlier marks stay where they are as far as possible; a mark goes to the nearest free place within the bounds, and
 * stays on its point where there is none.
 *
 * @returns how far each mark moves down (negative: up), in pixels
 */
export function placeMarks(marks: readonly Mark[], bounds: { top: number; bottom: number }): number[] {
  const placed: Box[] = [];
  return marks.map((mark) => {
    const most = Math.ceil((bounds.bottom - bounds.top) / HEIGHT);
    const steps = [0, ...Array.from({ length: most }, (_, i) => [-(i + 1), i + 1]).flat()];
    const free = steps
      .map((step) => step * HEIGHT)
      .find((shift) => {
        const box = boxOf(mark, shift);
        const inside = shift === 0 || (box.top >= bounds.top && box.bottom <= bounds.bottom);
        return inside && !placed.some((other) => overlap(box, other));
      });
    const shift = free ?? 0;
    placed.push(boxOf(mark, shift));
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
