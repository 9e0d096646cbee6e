import { expect, it } from 'vitest';
import { formatBytes } from './bytes.ts';

it.each([
  [0, '0 B'],
  [820, '820 B'],
  [1500, '1.5 kB'],
  [9_970, '10 kB'],
  [999_600, '1.0 MB'],
  [34_000_000, '34 MB'],
  [2_500_000_000, '2.5 GB'],
  [3e18, '3000 PB'],
])('writes %d bytes as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
