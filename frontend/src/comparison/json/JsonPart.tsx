import { IconBraces } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { LoadFailure } from '../../components/LoadFailure.tsx';
import { PageSkeleton } from '../../components/PageSkeleton.tsx';
import { StateMessage } from '../../components/StateMessage.tsx';
import { ComparedJsonQuery } from '../comparisonQueries.ts';
import { useRecord } from '../data/useRecord.ts';
import { type PartProps, TablePart } from '../TablePart.tsx';
import { jsonRows } from './jsonRows.ts';
import { jsonSections, jsonTrees } from './jsonSections.ts';

/** What the runs tracked as JSON, compared entry by entry. */
export function JsonPart(part: PartProps) {
  const { records, error, reload } = useRecord(ComparedJsonQuery, part.runs);
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  // What is searched for may be nested anywhere; and a column cannot hold what is nested below another one.
  const flat = part.layout === 'rows' || part.search.find !== undefined;
  const onlyChanges = part.search.changes === true;
  const trees = useMemo(() => records && jsonTrees(records), [records]);
  const sections = useMemo(() => {
    if (trees === undefined || flat) return trees && jsonSections(trees);
    return jsonSections(trees, (dataset, root) => jsonRows(dataset, root, toggled, onlyChanges));
  }, [trees, flat, toggled, onlyChanges]);
  if (error && !records) {
    return <LoadFailure title="The tracked JSON could not be loaded" error={error} onRetry={reload} />;
  }
  if (trees === undefined || sections === undefined) return <PageSkeleton />;
  if (trees.length === 0) {
    return (
      <StateMessage icon={IconBraces} title="These runs tracked no JSON">
        Datasets of the type tracking.JSONDataset are kept with each run and compared here, entry by entry.
      </StateMessage>
    );
  }
  const onFold = (key: string) => {
    const row = sections
      .flatMap(({ groups }) => groups.flatMap(({ rows }) => rows))
      .find((candidate) => candidate.key === key);
    if (row?.kind === 'text' && row.nested) setToggled(new Map(toggled).set(key, !row.nested.open));
  };
  return <TablePart {...part} sections={sections} onFold={onFold} />;
}
