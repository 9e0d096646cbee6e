import { expect, it } from 'vitest';
import { shortenMiddle, shortenStart } from './fitText.ts';

it('keeps both ends of a long name', () => {
  expect(shortenMiddle('short', 10)).toBe('short');
  const short = shortenMiddle('training_evaluation_mean_absolute_error', 20);
  expect(short).toHaveLength(20);
  expect(short).toMatch(/^train.*…/);
  expect(short).toMatch(/absolute_error$/);
});

it('keeps the end of a long name, from a word on', () => {
  expect(shortenStart('options.subsample', 17)).toBe('options.subsample');
  expect(shortenStart('modelling.gradient_boosting.options.subsample', 36)).toBe(
    '…gradient_boosting.options.subsample',
  );
  expect(shortenStart('modelling.gradient.options', 18)).toBe('…gradient.options');
  expect(shortenStart('x'.repeat(40), 10)).toBe(`…${'x'.repeat(9)}`);
});
