import { useMemo } from 'react';
import { LoadFailure } from '../components/LoadFailure.tsx';
import { PageSkeleton } from '../components/PageSkeleton.tsx';
import { buildComparison } from './buildComparison.ts';
import { ComparedOverviewQuery } from './comparisonQueries.ts';
import { useRecord } from './data/useRecord.ts';
import { type PartProps, TablePart } from './TablePart.tsx';

/** What the runs measured, were given and are. */
export function OverviewPart(part: PartProps) {
  const { records, error, reload } = useRecord(ComparedOverviewQuery, part.runs);
  const known = useMemo(() => records?.flatMap((run) => run ?? []), [records]);
  const sections = useMemo(() => known && buildComparison(known), [known]);
  if (error && !records) {
    return <LoadFailure title="The runs could not be loaded" error={error} onRetry={reload} />;
  }
  // A run that was added a moment ago shows once all that belongs to it is there.
  const runs = part.runs.filter((_, index) => records?.[index] !== undefined);
  if (sections === undefined || runs.length === 0) return <PageSkeleton />;
  return <TablePart {...part} runs={runs} sections={sections} />;
}
