import { expect, it } from 'vitest';
import { shortenMiddle } from './fitText.ts';

it('keeps both ends of a long name', () => {
  expect(shortenMiddle('short', 10)).toBe('short');
  const short = shortenMiddle('training_evaluation_mean_absolute_error', 20);
  expect(short).toHaveLength(20);
  expect(short).toMatch(/^train.*…/);
  expect(short).toMatch(/absolute_error$/);
});
