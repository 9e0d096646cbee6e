import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowsMaximize, IconChartHistogram, IconDownload } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { BreakableName } from '../components/BreakableName.tsx';
import { CodeBlock } from '../components/CodeBlock.tsx';
import { StateMessage } from '../components/StateMessage.tsx';
import { useNearViewport } from '../components/useNearViewport.ts';
import { Plot } from './Plot.tsx';
import classes from './PlotGrid.module.css';
import { PlotLightbox } from './PlotLightbox.tsx';
import {
  expandedKey,
  findExpanded,
  groupPlots,
  type PlotGroup,
  type PlotRun,
  type RunPlot,
} from './plotGroups.ts';
import { downloadUrl } from './plotKinds.ts';

export type { PlotRun } from './plotGroups.ts';

/** Plots this many pixels out of view are drawn already. */
const NEAR = 300;

export type PlotGridProps = {
  runs: PlotRun[];
  /** Names the plot that is shown large, as `onExpandedChange` gave it; a dataset's name does, too. */
  expanded: string | undefined;
  onExpandedChange: (expanded: string | undefined) => void;
};

/** The plots of one run, or of several side by side; a click shows one large. */
export default function PlotGrid({ runs, expanded, onExpandedChange }: PlotGridProps) {
  const datasets = groupPlots(runs);
  const groups = datasets.flatMap((dataset) => dataset.groups);
  const opened = findExpanded(groups, expanded);
  if (groups.length === 0) return <NoPlots several={runs.length > 1} />;
  const tile = (group: PlotGroup, { run, plot }: RunPlot, title: string): React.ReactNode => (
    <PlotTile
      key={`${group.key}@${run.id}`}
      group={group}
      run={run}
      plot={plot}
      title={title}
      covered={opened !== undefined}
      onExpand={() => onExpandedChange(expandedKey(group, run.id))}
    />
  );
  return (
    <div className={classes.plots}>
      {runs.length === 1 ? (
        <div className={classes.grid}>
          {groups.flatMap((group) =>
            group.plots.map((plot) =>
              tile(
                group,
                plot,
                isOnlyFile(group, groups) ? group.dataset : `${group.dataset} / ${group.name}`,
              ),
            ),
          )}
        </div>
      ) : (
        datasets.map(({ dataset, groups: files }) => (
          <section key={dataset} className={classes.dataset}>
            <h3 className={classes.datasetName}>
              <BreakableName name={dataset} />
            </h3>
            {files.map((group) => (
              <div key={group.key} className={classes.file}>
                {files.length > 1 && <h4 className={classes.fileName}>{group.name}</h4>}
                <div className={classes.grid}>
                  {group.plots.map((plot) => tile(group, plot, plot.run.title))}
                </div>
              </div>
            ))}
          </section>
        ))
      )}
      <PlotLightbox groups={groups} opened={opened} onChange={onExpandedChange} />
    </div>
  );
}

function isOnlyFile({ dataset }: PlotGroup, groups: readonly PlotGroup[]): boolean {
  return groups.filter((group) => group.dataset === dataset).length === 1;
}

type PlotTileProps = RunPlot & {
  group: PlotGroup;
  title: string;
  /** Whether a large plot lies over the grid: what is not drawn yet then leaves it the browser to itself. */
  covered: boolean;
  onExpand: () => void;
};

function PlotTile({ group, run, plot, title, covered, onExpand }: PlotTileProps) {
  const tile = useRef<HTMLElement>(null);
  const near = useNearViewport(tile, NEAR);
  const [drawn, setDrawn] = useState(false);
  const draws = near && (drawn || !covered);
  useEffect(() => setDrawn(draws), [draws]);
  const what = `${group.dataset} of ${run.title}`;
  return (
    <article ref={tile} className={classes.tile} aria-label={what}>
      <header className={classes.head}>
        <span className={classes.title} title={title}>
          {title}
        </span>
        {plot && (
          <>
            <Tooltip label="Download">
              <ActionIcon
                component="a"
                href={downloadUrl(plot)}
                download={plot.name}
                aria-label={`Download ${what}`}
              >
                <IconDownload size={16} stroke={1.6} aria-hidden />
              </ActionIcon>
            </Tooltip>
            <Tooltip label="Show large">
              <ActionIcon onClick={onExpand} aria-label={`Show ${what} large`}>
                <IconArrowsMaximize size={16} stroke={1.6} aria-hidden />
              </ActionIcon>
            </Tooltip>
          </>
        )}
      </header>
      <div className={classes.body}>
        {plot === undefined ? (
          <div className={classes.missing}>This run has no such plot</div>
        ) : (
          draws && <Plot plot={plot} title={what} room="tile" onExpand={onExpand} />
        )}
      </div>
    </article>
  );
}

const CATALOG_LINES = `confusion_matrix:
  type: matplotlib.MatplotlibWriter
  filepath: data/09_tracking/confusion_matrix.png
  versioned: true`;

function NoPlots({ several }: { several: boolean }) {
  return (
    <StateMessage
      icon={IconChartHistogram}
      title={several ? 'These runs have no plots' : 'This run has no plots'}
    >
      <p>Versioned Matplotlib and Plotly datasets are kept with the run that made them. In the catalog:</p>
      <CodeBlock code={CATALOG_LINES} title="conf/base/catalog.yml" />
    </StateMessage>
  );
}
