/** A piece of text; with `mark`, a character that would not be seen, or would turn around what is seen beside it. */
export type VisiblePiece = { text: string; mark?: string };

// Control characters but for the tab, marks of direction, and spaces without a width. What joins the parts of letters
// and emoji stays.
const UNSEEN = /(?!\t)\p{Cc}|[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]/gu;

/** Cuts text into pieces so that no character of it can hide or move another one. */
export function visiblePieces(text: string): VisiblePiece[] {
  const pieces: VisiblePiece[] = [];
  let end = 0;
  for (const match of text.matchAll(UNSEEN)) {
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) });
    const code = match[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    pieces.push({ text: match[0], mark: `U+${code}` });
    end = match.index + match[0].length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}
