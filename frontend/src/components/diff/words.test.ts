import { describe, expect, it } from 'vitest';
import { compareTexts } from './compareTexts.ts';
import { pythonTokensOf, toSegments } from './segments.ts';
import { markWords } from './wordMarks.ts';

const markedIn = (before: string, after: string) => {
  const { lines } = compareTexts(before, after);
  const marks = markWords(lines);
  return lines.map((line) =>
    toSegments(line.text, undefined, marks.get(line))
      .map(({ tokens, marked }) => {
        const words = tokens.map(({ text }) => text).join('');
        return marked ? `[${words}]` : words;
      })
      .join(''),
  );
};

describe('changed words', () => {
  it('are marked in a line that was edited', () => {
    expect(markedIn('train(data, seed=3)\n', 'train(data, seed=4)\n')).toEqual([
      'train(data, seed=[3])',
      'train(data, seed=[4])',
    ]);
  });

  it('are whole numbers and whole names', () => {
    expect(
      markedIn('data = split(frame, test_size=0.2)\n', 'data = split(frame, test_sizes=0.25)\n'),
    ).toEqual(['data = split(frame, [test_size]=[0.2])', 'data = split(frame, [test_sizes]=[0.25])']);
  });

  it('are not marked in lines that have little in common', () => {
    expect(markedIn('import numpy\n', 'class Model(Base):\n')).toEqual([
      'import numpy',
      'class Model(Base):',
    ]);
  });

  it('are looked for line by line where several were edited', () => {
    expect(markedIn('a = f(1)\nb = f(2)\n', 'a = g(1)\nb = g(2)\n')).toEqual([
      'a = [f](1)',
      'b = [f](2)',
      'a = [g](1)',
      'b = [g](2)',
    ]);
  });

  it('are not looked for in lines of data', () => {
    const long = '1,2,3,'.repeat(500);
    expect(markedIn(`${long}\n`, `${long}4\n`)).toEqual([long, `${long}4`]);
  });
});

describe('highlighted lines', () => {
  const { lines } = compareTexts('"""A\nlong text"""\nx = 1\n', '"""A\nlonger text"""\nx = 1\n');
  const tokens = pythonTokensOf(lines);

  it('know of a text that began lines before', () => {
    expect(lines.map((line) => tokens.get(line)?.map(({ kind }) => kind ?? '')[0])).toEqual([
      'string',
      'string',
      'string',
      '',
    ]);
  });

  it('are cut where a mark begins and ends, and are whole together', () => {
    const line = lines[1];
    const segments = toSegments(line?.text ?? '', line && tokens.get(line), [[0, 4]]);
    expect(segments).toEqual([
      { marked: true, tokens: [{ text: 'long', kind: 'string' }] },
      { marked: false, tokens: [{ text: ' text"""', kind: 'string' }] },
    ]);
  });

  it('have one mark for words of several kinds', () => {
    const tokens = [{ text: 'x = ' }, { text: '1', kind: 'number' as const }];
    expect(toSegments('x = 1', tokens, [[0, 5]])).toEqual([{ marked: true, tokens }]);
  });
});
