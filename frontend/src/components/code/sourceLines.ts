import { pythonTokens, type Token } from './pythonTokens.ts';

/** Longer sources are not coloured: that would hold the page up. */
const LONGEST_COLOURED = 500_000;

/** Longer lines are cut. */
const LONGEST_LINE = 2_000;

/** A line of source; `more` characters of it are left out. */
export type SourceLine = { tokens: Token[]; more: number };

/** The lines of a source file, Python's with its parts told apart. */
export function sourceLines(source: string, path: string): SourceLine[] {
  const text = source.replace(/\r\n?/g, '\n').replace(/\n$/, '');
  if (!/\.pyi?$/i.test(path) || text.length > LONGEST_COLOURED) {
    return text.split('\n').map((line) => cut([{ text: line }]));
  }
  const lines: Token[][] = [[]];
  for (const { text: piece, kind } of pythonTokens(text)) {
    for (const [index, part] of piece.split('\n').entries()) {
      if (index > 0) lines.push([]);
      if (part !== '') lines.at(-1)?.push({ text: part, kind });
    }
  }
  return lines.map(cut);
}

function cut(tokens: Token[]): SourceLine {
  const kept: Token[] = [];
  let room = LONGEST_LINE;
  let more = 0;
  for (const token of tokens) {
    if (token.text.length <= room) kept.push(token);
    else if (room > 0) kept.push({ ...token, text: token.text.slice(0, room) });
    more += Math.max(0, token.text.length - room);
    room = Math.max(0, room - token.text.length);
  }
  return { tokens: kept, more };
}

/** How many characters wide a line is drawn, about. */
export function lineWidth({ tokens, more }: SourceLine): number {
  let width = more > 0 ? 24 : 0;
  for (const { text } of tokens) {
    for (const character of text) {
      const code = character.codePointAt(0) ?? 0;
      // A tab is four wide at most; the characters of East Asia and emoji are two; what is marked is longer still.
      width += code === 9 ? 4 : code >= 0x1100 ? 2 : code < 32 ? 9 : 1;
    }
  }
  return width;
}
