import type { Pen } from '../frame/pen.ts';

type Measure = Pick<Pen, 'measureText'>;

/** A text with an ellipsis where there is no room for all of it. Of technical names the end tells most. */
export function fitText(pen: Measure, text: string, width: number): string {
  if (pen.measureText(text).width <= width) return text;
  let short = text;
  while (short.length > 1 && pen.measureText(`…${short}`).width > width) short = short.slice(1);
  return `…${short}`;
}

/** A text shortened in its middle until it has room. */
export function fitMiddle(pen: Measure, text: string, width: number): string {
  if (pen.measureText(text).width <= width) return text;
  let most = Math.max(3, Math.min(text.length - 1, Math.floor(width / 4)));
  while (most > 3 && pen.measureText(shortenMiddle(text, most)).width > width) most -= 1;
  return shortenMiddle(text, most);
}

/** Keeps the end of a name that is too long, and enough of its start to recognise it: "train…_score". */
export function shortenMiddle(name: string, most: number): string {
  if (name.length <= most) return name;
  const start = Math.floor((most - 1) * 0.3);
  return `${name.slice(0, start)}…${name.slice(name.length - (most - 1 - start))}`;
}
