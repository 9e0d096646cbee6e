import { expect, it } from 'vitest';
import { downloadUrl, plotKind } from './plotKinds.ts';

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
