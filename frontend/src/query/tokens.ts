/** What a piece of a query is. `unclosed` is a text whose closing quote is missing: all that is left. */
export type TokenKind = 'text' | 'unclosed' | 'number' | 'name' | 'sign' | 'bracket' | 'other';

/** A piece of the user's text, which stands from `start` to before `end`. */
export type Token = { kind: TokenKind; text: string; start: number; end: number };

const KINDS = ['text', 'unclosed', 'number', 'name', 'sign', 'bracket', 'other'] as const;
const WORD = String.raw`[\p{L}\p{N}_]`;
const LETTER = String.raw`[\p{L}\p{Nl}\p{No}_]`;

const TOKENS = new RegExp(
  [
    String.raw`(?<text>(?<!${WORD})(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'))`,
    `(?<unclosed>(?<!${WORD})["'].*)`,
    String.raw`(?<number>(?<!${WORD})(?:\p{Nd}[\p{Nd}_]*(?:\.[\p{Nd}_]*)?|\.\p{Nd}[\p{Nd}_]*)(?:[eE][+-]?\p{Nd}+)?)`,
    String.raw`(?<name>${LETTER}${WORD}*(?:\.${LETTER}${WORD}*)*\.?)`,
    String.raw`(?<sign>==|!=|<=|>=|<>|<|>|=|&&|\|\||[-+*/%&|!~@^:;,.?$#${'`'}\\])`,
    String.raw`(?<bracket>[()\[\]{}])`,
    String.raw`(?<other>\S)`,
  ].join('|'),
  'gsu',
);

/** The pieces of a query, in order, without the spaces between them. */
export function tokensOf(query: string): Token[] {
  return [...query.matchAll(TOKENS)].map((match) => ({
    kind: KINDS.find((kind) => match.groups?.[kind] !== undefined) ?? 'other',
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** A text without halves of characters, which no store can hold; as long as it was. */
export function printable(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}

/** What a quoted text says. */
export function unquoted(text: string): string {
  return text
    .slice(1, -1)
    .replace(/\\(?:(["'\\])|n|t|u([0-9a-fA-F]{4}))/g, (all, character?: string, code?: string) => {
      if (character !== undefined) return character;
      if (code !== undefined) return printable(String.fromCharCode(Number.parseInt(code, 16)));
      return all === '\\n' ? '\n' : '\t';
    });
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\t': '\\t' };

/** A text in double quotes, as queries and long ids of metrics write it. */
export function quoted(text: string): string {
  return `"${text.replace(/[\\"\n\t]/g, (character) => ESCAPES[character] ?? character)}"`;
}
