import { IconDownload, IconFileAlert } from '@tabler/icons-react';
import { JsonTree } from '../../components/JsonTree.tsx';
import { parseJson } from '../../formatting/exactJson.ts';
import { downloadUrl } from '../../plots/plotKinds.ts';
import type { RunDetails } from '../../runs/runQueries.ts';
import { DatasetGroup, Nothing } from '../Section.tsx';
import classes from './TrackedJson.module.css';

/** The JSON datasets that a run tracked. */
export function TrackedJson({ entries, running }: { entries: RunDetails['trackedJson']; running: boolean }) {
  if (entries.length === 0) {
    return <Nothing>{running ? 'No JSON data yet.' : 'This run tracked no JSON data.'}</Nothing>;
  }
  return entries.map(({ dataset, datasetType, json, problem, url }) => (
    <DatasetGroup key={dataset} dataset={dataset} note={datasetType.split('.').at(-1)}>
      <div className={classes.json}>
        {problem !== null && <TrackedProblem problem={problem} url={url} />}
        {(problem === null || json !== null) && <JsonTree value={json === null ? null : parseJson(json)} />}
      </div>
    </DatasetGroup>
  ));
}

/** What is missing of a tracked dataset, with its file if it has one of its own. */
export function TrackedProblem({ problem, url }: { problem: string; url: string | null }) {
  return (
    <p className={classes.fileProblem}>
      <IconFileAlert size={16} aria-hidden />
      <span>
        {problem}
        {url !== null && (
          <>
            {' '}
            <a className={classes.download} href={downloadUrl({ url })} download>
              <IconDownload size={14} aria-hidden /> Download
            </a>
          </>
        )}
      </span>
    </p>
  );
}
