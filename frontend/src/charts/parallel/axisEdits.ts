import { columnOf } from './needs.ts';

/** Axes as the address has them: names of columns, with a minus before those that are turned over. */
type Axes = readonly string[];

/** The axis of a column moved by some places, as far as there are any. */
export function moveAxis(axes: Axes, name: string, by: number): string[] {
  const from = axes.findIndex((axis) => columnOf(axis) === name);
  const to = Math.min(axes.length - 1, Math.max(0, from + by));
  const next = [...axes];
  const [moved] = next.splice(from, 1);
  if (moved !== undefined) next.splice(to, 0, moved);
  return next;
}

export function flipAxis(axes: Axes, name: string): string[] {
  return axes.map((axis) => (columnOf(axis) !== name ? axis : axis.startsWith('-') ? name : `-${name}`));
}

export function removeAxis(axes: Axes, name: string): string[] {
  return axes.filter((axis) => columnOf(axis) !== name);
}
