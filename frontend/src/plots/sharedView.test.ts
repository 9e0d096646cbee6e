import { expect, it, vi } from 'vitest';
import { SharedView } from './sharedView.ts';

it('tells all but the one who has changed it, until they leave', () => {
  const shared = new SharedView<number>();
  const [a, b] = [vi.fn(), vi.fn()];
  shared.listen(a, a);
  const leave = shared.listen(b, b);
  shared.show(1, a);
  expect(a).not.toHaveBeenCalled();
  expect(b).toHaveBeenCalledWith(1);
  leave();
  shared.show(undefined);
  expect(a).toHaveBeenCalledWith(undefined);
  expect(b).toHaveBeenCalledTimes(1);
});

it('tells only when zooming begins and ends to those who watch for that', () => {
  const shared = new SharedView<number>();
  const watch = vi.fn();
  const leave = shared.watchZoomed(watch);
  shared.show(1);
  shared.show(2);
  expect(watch).toHaveBeenCalledTimes(1);
  expect(shared.isZoomed()).toBe(true);
  shared.show(undefined);
  expect(watch).toHaveBeenCalledTimes(2);
  leave();
  shared.show(3);
  expect(watch).toHaveBeenCalledTimes(2);
});
