import type { Artifact } from '../../data/artifact.ts';
import { formatBytes } from '../../formatting/bytes.ts';
import { groupByDataset } from '../../runs/datasets.ts';
import type { RunOnPage } from '../../runs/runQueries.ts';
import { ArtifactFiles } from '../ArtifactFiles.tsx';
import { DatasetGroup, Nothing } from '../Section.tsx';
import classes from './Artifacts.module.css';

/** The files of versioned datasets that a run saved, but for what is shown elsewhere: metrics, JSON and plots. */
export function artifactsOf(run: RunOnPage): Artifact[] {
  const elsewhere = new Set([...run.metrics, ...run.trackedJson, ...run.plots].map(({ dataset }) => dataset));
  return run.artifacts.filter(({ dataset }) => !elsewhere.has(dataset));
}

type ArtifactsProps = { artifacts: Artifact[]; running: boolean };

/** Models and other files that a run left, by dataset. */
export function Artifacts({ artifacts, running }: ArtifactsProps) {
  if (artifacts.length === 0) {
    return (
      <Nothing>
        {running
          ? 'No files yet.'
          : 'This run left no other files. Datasets with “versioned: true” in the catalog appear here.'}
      </Nothing>
    );
  }
  return groupByDataset(artifacts).map(({ dataset, members }) => {
    const size = members.reduce((sum, file) => sum + (file.size ?? 0), 0);
    const type = members[0]?.datasetType.split('.').at(-1);
    return (
      <DatasetGroup
        key={dataset}
        dataset={dataset}
        note={members.length > 1 ? `${type}, ${members.length} files, ${formatBytes(size)}` : type}
      >
        <div className={classes.files}>
          <ArtifactFiles files={members} />
        </div>
      </DatasetGroup>
    );
  });
}
