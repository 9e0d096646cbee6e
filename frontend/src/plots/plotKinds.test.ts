import { expect, it } from 'vitest';
import { downloadUrl, formatBytes, plotKind } from './plotKinds.ts';

it.each([
  ['image/png', 'image'],
  ['image/svg+xml; charset=utf-8', 'image'],
  ['application/vnd.plotly.v1+json', 'figure'],
  ['application/pdf', 'file'],
  ['text/html', 'file'],
  ['', 'file'],
])('shows %s as %s', (mediaType, kind) => {
  expect(plotKind({ mediaType })).toBe(kind);
});

it('asks for the file and keeps what the address says already', () => {
  expect(downloadUrl({ url: '/artifacts/a/b/c.png' })).toBe('/artifacts/a/b/c.png?download=1');
  expect(downloadUrl({ url: '/artifacts/a?v=2' })).toBe('/artifacts/a?v=2&download=1');
});

it.each([
  [820, '820 B'],
  [1500, '1.5 kB'],
  [34_000_000, '34 MB'],
  [2_500_000_000, '2.5 GB'],
])('writes %d bytes as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
