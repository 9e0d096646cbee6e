import { IconCode, IconCodeOff, IconPinFilled } from '@tabler/icons-react';
import { useState } from 'react';
import { ChipButton } from '../../components/ChipButton.tsx';
import { countOf } from '../../formatting/numbers.ts';
import { GitReference } from '../../runs/GitReference.tsx';
import { nameOfRun } from '../../runs/runNames.ts';
import type { ComparedRun } from '../comparisonQueries.ts';
import { variantName } from '../variantName.ts';
import classes from './CodeVersions.module.css';
import type { CodeVersion } from './codeChanges.ts';

type CodeVersionsProps = {
  versions: CodeVersion<ComparedRun>[];
  /** The two runs whose files are compared. */
  before?: ComparedRun;
  after?: ComparedRun;
  onChoose: (run: ComparedRun) => void;
};

/** Which of the compared runs ran the same code. */
export function CodeVersions({ versions, before, after, onChoose }: CodeVersionsProps) {
  const known = versions.filter(({ source }) => source !== undefined).length;
  return (
    <section className={classes.root} aria-label="Versions of the code">
      <h2 className={classes.title}>{headline(versions, known)}</h2>
      <ul className={classes.versions}>
        {versions.map((version, index) => (
          <li key={version.source ?? ''} className={classes.version}>
            {version.source === undefined ? (
              <span className={classes.mark} data-unknown>
                <IconCodeOff size={13} aria-hidden />
              </span>
            ) : known > 1 ? (
              <span className={classes.mark}>{variantName(index)}</span>
            ) : (
              <span className={classes.mark}>
                <IconCode size={13} aria-hidden />
              </span>
            )}
            <span className={classes.facts}>
              <span className={classes.count}>
                {countOf(version.runs.length, 'run')}
                {version.source === undefined && ' without files'}
              </span>
              <Commits runs={version.runs} />
            </span>
            <Runs {...{ before, after, onChoose }} runs={version.runs} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function headline(versions: CodeVersion<ComparedRun>[], known: number): string {
  if (known === 0) return 'No source files were kept for these runs';
  if (known > 1) return `${known} versions of the code`;
  const all = versions.length === 1;
  const [first] = versions;
  if (first?.runs.length === 1) return 'The files of one run were kept';
  return all ? 'All these runs ran the same code' : 'All whose files were kept ran the same code';
}

/** The commit that all these runs have, or how many there are. */
function Commits({ runs }: { runs: ComparedRun[] }) {
  const commits = new Set(runs.map(({ gitSha }) => gitSha));
  const [first] = runs;
  if (first === undefined) return null;
  if (commits.size > 1) return <span>{countOf(commits.size, 'commit')}</span>;
  if (first.gitSha === null) return null;
  return (
    <GitReference
      branch={first.gitBranch}
      sha={first.gitSha}
      dirty={runs.some(({ gitDirty }) => gitDirty === true)}
    />
  );
}

// More would fill the page; the rest on demand.
const NAMED = 5;

type RunsProps = Omit<CodeVersionsProps, 'versions'> & { runs: ComparedRun[] };

function Runs({ runs, before, after, onChoose }: RunsProps) {
  const [all, setAll] = useState(false);
  const shown = all ? runs : runs.slice(0, NAMED);
  return (
    <ul className={classes.runs}>
      {shown.map((run) => (
        <li key={run.id}>
          <ChipButton
            className={classes.run}
            mark={run === before && <IconPinFilled size={12} aria-label="Baseline" />}
            label={nameOfRun(run)}
            aria-pressed={run === after}
            disabled={run === before}
            title={`${run.title}\n${run === before ? 'The baseline' : 'Compare its code with the baseline’s'}`}
            onClick={() => onChoose(run)}
          />
        </li>
      ))}
      {runs.length > shown.length && (
        <li>
          <ChipButton label={`${runs.length - shown.length} more…`} onClick={() => setAll(true)} />
        </li>
      )}
    </ul>
  );
}
