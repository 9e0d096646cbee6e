/** A piece of a line of notes. */
export type Inline =
  | { kind: 'text' | 'strong' | 'emphasis' | 'code'; text: string }
  | { kind: 'link'; text: string; href: string };

/** A paragraph (of lines) or a list (of points). */
export type Block = { kind: 'paragraph' | 'list'; lines: Inline[][] };

/**
 * Reads notes as light Markdown: paragraphs, points with - or *, **strong**, *emphasis*, `code` and addresses.
 * Anything else stays the text that it is; there is no HTML.
 */
export function parseNotes(notes: string): Block[] {
  const blocks: Block[] = [];
  let open: Block | undefined;
  for (const line of notes.split(/\r?\n/)) {
    const point = /^\s*[-*]\s+(.*)$/.exec(line);
    const kind = point ? 'list' : 'paragraph';
    if (line.trim() === '') {
      open = undefined;
      continue;
    }
    if (open?.kind !== kind) {
      open = { kind, lines: [] };
      blocks.push(open);
    }
    open.lines.push(parseInline(point?.[1] ?? line));
  }
  return blocks;
}

const INLINE = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]'])/g;

function parseInline(text: string): Inline[] {
  const pieces: Inline[] = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > end) pieces.push({ kind: 'text', text: text.slice(end, match.index) });
    const [whole, code, strong, emphasis] = match;
    if (code !== undefined) pieces.push({ kind: 'code', text: code });
    else if (strong !== undefined) pieces.push({ kind: 'strong', text: strong });
    else if (emphasis !== undefined) pieces.push({ kind: 'emphasis', text: emphasis });
    else pieces.push({ kind: 'link', text: whole, href: whole });
    end = match.index + whole.length;
  }
  if (end < text.length) pieces.push({ kind: 'text', text: text.slice(end) });
  return pieces;
}
