import { expect, it } from 'vitest';
import { toCharacters, toUnits } from './characterOffsets.ts';

it('counts what the server counts', () => {
  const text = '"🚀 é" in notes';
  expect(toCharacters(text, text.indexOf('notes'))).toBe(9);
  expect(toUnits(text, 9)).toBe(text.indexOf('notes'));
  expect(toUnits(text, 0)).toBe(0);
  expect(toUnits(text, 99)).toBe(text.length);
});
