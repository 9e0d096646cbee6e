import { IconBraces } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { LoadFailure } from '../../components/LoadFailure.tsx';
import { PageSkeleton } from '../../components/PageSkeleton.tsx';
import { StateMessage } from '../../components/StateMessage.tsx';
import { ComparedJsonQuery, type JsonRun } from './comparisonQueries.ts';
import type { ComparisonSection } from './comparisonRows.ts';
import { jsonRows } from './jsonRows.ts';
import { jsonDatasets, jsonSections } from './jsonSections.ts';
import { compareJson } from './jsonTree.ts';
import { type PartProps, TablePart } from './TablePart.tsx';
import { useRecord } from './useRecord.ts';

/** What the runs tracked as JSON, compared entry by entry. */
export function JsonPart(part: PartProps) {
  const { records, error, reload } = useRecord(ComparedJsonQuery, part.runs);
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  // What is searched for may be nested anywhere; and a column cannot hold what is nested below another one.
  const flat = part.layout === 'rows' || part.search.find !== undefined;
  const trees = useMemo(() => (records && !flat ? toTrees(records) : []), [records, flat]);
  const sections = useMemo((): ComparisonSection[] | undefined => {
    if (records === undefined || flat) return records && jsonSections(records);
    const groups = trees.map(({ dataset, root }) => ({ dataset, rows: jsonRows(dataset, root, toggled) }));
    return groups.length === 0 ? [] : [{ title: 'JSON', groups }];
  }, [records, flat, trees, toggled]);
  if (error && !records) {
    return <LoadFailure title="The tracked JSON could not be loaded" error={error} onRetry={reload} />;
  }
  if (records === undefined || sections === undefined) return <PageSkeleton />;
  if (jsonDatasets(records).length === 0) {
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

function toTrees(records: readonly (JsonRun | undefined)[]) {
  return jsonDatasets(records).map((dataset) => ({
    dataset,
    root: compareJson(
      records.map((run) => {
        const tracked = run?.trackedJson.find((entry) => entry.dataset === dataset);
        return tracked && (tracked.problem ?? tracked.data ?? null);
      }),
    ),
  }));
}
