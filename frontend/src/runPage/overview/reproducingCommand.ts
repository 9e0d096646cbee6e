import { shellLine } from '../../formatting/shellWords.ts';

/** The command line that writes a run as a project of its own. */
export function reproducingCommand(runId: string): string {
  const words = ['kedro', 'viz', 'runs', 'reproduce'];
  // An id that begins with a dash would be taken for an option.
  return runId.startsWith('-')
    ? shellLine([...words, '--to', 'reproduced', '--', runId])
    : shellLine([...words, runId, '--to', 'reproduced']);
}
