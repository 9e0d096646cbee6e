/** A piece of a query. */
export type Token = { kind: 'text' | 'number' | 'name' | 'sign'; text: string; start: number; end: number };

const TOKENS =
  /(?<text>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(?<number>(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d+)?)|(?<name>[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*)|(?<sign>==|!=|<=|>=|\S)/gsu;

/** The pieces of a query, in order. */
export function tokensOf(query: string): Token[] {
  return [...query.matchAll(TOKENS)].map((match) => {
    const kind = (['text', 'number', 'name'] as const).find((one) => match.groups?.[one] !== undefined);
    return { kind: kind ?? 'sign', text: match[0], start: match.index, end: match.index + match[0].length };
  });
}

/**
 * Whether a query is an expression, as far as it concerns brushes: words have no conditions to which others could be
 * added.
 */
export function isExpression(query: string): boolean {
  const tokens = tokensOf(query);
  return tokens.some(
    ({ kind, text }, i) =>
      (kind === 'sign' && ['==', '!=', '<', '<=', '>', '>='].includes(text)) ||
      (kind === 'name' && /^(metrics|params|json|series)\./.test(text)) ||
      (kind === 'name' && /\.(startswith|endswith)$/.test(text)) ||
      (text === 'in' && tokens[i - 1]?.kind === 'text') ||
      (kind === 'text' && tokens[i + 1]?.text === 'in') ||
      ['bookmarked', 'archived', 'git.dirty'].includes(text),
  );
}

/** A text as a query writes it. */
export function quoted(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t');
  return `"${escaped}"`;
}

/** What a quoted text says. */
export function unquoted(text: string): string {
  return text
    .slice(1, -1)
    .replace(
      /\\(?:(["'\\])|n|t|u([0-9a-fA-F]{4}))/g,
      (all, character, code) =>
        character ?? (code ? String.fromCharCode(Number.parseInt(code, 16)) : all === '\\n' ? '\n' : '\t'),
    );
}
