import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArchive, IconArchiveOff } from '@tabler/icons-react';
import { useViewer } from '../data/project.tsx';
import { useEditRuns } from '../runs/runDetails.ts';

/** Keeps a run out of the list, or takes it in again. */
export function ArchiveButton({ run }: { run: { id: string; archived: boolean } }) {
  const edit = useEditRuns();
  const { mayEdit } = useViewer();
  const label = run.archived ? 'Take out of the archive' : 'Archive';
  const Glyph = run.archived ? IconArchiveOff : IconArchive;
  if (!mayEdit) return null;
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="default"
        size={30}
        aria-label={label}
        onClick={() => void edit([run.id], { archived: !run.archived })}
      >
        <Glyph size={15} stroke={1.7} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
