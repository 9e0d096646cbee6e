import { pythonTokens, type Token } from '../code/pythonTokens.ts';
import type { DiffLine } from './diffLine.ts';
import type { Range } from './wordMarks.ts';

/** A piece of a line that is marked or not; its tokens together are its text. */
export type Segment = { marked: boolean; tokens: Token[] };

/** Longer texts are shown plain. */
const LONGEST_SOURCE = 300_000;

/** Whether a file of this name is highlighted as Python. */
export function isPython(path: string): boolean {
  return /\.pyi?$/i.test(path);
}

/** The Python tokens of each line; those that go over lines, such as docstrings, are cut. */
export function pythonTokensOf(lines: readonly DiffLine[]): Map<DiffLine, Token[]> {
  const tokens = new Map<DiffLine, Token[]>();
  // Each side is a text of its own: what was removed must not open a string in what was added.
  for (const left of ['added', 'removed'] as const) {
    const side = lines.filter(({ kind }) => kind !== left);
    const source = side.map(({ text }) => text).join('\n');
    if (source.length > LONGEST_SOURCE) return new Map();
    const cut = cutAtLineBreaks(pythonTokens(source));
    side.forEach((line, index) => {
      tokens.set(line, cut[index] ?? []);
    });
  }
  return tokens;
}

function cutAtLineBreaks(tokens: Token[]): Token[][] {
  const lines: Token[][] = [[]];
  for (const { text, kind } of tokens) {
    text.split('\n').forEach((part, index) => {
      if (index > 0) lines.push([]);
      if (part !== '') lines.at(-1)?.push({ text: part, kind });
    });
  }
  return lines;
}

/** Cuts a line where its marks begin and end. */
export function toSegments(
  text: string,
  tokens: readonly Token[] = [{ text }],
  marks: readonly Range[] = [],
): Segment[] {
  const segments: Segment[] = [];
  let start = 0;
  for (const { text: token, kind } of tokens) {
    const end = start + token.length;
    const edges = marks.flat().filter((edge) => edge > start && edge < end);
    let from = start;
    for (const to of [...edges, end]) {
      const marked = marks.some((range) => range[0] <= from && from < range[1]);
      const piece = { text: text.slice(from, to), kind };
      const last = segments.at(-1);
      if (last?.marked === marked) last.tokens.push(piece);
      else segments.push({ marked, tokens: [piece] });
      from = to;
    }
    start = end;
  }
  return segments;
}
