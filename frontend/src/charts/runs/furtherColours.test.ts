import { expect, test } from 'vitest';
import { furtherColour, furtherHue, oklchToHex } from './furtherColours.ts';

test('colours are those that browsers make of the same numbers', () => {
  expect(oklchToHex(1, 0, 0)).toBe('#ffffff');
  expect(oklchToHex(0, 0, 0)).toBe('#000000');
  expect(oklchToHex(0.6279554, 0.2576833, 29.2338805)).toBe('#ff0000');
});

test('five hundred runs have their colours, and neighbours are far apart', () => {
  const theme = { lightness: 0.5, chroma: 0.13 };
  for (let position = 0; position < 492; position += 1) {
    expect(furtherColour(position, theme)).toMatch(/^#[0-9a-f]{6}$/);
    const apart = Math.abs(furtherHue(position) - furtherHue(position + 1));
    expect(Math.min(apart, 360 - apart)).toBeGreaterThan(90);
  }
});
