import type { JsonValue } from '../../formatting/scalars.ts';
import { quoted } from '../tokens.ts';
import type { EvaluatedRuns, ValueColumn } from './columns.ts';
import { compareSizes } from './numbers.ts';
import { holds, lowered } from './texts.ts';

/** The fields whose texts are searched, beside titles that people gave, tags and tracked documents. */
const SEARCHED = ['author', 'git.branch', 'git.sha', 'pipeline', 'command', 'id', 'notes'] as const;

const PARAMETER_PREFIX = 'params.';
const MAX_DIGITS = 1_000;

/** Runs in which every word stands somewhere: as on the server (`store/query/words.py`). */
export function holdingWords(words: readonly string[], runs: EvaluatedRuns): Uint8Array {
  const found = new Uint8Array(runs.count).fill(1);
  for (const word of words) {
    const has = new Uint8Array(runs.count);
    const mark = (column: ValueColumn | undefined, test: (value: JsonValue, place: number) => boolean) => {
      if (column === undefined) return;
      const byValue = column.values.map(test);
      for (let row = 0; row < has.length; row += 1) if (byValue[column.codes[row] ?? -1]) has[row] = 1;
    };
    const holdsWord = (value: JsonValue) => typeof value === 'string' && holds(value, word);
    for (const name of SEARCHED) mark(valueColumn(runs, 'run', name), holdsWord);
    mark(runs.givenTitles(), holdsWord);
    const tags = runs.column({ source: 'run', name: 'tags', part: '' });
    if (tags?.kind === 'sets') {
      for (let row = 0; row < has.length; row += 1) if (tags.values[row]?.some(holdsWord)) has[row] = 1;
    }
    for (const documents of runs.documents()) mark(documents, (value) => hasLeaf(value, word));
    markParameters(word, runs, mark);
    for (let row = 0; row < found.length; row += 1) found[row] = (found[row] ?? 0) & (has[row] ?? 0);
  }
  return found;
}

function valueColumn(runs: EvaluatedRuns, source: 'run' | 'params', name: string): ValueColumn | undefined {
  const column = runs.column({ source, name, part: '' });
  return column?.kind === 'values' ? column : undefined;
}

/** Whether a text somewhere in a document holds a word. */
function hasLeaf(value: JsonValue, word: string): boolean {
  if (typeof value === 'string') return holds(value, word);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((inner: JsonValue) => hasLeaf(inner, word));
}

/** Marks the runs that have the parameter that a word names: `name=value`, or `params.name=value`. */
function markParameters(
  word: string,
  runs: EvaluatedRuns,
  mark: (column: ValueColumn | undefined, test: (value: JsonValue, place: number) => boolean) => void,
): void {
  const at = word.indexOf('=');
  const [name, wanted] = [word.slice(0, at), word.slice(at + 1)];
  if (at < 1 || wanted === '') return;
  const writings = new Set([lowered(wanted), lowered(quoted(wanted))]);
  const number = numberOf(wanted);
  for (const each of new Set([name, name.replace(PARAMETER_PREFIX, '')])) {
    const column = valueColumn(runs, 'params', each);
    mark(column, (value, place) => {
      if (writings.has(lowered(column?.written?.[place] ?? ''))) return true;
      if (number === undefined || (typeof value !== 'number' && typeof value !== 'bigint')) return false;
      return compareSizes(value, '==', number);
    });
  }
}

function numberOf(text: string): number | bigint | undefined {
  if (/^[+-]?\d+$/.test(text) && text.length <= MAX_DIGITS) {
    const number = Number(text);
    return Number.isSafeInteger(number) ? number : BigInt(text.replace('+', ''));
  }
  if (/^[+-]?inf(inity)?$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  if (!/^[+-]?(\d+(_\d+)*\.?(\d+(_\d+)*)?|\.\d+(_\d+)*)(e[+-]?\d+)?$/i.test(text)) return undefined;
  return Number(text.replaceAll('_', ''));
}
