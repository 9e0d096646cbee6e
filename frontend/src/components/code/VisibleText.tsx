import classes from './VisibleText.module.css';
import { visiblePieces } from './visibleText.ts';

/** Text with marks for what would not be seen in it, or would turn it around. */
export function VisibleText({ text }: { text: string }) {
  const pieces = visiblePieces(text);
  if (pieces.every(({ mark }) => mark === undefined)) return text;
  return pieces.map((piece, index) =>
    piece.mark === undefined ? (
      piece.text
    ) : (
      <span
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text have no identity but their place
        key={index}
        className={classes.mark}
        title="A character that cannot be seen"
      >
        {piece.mark}
      </span>
    ),
  );
}
