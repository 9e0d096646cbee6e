import { Button } from '@mantine/core';
import { IconArchive, IconFlaskOff, IconSearchOff, IconStar } from '@tabler/icons-react';
import type { ExperimentsSearch } from '../address/search.ts';
import { StateMessage } from '../components/StateMessage.tsx';

type NothingFoundProps = {
  search: ExperimentsSearch;
  onSearchChange: (part: Partial<ExperimentsSearch>) => void;
};

/** Stands for a list without runs: why, and how to see some. */
export function NothingFound({ search, onSearchChange }: NothingFoundProps) {
  const { q, bookmarked, archived } = search;
  const showAll = { q: undefined, bookmarked: undefined, archived: undefined };
  if (q !== undefined) {
    return (
      <StateMessage
        icon={IconSearchOff}
        title="No run matches"
        actions={
          <>
            <Button onClick={() => onSearchChange({ q: undefined, bookmarked: undefined })}>
              Clear the search
            </Button>
            {archived === undefined && (
              <Button onClick={() => onSearchChange({ archived: 'all' })}>Search archived runs, too</Button>
            )}
          </>
        }
      >
        Nothing was found for <strong dir="auto">“{q}”</strong>
        {bookmarked && ' among the bookmarked runs'}
        {archived === 'only' && ' in the archive'}.
      </StateMessage>
    );
  }
  if (bookmarked) {
    return (
      <StateMessage
        icon={IconStar}
        title="No bookmarked runs"
        actions={<Button onClick={() => onSearchChange(showAll)}>Show all runs</Button>}
      >
        The star at the left of a run bookmarks it.
      </StateMessage>
    );
  }
  if (archived === 'only') {
    return (
      <StateMessage
        icon={IconArchive}
        title="The archive is empty"
        actions={<Button onClick={() => onSearchChange(showAll)}>Show active runs</Button>}
      >
        Select runs and archive them to keep them out of the list.
      </StateMessage>
    );
  }
  return (
    <StateMessage
      icon={IconFlaskOff}
      title="No runs left"
      actions={
        archived === undefined && (
          <Button onClick={() => onSearchChange({ archived: 'all' })}>Show archived runs</Button>
        )
      }
    />
  );
}
