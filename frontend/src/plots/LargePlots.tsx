import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { type CSSProperties, useEffect, useRef } from 'react';
import { useNearViewport } from '../components/useNearViewport.ts';
import type { Artifact } from '../data/artifact.ts';
import { nameOfRun } from '../runs/runNames.ts';
import type { ForwardedKey } from './frame/messages.ts';
import classes from './LargePlots.module.css';
import { Plot } from './Plot.tsx';
import type { PlotGroup, PlotRun, RunPlot } from './plotGroups.ts';
import { downloadUrl } from './plotKinds.ts';
import type { PlotView, PlotViews } from './sharedViews.ts';

type BesideOneAnotherProps = {
  group: PlotGroup;
  /** The run whose plot is in view, at least. */
  runId: string;
  views: PlotViews;
  onKey: (key: ForwardedKey) => void;
};

/** The plots of all runs, as large as there is room. */
export function BesideOneAnother({ group, runId, views, onKey }: BesideOneAnotherProps) {
  return (
    <div
      className={classes.plots}
      data-several
      style={{ '--columns': columnsOf(group.plots.length) } as CSSProperties}
    >
      {group.plots.map((plot) => (
        <LargePlot
          key={plot.run.id}
          {...plot}
          dataset={group.dataset}
          view={views(group.key, plot.run.id)}
          current={plot.run.id === runId}
          shrunk
          onKey={onKey}
        />
      ))}
    </div>
  );
}

/** At most so many plots stand beside one another: about as many as below one another, from the fourth on. */
function columnsOf(plots: number): number {
  return plots <= 3 ? plots : Math.ceil(Math.sqrt(plots));
}

type OnePlotProps = {
  group: PlotGroup;
  run: PlotRun;
  plot: Artifact;
  views: PlotViews;
  onKey: (key: ForwardedKey) => void;
};

/** The plot of one run. */
export function OnePlot({ group, run, plot, views, onKey }: OnePlotProps) {
  return (
    <div className={classes.plots} style={{ '--columns': 1 } as CSSProperties}>
      <LargePlot
        run={run}
        plot={plot}
        dataset={group.dataset}
        view={views(group.key, run.id)}
        current={false}
        shrunk={false}
        onKey={onKey}
      />
    </div>
  );
}

type LargePlotProps = RunPlot & {
  dataset: string;
  view: PlotView;
  current: boolean;
  shrunk: boolean;
  onKey: (key: ForwardedKey) => void;
};

function LargePlot({ run, plot, dataset, view, current, shrunk, onKey }: LargePlotProps) {
  const figure = useRef<HTMLElement>(null);
  const near = useNearViewport(figure, 200);
  useEffect(() => {
    if (current) figure.current?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
  }, [current]);
  return (
    <figure ref={figure} className={classes.figure} data-current={current || undefined}>
      <figcaption className={classes.caption}>
        <span className={classes.run} title={run.id}>
          {nameOfRun(run)}
        </span>
        {plot && (
          <Button
            component="a"
            size="compact-xs"
            href={downloadUrl(plot)}
            download={plot.name}
            leftSection={<IconDownload size={14} aria-hidden />}
          >
            Download
          </Button>
        )}
      </figcaption>
      <div className={classes.plot}>
        {plot === undefined ? (
          <div className={classes.missing}>No plot in this run</div>
        ) : (
          near && (
            <Plot {...{ plot, view, shrunk, onKey }} title={`${dataset} of ${nameOfRun(run)}`} room="full" />
          )
        )}
      </div>
    </figure>
  );
}
