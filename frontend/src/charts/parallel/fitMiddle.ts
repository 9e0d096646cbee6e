import type { Pen } from '../frame/pen.ts';
import { shortenMiddle } from './parallelAxes.ts';

/** A text shortened in its middle until it has room. */
export function fitMiddle(pen: Pick<Pen, 'measureText'>, text: string, width: number): string {
  if (pen.measureText(text).width <= width) return text;
  let most = Math.max(3, Math.min(text.length - 1, Math.floor(width / 4)));
  while (most > 3 && pen.measureText(shortenMiddle(text, most)).width > width) most -= 1;
  return shortenMiddle(text, most);
}
