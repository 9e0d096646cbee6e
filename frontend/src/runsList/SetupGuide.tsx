import { IconDatabasePlus, IconPlayerPlay } from '@tabler/icons-react';
import { CodeBlock } from '../components/CodeBlock.tsx';
import { StateMessage } from '../components/StateMessage.tsx';
import classes from './SetupGuide.module.css';

const SETTINGS = `from kedro_viz.integrations.kedro.sqlite_store import SQLiteStore
from pathlib import Path

SESSION_STORE_CLASS = SQLiteStore
SESSION_STORE_ARGS = {"path": str(Path(__file__).parents[2] / "data")}
`;

/** For a project that has no session store: the lines that give it one. */
export function StoreNotConfigured({ settingsPath }: { settingsPath: string }) {
  return (
    <StateMessage icon={IconDatabasePlus} title="Keep a record of every run">
      <p className={classes.text}>
        This project has no session store yet. Add these lines to <code>{settingsPath}</code>, then run the
        pipeline: from then on, each run is here with its metrics, plots and parameters.
      </p>
      <CodeBlock code={SETTINGS} title={settingsPath} copyLabel="Copy the lines" />
      <CodeBlock code="kedro run" title="Terminal" copyLabel="Copy the command" />
    </StateMessage>
  );
}

/** For a project whose store is ready but empty. */
export function NoRunsYet({ location }: { location: string | null }) {
  return (
    <StateMessage icon={IconPlayerPlay} title="No runs yet">
      <p className={classes.text}>
        The session store is ready. Run the pipeline, and the run appears here by itself, from its first
        moment.
      </p>
      <CodeBlock code="kedro run" title="Terminal" copyLabel="Copy the command" />
      {location && (
        <p className={classes.location}>
          Session store: <code>{location}</code>
        </p>
      )}
    </StateMessage>
  );
}
