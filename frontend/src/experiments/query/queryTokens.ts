/** A piece of a query; without a kind it is plain. */
export type QueryToken = {
  from: number;
  to: number;
  kind: 'string' | 'number' | 'keyword' | 'operator' | 'name';
};

const PARTS = new RegExp(
  [
    String.raw`(?<string>"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?)`,
    String.raw`(?<keyword>\b(?:and|or|not|in|is|True|False|None)\b(?!\.))`,
    String.raw`(?<name>[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*)`,
    String.raw`(?<number>(?<![\p{L}\p{N}_.])\d[\d_]*(?:\.\d*)?(?:[eE][+-]?\d+)?)`,
    '(?<operator>[<>=!]=?)',
  ].join('|'),
  'gu',
);

const KINDS = ['string', 'number', 'keyword', 'operator', 'name'] as const;

/**
 * The pieces of a query that are shown in colour. Plain words have none, whatever they are: only what compares or
 * quotes something reads like an expression.
 */
export function queryTokens(text: string): QueryToken[] {
  if (!/[<>=!"'()[\]]/.test(text)) return [];
  return [...text.matchAll(PARTS)].flatMap((match) => {
    const kind = KINDS.find((name) => match.groups?.[name] !== undefined);
    return kind === undefined ? [] : [{ from: match.index, to: match.index + match[0].length, kind }];
  });
}
