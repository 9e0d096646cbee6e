import { useMemo } from 'react';
import { collapse, compareTexts } from './compareTexts.ts';
import { DiffNote } from './DiffFrame.tsx';
import { useShownMode } from './DiffModeControl.tsx';
import { type DiffMode, DiffTable } from './DiffTable.tsx';
import { isPython } from './segments.ts';

/** Longer texts are not compared in the page. */
const LONGEST_TEXT = 2_000_000;

type TextDiffProps = {
  /** The file's name: it says how to highlight. */
  name: string;
  before: string;
  after: string;
  mode?: DiffMode;
};

/** Shows what changed from one text to another. */
export function TextDiff({ name, before, after, mode = 'unified' }: TextDiffProps) {
  const shownMode = useShownMode(mode);
  const tooLong = Math.max(before.length, after.length) > LONGEST_TEXT;
  const comparison = useMemo(
    () => (tooLong ? undefined : compareTexts(before, after)),
    [tooLong, before, after],
  );
  const stretches = useMemo(() => (comparison ? collapse(comparison.lines) : []), [comparison]);
  if (comparison === undefined) {
    return (
      <DiffNote>
        The texts are too long to be compared here: {before.length.toLocaleString('en')} and{' '}
        {after.length.toLocaleString('en')} characters.
      </DiffNote>
    );
  }
  const { lines, unaligned, lineEndingsDiffer } = comparison;
  const changed = lines.some(({ kind }) => kind !== 'same');
  return (
    <>
      {unaligned && (
        <DiffNote>Too much differs to line the texts up: all of the one stands before the other.</DiffNote>
      )}
      {lineEndingsDiffer && (
        <DiffNote>
          {changed ? 'The line endings differ, too' : 'Only the line endings differ'}:{' '}
          {nameLineEndings(before)} became {nameLineEndings(after)}.
        </DiffNote>
      )}
      {!changed && !lineEndingsDiffer && <DiffNote>The texts are the same.</DiffNote>}
      {changed && (
        <DiffTable
          stretches={stretches}
          mode={shownMode}
          python={isPython(name)}
          label={`Changes of ${name.slice(0, 300)}`}
        />
      )}
    </>
  );
}

function nameLineEndings(text: string): string {
  return text.includes('\r\n') ? 'CR LF' : 'LF';
}
