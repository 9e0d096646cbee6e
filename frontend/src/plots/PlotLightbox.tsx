import { useEffect, useRef } from 'react';
import { Lightbox } from '../components/Lightbox.tsx';
import type { ForwardedKey } from './frame/messages.ts';
import { BesideOneAnother, OnePlot } from './LargePlots.tsx';
import { LightboxTools } from './LightboxTools.tsx';
import { modesOf, type Opened } from './openedPlot.ts';
import { expandedKey, nextExpanded, nextGroup, type PlotGroup, type RunPlot } from './plotGroups.ts';
import type { PlotMode, PlotSettings } from './plotSettings.ts';
import type { PlotViews } from './sharedViews.ts';
import { TwoPlots } from './TwoPlots.tsx';

export type PlotLightboxProps = {
  /** All plots, which the arrow keys go through. */
  groups: readonly PlotGroup[];
  opened: Opened | undefined;
  settings: PlotSettings;
  views: PlotViews;
  onSettingsChange: (settings: Partial<PlotSettings>, replace?: boolean) => void;
};

/** A plot large: of one run alone, of all runs, or of two over each other. Esc closes, arrow keys go on. */
export function PlotLightbox(props: PlotLightboxProps) {
  const { opened, onSettingsChange } = props;
  return (
    <Lightbox
      opened={opened !== undefined}
      onClose={() => onSettingsChange({ plot: undefined })}
      title={opened?.group.dataset}
    >
      {opened && <Expanded {...props} opened={opened} />}
    </Lightbox>
  );
}

/** More than this are no easier to see beside one another than in the grid below. */
const FEW = 6;

function Expanded({
  groups,
  opened,
  settings,
  views,
  onSettingsChange,
}: PlotLightboxProps & { opened: Opened }) {
  const { group, runId } = opened;
  const shown = group.plots.filter(({ plot }) => plot !== undefined);
  const current = shown.find(({ run }) => run.id === runId);
  const mode = modeOf(group, shown, settings);
  // The baseline is the first; it is no use to compare a plot with itself.
  const other =
    shown.find(({ run }) => run.id === settings.beside && run.id !== runId) ??
    shown.find(({ run }) => run.id !== runId);

  // What arrow keys lead to is no step to go back to: one would have to go back through all of them.
  const open = (next: Opened) => onSettingsChange({ plot: expandedKey(next.group, next.runId) }, true);
  const press = (key: ForwardedKey): void => {
    if (key === 'Escape') onSettingsChange({ plot: undefined });
    else if (key === 'ArrowLeft' || key === 'ArrowRight') {
      open(nextExpanded(groups, opened, key === 'ArrowRight' ? 1 : -1));
    } else if (key !== ' ') open(nextGroup(groups, opened, key === 'ArrowDown' ? 1 : -1));
  };
  const latest = useRef(press);
  useEffect(() => {
    latest.current = press;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
      // These have a use for arrow keys themselves.
      if (event.target instanceof Element && event.target.closest('input, select, [role=slider]')) return;
      const key = STEPS.find((candidate) => candidate === event.key);
      if (key === undefined) return;
      event.preventDefault();
      latest.current(key);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);

  return (
    <>
      <LightboxTools
        {...{ groups, opened, shown, mode, views, onSettingsChange }}
        other={other}
        onStep={(step) => press(step === 1 ? 'ArrowRight' : 'ArrowLeft')}
      />
      {mode === 'beside' && (
        <BesideOneAnother key={group.key} group={group} runId={runId} views={views} onKey={press} />
      )}
      {mode === 'one' && current?.plot && (
        <OnePlot
          key={`${group.key} ${runId}`}
          group={group}
          run={current.run}
          plot={current.plot}
          views={views}
          onKey={press}
        />
      )}
      {(mode === 'swipe' || mode === 'difference') && current?.plot && other?.plot && (
        <TwoPlots
          key={group.key}
          group={group}
          first={{ run: other.run, plot: other.plot }}
          second={{ run: current.run, plot: current.plot }}
          mode={mode}
          views={views}
          onKey={press}
        />
      )}
    </>
  );
}

const STEPS = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'] as const;

/** How the plot is shown: as it was asked for, as far as there are plots for it. */
function modeOf(group: PlotGroup, shown: readonly RunPlot[], { plotMode }: PlotSettings): PlotMode {
  if (group.plots.length === 1) return 'one';
  const asked = plotMode ?? (group.plots.length > FEW ? 'one' : 'beside');
  if (asked === 'beside' || asked === 'one') return asked;
  return shown.length > 1 && modesOf(group).includes(asked) ? asked : 'one';
}
