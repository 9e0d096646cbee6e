import { Button, NativeSelect } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { LoadFailure } from '../../components/LoadFailure.tsx';
import { PageSkeleton } from '../../components/PageSkeleton.tsx';
import { nameOfRun } from '../../runs/runNames.ts';
import type { ComparedRun } from '../comparisonQueries.ts';
import { ComparedCodeQuery } from '../comparisonQueries.ts';
import { useRecord } from '../data/useRecord.ts';
import type { PartProps } from '../TablePart.tsx';
import { variantName } from '../variantName.ts';
import classes from './CodePart.module.css';
import { CodeVersions } from './CodeVersions.tsx';
import { type CodeVersion, codeVersions } from './codeChanges.ts';
import { FileChanges } from './FileChanges.tsx';

/** Which runs ran the same code, and what differs between the code of two of them. */
export default function CodePart({ runs, baseline, search, onSearchChange }: PartProps) {
  const { records, error, reload } = useRecord(ComparedCodeQuery, runs);
  if (error && !records) {
    return <LoadFailure title="The code could not be loaded" error={error} onRetry={reload} />;
  }
  if (records === undefined) return <PageSkeleton />;

  const sources = new Map(records.flatMap((record) => (record ? [[record.id, record.source?.id]] : [])));
  const sourceOf = ({ id }: ComparedRun) => sources.get(id);
  const versions = codeVersions(runs, sourceOf);
  const before = runs.find(({ id }) => id === baseline) ?? runs[0];
  const others = runs.filter((run) => run !== before);
  const isOther = (run: ComparedRun) =>
    before !== undefined && sourceOf(run) !== undefined && sourceOf(run) !== sourceOf(before);
  const after = others.find(({ id }) => id === search.against) ?? others.find(isOther) ?? others[0];
  const compare = (from: ComparedRun, to: ComparedRun) =>
    onSearchChange({ baseline: from.id, against: to.id });
  return (
    <div className={classes.page}>
      <CodeVersions
        versions={versions}
        before={before}
        after={after}
        onChoose={(run) => before && run !== before && compare(before, run)}
      />
      {before && after && (
        <>
          <div className={classes.pair}>
            <RunSelect
              label="Before"
              runs={runs}
              versions={versions}
              value={before}
              onChange={(run) => compare(run, run === after ? before : after)}
            />
            <IconArrowRight size={16} aria-hidden className={classes.arrow} />
            <RunSelect
              label="After"
              runs={others}
              versions={versions}
              value={after}
              onChange={(run) => compare(before, run)}
            />
            <Button onClick={() => compare(after, before)}>Swap</Button>
          </div>
          <FileChanges
            before={before}
            after={after}
            sourceOf={sourceOf}
            search={search}
            onSearchChange={onSearchChange}
          />
        </>
      )}
    </div>
  );
}

type RunSelectProps = {
  label: string;
  runs: ComparedRun[];
  versions: CodeVersion<ComparedRun>[];
  value: ComparedRun;
  onChange: (run: ComparedRun) => void;
};

function RunSelect({ label, runs, versions, value, onChange }: RunSelectProps) {
  const nameOf = (run: ComparedRun) => {
    const version = versions.findIndex((candidate) => candidate.runs.includes(run));
    // One alone is named nowhere.
    const known =
      versions[version]?.source !== undefined &&
      versions.filter(({ source }) => source !== undefined).length > 1;
    return `${known ? `${variantName(version)} · ` : ''}${nameOfRun(run).slice(0, 120)}`;
  };
  return (
    <NativeSelect
      size="xs"
      label={label}
      className={classes.select}
      value={value.id}
      onChange={(event) => {
        const run = runs.find(({ id }) => id === event.currentTarget.value);
        if (run) onChange(run);
      }}
      data={runs.map((run) => ({ value: run.id, label: nameOf(run) }))}
    />
  );
}
