import { Button } from '@mantine/core';
import { type Icon, IconInfoCircle } from '@tabler/icons-react';
import { type ReactNode, useMemo } from 'react';
import type { CombinedError } from 'urql';
import { LoadFailure } from '../../components/LoadFailure.tsx';
import { NoticeBar } from '../../components/NoticeBar.tsx';
import { PageSkeleton } from '../../components/PageSkeleton.tsx';
import { StateMessage } from '../../components/StateMessage.tsx';
import { countOf } from '../../formatting/numbers.ts';
import { namesOf } from '../../runs/runNames.ts';
import { type PartProps, TablePart } from '../TablePart.tsx';
import type { ComparisonSection } from '../table/comparisonRows.ts';

type RecordPartProps<Run> = PartProps & {
  /** What was recorded of each run, in the order of `runs`; undefined until it is known. */
  records: (Run | undefined)[] | undefined;
  error: CombinedError | undefined;
  reload: () => void;
  build: (records: (Run | undefined)[]) => ComparisonSection[];
  /** Whether anything of the kind was recorded of a run. */
  isRecorded: (record: Run) => boolean;
  /** What is compared, in a word that fits "No … was recorded". */
  subject: string;
  icon: Icon;
  /** Says where there would be something. */
  empty: ReactNode;
};

/** What runs ran with, laid out as a table; says of which runs nothing was recorded. */
export function RecordPart<Run extends { id: string }>(props: RecordPartProps<Run>) {
  const { records, error, reload, build, isRecorded, subject, icon, empty, ...part } = props;
  const sections = useMemo(() => records && build(records), [records, build]);
  if (error && !records) {
    return <LoadFailure title={`The ${subject} could not be loaded`} error={error} onRetry={reload} />;
  }
  if (records === undefined || sections === undefined) return <PageSkeleton />;
  const without = part.runs.filter((_, index) => {
    const record = records[index];
    return record !== undefined && !isRecorded(record);
  });
  if (without.length === part.runs.length) {
    return (
      <StateMessage icon={icon} title={`No ${subject} was recorded`}>
        {empty}
      </StateMessage>
    );
  }
  return (
    <>
      {without.length > 0 && (
        <NoticeBar
          icon={IconInfoCircle}
          role="note"
          action={
            <Button
              size="compact-xs"
              onClick={() =>
                part.onSearchChange({
                  runs: part.runs.filter((run) => !without.includes(run)).map(({ id }) => id),
                })
              }
            >
              Take out
            </Button>
          }
        >
          No {subject} was recorded of {countOf(without.length, 'run')}: <bdi>{namesOf(without)}</bdi>
        </NoticeBar>
      )}
      <TablePart {...part} sections={sections} />
    </>
  );
}
