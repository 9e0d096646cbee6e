import { expect, it } from 'vitest';
import { type Mark, placeMarks } from './placeMarks.ts';

const BOUNDS = { top: 0, bottom: 200 };

function mark(x: number, y: number, labelSide: Mark['labelSide'] = 'right'): Mark {
  return { x, y, labelWidth: 40, labelSide };
}

it('leaves marks on their points where there is room', () => {
  expect(placeMarks([mark(20, 50), mark(100, 50), mark(20, 100)], BOUNDS)).toEqual([0, 0, 0]);
});

it('stacks marks of the same point', () => {
  expect(placeMarks([mark(20, 100), mark(20, 100), mark(20, 100)], BOUNDS)).toEqual([0, -18, 18]);
});

it('moves a mark away from the label of another', () => {
  const [, shift] = placeMarks([mark(20, 100), mark(60, 100)], BOUNDS);
  expect(shift).not.toBe(0);
  expect(placeMarks([mark(20, 100, 'left'), mark(60, 100)], BOUNDS)).toEqual([0, 0]);
});

it('stays within the chart', () => {
  expect(placeMarks([mark(20, 9), mark(20, 9)], BOUNDS)).toEqual([0, 18]);
});

it('does not move a mark onto the point of another', () => {
  expect(placeMarks([mark(20, 100), mark(20, 100), mark(20, 82)], BOUNDS)).toEqual([0, 18, 0]);
});

it('leaves out the marks that would move far from their points', () => {
  const shifts = placeMarks(
    Array.from({ length: 50 }, () => mark(20, 100)),
    BOUNDS,
  );
  expect(shifts).toHaveLength(50);
  expect(shifts.filter((shift) => shift !== undefined)).toEqual([0, -18, 18, -36, 36, -54, 54]);
});

it('keeps only the marks that are clear of all others when none may move', () => {
  expect(placeMarks([mark(20, 100), mark(60, 100), mark(60, 150)], BOUNDS, 0)).toEqual([undefined, 0, 0]);
});
