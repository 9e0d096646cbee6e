import { describe, expect, it } from 'vitest';
import { pythonTokens } from './pythonTokens.ts';

const SOURCE = `@node(inputs="x")
def evaluate_model(x: float = 1e-3) -> "dict[str, float]":
    """Logs the "score".

    It is def not a keyword here.
    """
    # for the log: don't
    text = f'it\\'s {x}' + r"\\d"
    return {"score": x, "count": 0xFF} if x is not None else 'open
`;

function kindsOf(source: string): Map<string, string | undefined> {
  return new Map(pythonTokens(source).map(({ text, kind }) => [text.trim(), kind]));
}

describe('pythonTokens', () => {
  it('loses nothing of the source', () => {
    for (const source of [SOURCE, '', '"""', "'", '#', 'x'.repeat(1000), '"""a"""b"""', '\u{1F600} = 1']) {
      expect(
        pythonTokens(source)
          .map(({ text }) => text)
          .join(''),
      ).toBe(source);
    }
  });

  it('tells the parts of the language apart', () => {
    const kinds = kindsOf(SOURCE);
    expect(kinds.get('@node')).toBe('decorator');
    expect(kinds.get('def')).toBe('keyword');
    expect(kinds.get('evaluate_model')).toBe('name');
    expect(kinds.get('1e-3')).toBe('number');
    expect(kinds.get('0xFF')).toBe('number');
    expect(kinds.get("# for the log: don't")).toBe('comment');
    expect(kinds.get(String.raw`f'it\'s {x}'`)).toBe('string');
    expect(kinds.get("'open")).toBe('string');
  });

  it('takes a docstring as one piece, whatever it holds', () => {
    const docstring = pythonTokens(SOURCE).find(({ text }) => text.startsWith('"""'));
    expect(docstring?.kind).toBe('string');
    expect(docstring?.text).toContain('def not a keyword');
  });

  it('reads a very long line of quotes without stalling', () => {
    expect(pythonTokens('"a'.repeat(20_000)).length).toBeGreaterThan(0);
  });
});
