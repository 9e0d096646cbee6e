/** A piece of source; without a kind it is plain. */
export type Token = {
  text: string;
  kind?: 'comment' | 'string' | 'keyword' | 'number' | 'name' | 'decorator';
};

const KEYWORDS =
  'False|None|True|and|as|assert|async|await|break|class|continue|def|del|elif|else|except|finally|for|from|global|' +
  'if|import|in|is|lambda|nonlocal|not|or|pass|raise|return|try|while|with|yield';

const PARTS = new RegExp(
  [
    String.raw`(?<comment>#[^\n]*)`,
    String.raw`(?<string>(?<!\w)[rRbBfFuU]{0,2}(?:"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?))`,
    String.raw`(?<decorator>(?<=^|\n)[ \t]*@[\w.]+)`,
    String.raw`(?<name>(?<=\b(?:def|class)[ \t]+)\w+)`,
    String.raw`(?<keyword>\b(?:${KEYWORDS})\b)`,
    String.raw`(?<number>\b(?:0[xXbBoO][\da-fA-F_]+|\d[\d_]*(?:\.[\d_]*)?(?:[eE][+-]?\d+)?)\b)`,
  ].join('|'),
  'g',
);

/** Cuts Python source into pieces for light highlighting; put together again, they are the source. */
export function pythonTokens(source: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of source.matchAll(PARTS)) {
    if (match.index > end) tokens.push({ text: source.slice(end, match.index) });
    const { comment, string, decorator, name, keyword } = match.groups ?? {};
    const kind =
      comment !== undefined
        ? 'comment'
        : string !== undefined
          ? 'string'
          : decorator !== undefined
            ? 'decorator'
            : name !== undefined
              ? 'name'
              : keyword !== undefined
                ? 'keyword'
                : 'number';
    tokens.push({ text: match[0], kind });
    end = match.index + match[0].length;
  }
  if (end < source.length) tokens.push({ text: source.slice(end) });
  return tokens;
}
