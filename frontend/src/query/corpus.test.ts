// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { toCharacters, toUnits } from './field/characterOffsets.ts';
import { evaluate, parseQuery, QueryError, suggestionsAt, type Tree } from './index.ts';
import { CORPUS, KNOWN, RUNS } from './testing/corpus.ts';

// The corpus was made two hours east of Greenwich; the sign of such zones is the other way round.
process.env.TZ = 'Etc/GMT-2';
const NOW = new Date(CORPUS.now);

/** A tree as the corpus has it: places in characters, and long whole numbers as digits. */
function asJson(tree: Tree, query: string): unknown {
  return JSON.parse(JSON.stringify(tree), (key, value) =>
    key === 'start' || key === 'end' ? toCharacters(query, value) : value,
  );
}

// biome-ignore lint/suspicious/noExplicitAny: as JavaScript has it
(BigInt.prototype as any).toJSON = function (this: bigint) {
  return { digits: String(this) };
};

describe('the corpus of queries', () => {
  it.each(CORPUS.cases)('$query', (one) => {
    const { query } = one;
    let tree: Tree;
    try {
      tree = parseQuery(query, NOW);
    } catch (error) {
      if (!(error instanceof QueryError)) throw error;
      const place = { start: toCharacters(query, error.start), end: toCharacters(query, error.end) };
      expect({ query, error: error.message, ...place }).toEqual(one);
      return;
    }
    if (one.tree === undefined) throw new Error(`Understood, but: ${one.error}`);
    expect(asJson(tree, query)).toEqual(one.tree);
    const found = evaluate(tree, RUNS);
    expect(CORPUS.runs.filter((_, row) => found[row]).map(({ id }) => id)).toEqual(one.ids);
  });

  it.each(CORPUS.completions)('completes $query at $position', ({ query, position, suggestions }) => {
    const found = suggestionsAt(query, toUnits(query, position), KNOWN);
    expect(found.map(({ text, kind, start, end }) => [text, kind, start, end])).toEqual(suggestions);
  });
});
