import { describe, expect, it } from 'vitest';
import { lineWidth, sourceLines } from './sourceLines.ts';
import { visiblePieces } from './visibleText.ts';

const textOf = (source: string, path: string) =>
  sourceLines(source, path).map(({ tokens }) => tokens.map(({ text }) => text).join(''));

describe('the lines of a source', () => {
  it('are those of the file, with any kind of line end', () => {
    for (const path of ['a.py', 'a.txt']) {
      expect(textOf('a = 1\r\nb\n\nc\rd\n', path)).toEqual(['a = 1', 'b', '', 'c', 'd']);
      expect(textOf('', path)).toEqual(['']);
    }
  });

  it('keep the colour of what goes over several lines', () => {
    const [first, second] = sourceLines('"""one\ntwo"""\n', 'nodes.py');
    expect(first?.tokens).toEqual([{ text: '"""one', kind: 'string' }]);
    expect(second?.tokens).toEqual([{ text: 'two"""', kind: 'string' }]);
  });

  it('are only coloured where they are Python', () => {
    expect(sourceLines('def f(): pass', 'a.yml')[0]?.tokens).toEqual([{ text: 'def f(): pass' }]);
  });

  it('are cut where they are very long, and say by how much', () => {
    const [line] = sourceLines(`"${'x'.repeat(5000)}" + y`, 'a.py');
    expect(line?.more).toBe(5002 + 4 - 2000);
    expect(line?.tokens.map(({ text }) => text).join('')).toHaveLength(2000);
  });

  it('are wide enough for what is in them', () => {
    expect(lineWidth({ tokens: [{ text: 'ab' }], more: 0 })).toBe(2);
    expect(lineWidth({ tokens: [{ text: '日本' }], more: 0 })).toBe(4);
  });
});

describe('text that hides something', () => {
  it('shows it', () => {
    expect(visiblePieces('if a\u202e:\u0000')).toEqual([
      { text: 'if a' },
      { text: '\u202e', mark: 'U+202E' },
      { text: ':' },
      { text: '\u0000', mark: 'U+0000' },
    ]);
  });

  it('leaves alone what belongs to a script', () => {
    const text = '\ta – ü 日本 👩‍🔬 می‌خواهم';
    expect(visiblePieces(text)).toEqual([{ text }]);
  });
});
