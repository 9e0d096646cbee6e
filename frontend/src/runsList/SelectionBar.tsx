import { Button, CloseButton } from '@mantine/core';
import { IconArchive, IconArchiveOff, IconGitCompare, IconStar, IconStarOff } from '@tabler/icons-react';
import { ButtonLink } from '../components/ButtonLink.tsx';
import { useViewer } from '../data/project.tsx';
import { countOf } from '../formatting/numbers.ts';
import { DeleteRunsButton } from '../runs/deletion/DeleteRunsButton.tsx';
import { useEditRuns } from '../runs/runDetails.ts';
import { BulkTags } from '../runs/tags/BulkTags.tsx';
import type { RunRow } from './runsQuery.ts';
import classes from './SelectionBar.module.css';

type SelectionBarProps = {
  selected: readonly string[];
  onChange: (ids: string[]) => void;
  /** The rows as far as they are loaded; without them it is not known what the runs have in common. */
  rows?: readonly (RunRow | undefined)[];
};

const ICON = { size: 14, stroke: 1.8, 'aria-hidden': true } as const;

/** What can be done with the selected runs. */
export function SelectionBar({ selected, onChange, rows = [] }: SelectionBarProps) {
  const edit = useEditRuns();
  const { mayEdit } = useViewer();
  const ids = new Set(selected);
  const known = rows.filter((row) => row !== undefined && ids.has(row.id));
  // Of runs that are out of sight one cannot know: then the first of two opposites is offered.
  const allKnown = known.length === selected.length && known.length > 0;
  const archived = allKnown && known.every((run) => run?.archived);
  const bookmarked = allKnown && known.every((run) => run?.bookmark);
  const some = selected.length > 0;
  return (
    <section className={classes.bar} aria-label="Selected runs">
      <span className={classes.count} role="status">
        {some ? `${countOf(selected.length, 'run')} selected` : 'Choose the runs to compare'}
      </span>
      {some && (
        <>
          <CloseButton size="sm" aria-label="Clear the selection" onClick={() => onChange([])} />
          <span className={classes.rule} aria-hidden />
          {mayEdit && (
            <>
              <BulkTags runIds={selected} />
              <Button
                leftSection={bookmarked ? <IconStarOff {...ICON} /> : <IconStar {...ICON} />}
                aria-label={bookmarked ? 'Remove the bookmarks' : 'Bookmark'}
                onClick={() => void edit(selected, { bookmark: !bookmarked })}
              >
                <span className={classes.wideOnly}>{bookmarked ? 'Remove bookmarks' : 'Bookmark'}</span>
              </Button>
              <Button
                leftSection={archived ? <IconArchiveOff {...ICON} /> : <IconArchive {...ICON} />}
                aria-label={archived ? 'Take out of the archive' : 'Archive'}
                onClick={() => {
                  void edit(selected, { archived: !archived });
                  onChange([]);
                }}
              >
                <span className={classes.wideOnly}>{archived ? 'Unarchive' : 'Archive'}</span>
              </Button>
            </>
          )}
          <DeleteRunsButton
            runIds={[...selected]}
            onDelete={(deleted) => onChange(selected.filter((id) => !deleted.includes(id)))}
          />
        </>
      )}
      <span className={classes.spring} />
      <ButtonLink
        to="/experiment-tracking/compare"
        search={{ runs: [...selected] }}
        variant="filled"
        className={classes.compare}
        leftSection={<IconGitCompare {...ICON} />}
        disabled={selected.length < 2}
        aria-disabled={selected.length < 2}
        tabIndex={selected.length < 2 ? -1 : undefined}
      >
        {selected.length < 2 ? 'Compare' : `Compare ${countOf(selected.length, 'run')}`}
      </ButtonLink>
    </section>
  );
}
