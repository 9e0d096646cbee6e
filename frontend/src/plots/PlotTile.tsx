import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowsMaximize, IconDownload } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useNearViewport } from '../components/useNearViewport.ts';
import { nameOfRun } from '../runs/runNames.ts';
import { Plot } from './Plot.tsx';
import classes from './PlotTile.module.css';
import type { PlotGroup, RunPlot } from './plotGroups.ts';
import { downloadUrl } from './plotKinds.ts';
import type { PlotView } from './sharedViews.ts';

/** In pixels; PlotTile.module.css has the same. */
export const TILE_HEIGHT = 320;

/** Plots this many pixels out of view are drawn already. */
const NEAR = 300;

/** A plot of a run, or that the run has none. */
export type TileContent = RunPlot & {
  group: PlotGroup;
  title: string;
  /** What the tooltip of the title tells; else the title. */
  hint?: string;
};

type PlotTileProps = TileContent & {
  view: PlotView;
  /** Whether a large plot lies over the grid: what is not drawn yet then leaves it the browser to itself. */
  covered: boolean;
  onExpand: () => void;
};

/** One plot in a grid. */
export function PlotTile({ group, run, plot, title, hint = title, view, covered, onExpand }: PlotTileProps) {
  const tile = useRef<HTMLElement>(null);
  const near = useNearViewport(tile, NEAR);
  const [drawn, setDrawn] = useState(false);
  const draws = near && (drawn || !covered);
  useEffect(() => setDrawn(draws), [draws]);
  const what = `${group.dataset} of ${nameOfRun(run)}`;
  return (
    <article ref={tile} className={classes.tile} aria-label={what}>
      <header className={classes.head}>
        <span className={classes.title} title={hint}>
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
          draws && <Plot plot={plot} title={what} room="tile" view={view} shrunk onExpand={onExpand} />
        )}
      </div>
    </article>
  );
}
