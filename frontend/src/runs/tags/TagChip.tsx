import { IconX } from '@tabler/icons-react';
import { Marked } from '../Marked.tsx';
import classes from './TagChip.module.css';

type TagChipProps = {
  tag: string;
  /** With it the chip has a cross. */
  onRemove?: () => void;
  /** Not all of the runs have it. */
  partial?: boolean;
  /** Words to mark in it. */
  marked?: readonly string[];
};

/** A tag as a small label; each keeps its own colour everywhere. */
export function TagChip({ tag, onRemove, partial = false, marked = [] }: TagChipProps) {
  return (
    <span
      className={classes.chip}
      data-hue={hueOf(tag)}
      data-partial={partial || undefined}
      title={partial ? `${tag}: on some of the runs` : tag}
    >
      <span className={classes.text} dir="auto">
        <Marked text={tag} words={marked} />
      </span>
      {onRemove && (
        <button
          type="button"
          className={classes.remove}
          aria-label={`Remove the tag ${tag.slice(0, 80)}`}
          onClick={onRemove}
        >
          <IconX size={11} aria-hidden />
        </button>
      )}
    </span>
  );
}

const HUES = 6;

function hueOf(tag: string): number {
  let hash = 0;
  for (const character of tag) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 65_521;
  return hash % HUES;
}
