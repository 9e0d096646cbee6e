import { isRunField, parseRunColumn, titleOfColumn } from '../../runs/runColumns.ts';
import type { WordMatch } from '../rows/RunMatches.ts';
import type { RunRow } from '../runsQuery.ts';

/** Tells which words to mark in what a row shows of a field. */
export type WordsIn = (field: string) => readonly string[];

const NONE: readonly string[] = [];

/** The words to mark by field. */
export function wordsByField(matches: readonly WordMatch[] | undefined): WordsIn {
  if (matches === undefined || matches.length === 0) return () => NONE;
  const words = new Map<string, string[]>();
  for (const { word, field } of matches) words.set(field, [...(words.get(field) ?? []), word]);
  return (field) => words.get(field) ?? NONE;
}

/** A place of a word that the row does not show: named in short, and in full. */
export type HiddenMatch = WordMatch & { label: string };

/**
 * Of each word that stands nowhere in what the row shows, one place where it does stand.
 *
 * @param isShown whether the table has a column
 */
export function hiddenMatches(
  run: Pick<RunRow, 'gitSha'>,
  matches: readonly WordMatch[] | undefined,
  isShown: (column: string) => boolean,
): HiddenMatch[] {
  const seen = new Set<string>();
  const hidden = new Map<string, WordMatch>();
  for (const match of matches ?? []) {
    if (isShown(match.field) || isInShortSha(run, match, isShown)) seen.add(match.word);
    else if (!hidden.has(match.word)) hidden.set(match.word, match);
  }
  return [...hidden.values()]
    .filter(({ word }) => !seen.has(word))
    .map((match) => ({ ...match, label: labelOf(match.field) }));
}

/** The column of the branch has the beginning of the commit, too. */
function isInShortSha(
  { gitSha }: Pick<RunRow, 'gitSha'>,
  { field, word }: WordMatch,
  isShown: (column: string) => boolean,
): boolean {
  return field === 'git.sha' && isShown('git.branch') && !!gitSha?.slice(0, 7).includes(word.toLowerCase());
}

/** The title of a field, within a sentence; the last two parts of the name of anything else. */
function labelOf(field: string): string {
  if (isRunField(field)) return titleOfColumn({ source: 'run', name: field }).toLowerCase();
  const name = parseRunColumn(field)?.name ?? field.replace(/^json\./, '');
  const parts = name.split('.');
  return parts.length > 2 ? `…${parts.slice(-2).join('.')}` : name;
}
