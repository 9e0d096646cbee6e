import { Switch } from '@mantine/core';
import { useRef } from 'react';
import { BreakableName } from '../components/BreakableName.tsx';
import { useElementSize } from '../components/useElementSize.ts';
import { useNearViewport } from '../components/useNearViewport.ts';
import { countOf } from '../formatting/numbers.ts';
import { nameOfRun } from '../runs/runNames.ts';
import { NoPlots } from './NoPlots.tsx';
import classes from './PlotGrid.module.css';
import { PlotLightbox } from './PlotLightbox.tsx';
import { PlotTile, TILE_HEIGHT, type TileContent } from './PlotTile.tsx';
import { expandedKey, findExpanded, groupPlots, type PlotGroup, type PlotRun } from './plotGroups.ts';
import type { PlotSettings } from './plotSettings.ts';
import { type PlotViews, usePlotViews } from './sharedViews.ts';
import { ZoomButtons } from './ZoomButtons.tsx';

export type { PlotRun } from './plotGroups.ts';

/** Blocks of tiles this many pixels out of view are in the page already. */
const NEAR = 800;
const ROWS_OF_BLOCK = 4;
const LEAST_WIDTH = 340;
const GAP = 12;

export type PlotGridProps = {
  runs: PlotRun[];
  settings: PlotSettings;
  /** `replace`: there is no step to go back to. */
  onSettingsChange: (settings: Partial<PlotSettings>, replace?: boolean) => void;
};

/** The plots of one run, or of several side by side; a click shows one large. */
export default function PlotGrid({ runs, settings, onSettingsChange }: PlotGridProps) {
  const room = useRef<HTMLDivElement>(null);
  const { width } = useElementSize(room);
  const columns = Math.max(1, Math.floor((width + GAP) / (LEAST_WIDTH + GAP)));
  const several = runs.length > 1;
  const inStep = several && !settings.apart;
  const views = usePlotViews(inStep);
  const datasets = groupPlots(runs);
  const groups = datasets.flatMap((dataset) => dataset.groups);
  const opened = findExpanded(groups, settings.plot);
  if (groups.length === 0) return <NoPlots several={several} />;
  const tiles = (members: TileContent[]) =>
    inBlocks(members, columns * ROWS_OF_BLOCK).map((block) => (
      <Block
        key={block[0]?.run.id}
        tiles={block}
        columns={columns}
        views={views}
        covered={opened !== undefined}
        onExpand={({ group, run }) => onSettingsChange({ plot: expandedKey(group, run.id) })}
      />
    ));
  return (
    <div className={classes.plots}>
      {several && (
        <div className={classes.tools}>
          <span className={classes.count}>
            {countOf(datasets.length, 'dataset')} of {countOf(runs.length, 'run')}
          </span>
          <Switch
            size="xs"
            label="Zoom in step"
            title="Zoom and move the plots of all runs together"
            checked={inStep}
            onChange={(event) =>
              onSettingsChange({ apart: event.currentTarget.checked ? undefined : true }, true)
            }
          />
        </div>
      )}
      <div ref={room}>
        {several
          ? datasets.map(({ dataset, groups: files }) => (
              <section key={dataset} className={classes.dataset} aria-label={dataset}>
                <header className={classes.head}>
                  <h3 className={classes.datasetName}>
                    <BreakableName name={dataset} />
                  </h3>
                  {inStep && files[0] && files.length === 1 && (
                    <ZoomButtons group={files[0]} view={views(files[0].key, '')} />
                  )}
                </header>
                {files.map((group) => (
                  <div key={group.key} className={classes.file}>
                    {files.length > 1 && (
                      <header className={classes.head}>
                        <h4 className={classes.fileName}>{group.name}</h4>
                        {inStep && <ZoomButtons group={group} view={views(group.key, '')} />}
                      </header>
                    )}
                    {tiles(
                      group.plots.map((plot) => ({
                        ...plot,
                        group,
                        title: nameOfRun(plot.run),
                        hint: plot.run.title,
                      })),
                    )}
                  </div>
                ))}
              </section>
            ))
          : tiles(
              groups.flatMap((group) =>
                group.plots.map((plot) => ({
                  ...plot,
                  group,
                  title: isOnlyFile(group, groups) ? group.dataset : `${group.dataset} / ${group.name}`,
                })),
              ),
            )}
      </div>
      <PlotLightbox
        groups={groups}
        opened={opened}
        settings={settings}
        views={views}
        onSettingsChange={onSettingsChange}
      />
    </div>
  );
}

function isOnlyFile({ dataset }: PlotGroup, groups: readonly PlotGroup[]): boolean {
  return groups.filter((group) => group.dataset === dataset).length === 1;
}

function inBlocks<Member>(members: readonly Member[], size: number): Member[][] {
  return Array.from({ length: Math.ceil(members.length / size) }, (_, index) =>
    members.slice(index * size, (index + 1) * size),
  );
}

type BlockProps = {
  tiles: TileContent[];
  columns: number;
  views: PlotViews;
  covered: boolean;
  onExpand: (tile: TileContent) => void;
};

/** Some rows of tiles. Far out of view there is only the room that they take. */
function Block({ tiles, columns, views, covered, onExpand }: BlockProps) {
  const block = useRef<HTMLDivElement>(null);
  const near = useNearViewport(block, NEAR);
  const rows = Math.ceil(tiles.length / columns);
  return (
    <div
      ref={block}
      className={classes.grid}
      style={{
        gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
        height: rows * (TILE_HEIGHT + GAP) - GAP,
      }}
    >
      {near &&
        tiles.map((tile) => (
          <PlotTile
            key={`${tile.group.key}@${tile.run.id}`}
            {...tile}
            view={views(tile.group.key, tile.run.id)}
            covered={covered}
            onExpand={() => onExpand(tile)}
          />
        ))}
    </div>
  );
}
