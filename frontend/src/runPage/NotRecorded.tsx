import { type Icon, IconHourglass } from '@tabler/icons-react';
import { StateMessage } from '../components/StateMessage.tsx';
import type { RunOnPage } from '../runs/runQueries.ts';
import { type RecordState, recordState } from './recordState.ts';

type NotRecordedProps = {
  run: RunOnPage;
  icon: Icon;
  /** What is missing, as the subject of a sentence in the plural: "The source files". */
  what: string;
};

const REASONS: Record<RecordState, (what: string) => string> = {
  gathering: (what) => `${what} are gathered while the first nodes run, and appear here by themselves.`,
  older: (what) => `It was made by an older version of Kedro-Viz. ${what} of new runs are kept.`,
  missing: (what) => `${what} could not be gathered, or the run ended before they were.`,
};

/** Stands for a part of a run's record that is not there: why, and whether it will be. */
export function NotRecorded({ run, icon, what }: NotRecordedProps) {
  const state = recordState(run);
  return (
    <StateMessage
      icon={state === 'gathering' ? IconHourglass : icon}
      title={state === 'gathering' ? 'Still being gathered' : 'Not recorded for this run'}
    >
      {REASONS[state](what)}
    </StateMessage>
  );
}
