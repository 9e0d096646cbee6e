import { Fragment } from 'react';
import classes from './Marked.module.css';

/** A text in which words are marked, whatever their capitals. */
export function Marked({ text, words }: { text: string; words: readonly string[] }) {
  if (words.length === 0) return text;
  const parts = text.split(new RegExp(`(${words.map(escapeForPattern).join('|')})`, 'giu'));
  return parts.map((part, index) =>
    index % 2 === 0 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text have nothing but their order
      <Fragment key={index}>{part}</Fragment>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: words may come again, and stay where they are
      <mark key={index} className={classes.mark}>
        {part}
      </mark>
    ),
  );
}

function escapeForPattern(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
