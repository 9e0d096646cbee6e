import { describe, expect, it } from 'vitest';
import { collapse, compareTexts } from './compareTexts.ts';
import type { DiffLine } from './diffLine.ts';

const written = (lines: DiffLine[]) =>
  lines.map(({ kind, before, after, text }) => `${before ?? ''}|${after ?? ''}|${kind}|${text}`);

const numbered = (count: number, change: (n: number) => string = String) =>
  Array.from({ length: count }, (_, index) => `${change(index + 1)}\n`).join('');

describe('two texts', () => {
  it('are compared line by line, with the numbers of both', () => {
    expect(written(compareTexts('a\nb\nc\n', 'a\nB\nc\nd\n').lines)).toEqual([
      '1|1|same|a',
      '2||removed|b',
      '|2|added|B',
      '3|3|same|c',
      '|4|added|d',
    ]);
  });

  it('may be empty', () => {
    expect(written(compareTexts('', 'a\n').lines)).toEqual(['|1|added|a']);
    expect(compareTexts('', '').lines).toEqual([]);
  });

  it('that differ in the last line break only are told apart', () => {
    const { lines } = compareTexts('a\nb', 'a\nb\n');
    expect(lines.map(({ kind, unended }) => [kind, unended])).toEqual([
      ['same', undefined],
      ['removed', true],
      ['added', undefined],
    ]);
  });

  it('that differ in their line endings do not differ in every line', () => {
    const { lines, lineEndingsDiffer } = compareTexts('a\r\nb\r\n', 'a\nc\n');
    expect(lineEndingsDiffer).toBe(true);
    expect(written(lines)).toEqual(['1|1|same|a', '2||removed|b', '|2|added|c']);
  });

  it('that have too little in common stand one after the other', () => {
    const { lines, unaligned } = compareTexts(
      numbered(4000, (n) => `a${n}`),
      numbered(4000, (n) => `b${n}`),
    );
    expect(unaligned).toBe(true);
    expect(lines).toHaveLength(8000);
    expect(lines[3999]).toMatchObject({ kind: 'removed', before: 4000 });
    expect(lines[4000]).toMatchObject({ kind: 'added', after: 1 });
  });
});

describe('unchanged lines', () => {
  const stretchesOf = (before: string, after: string) =>
    collapse(compareTexts(before, after).lines).map(({ kind, ...stretch }) =>
      'lines' in stretch ? [kind, stretch.lines.length] : [kind],
    );

  it('are hidden where they are far from a change', () => {
    const after = numbered(40, (n) => (n === 10 || n === 30 ? `${n}!` : String(n)));
    expect(stretchesOf(numbered(40), after)).toEqual([
      ['hidden', 6],
      ['shown', 3 + 2 + 3],
      ['hidden', 13],
      ['shown', 3 + 2 + 3],
      ['hidden', 7],
    ]);
  });

  it('are not hidden where it would save nothing', () => {
    const after = numbered(14, (n) => (n === 3 || n === 11 ? `${n}!` : String(n)));
    expect(stretchesOf(numbered(14), after)).toEqual([['shown', 14 + 2]]);
  });
});
