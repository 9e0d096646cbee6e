import { ActionIcon, NativeSelect, SegmentedControl } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { nameOfRun } from '../runs/runNames.ts';
import classes from './LightboxTools.module.css';
import { modesOf, type Opened } from './openedPlot.ts';
import { expandedKey, type PlotGroup, type RunPlot } from './plotGroups.ts';
import type { PlotMode, PlotSettings } from './plotSettings.ts';
import type { PlotViews } from './sharedViews.ts';
import { ZoomButtons } from './ZoomButtons.tsx';

type LightboxToolsProps = {
  groups: readonly PlotGroup[];
  opened: Opened;
  /** The plots that there are of the group. */
  shown: readonly RunPlot[];
  mode: PlotMode;
  /** What the plot is compared with, where it is. */
  other: RunPlot | undefined;
  views: PlotViews;
  onStep: (step: 1 | -1) => void;
  onSettingsChange: (settings: Partial<PlotSettings>, replace?: boolean) => void;
};

/** Which plot is shown large, how, and beside which. */
export function LightboxTools(props: LightboxToolsProps) {
  const { groups, opened, shown, mode, other, views, onStep, onSettingsChange } = props;
  const { group, runId } = opened;
  const several = group.plots.length > 1;
  const place = several ? group.plots.findIndex(({ run }) => run.id === runId) : groups.indexOf(group);
  const count = several ? group.plots.length : groups.length;
  const two = mode === 'swipe' || mode === 'difference';
  const hasFigures = !modesOf(group).includes('difference');
  const labels: Record<PlotMode, string> = {
    beside: 'All',
    one: 'One',
    swipe: hasFigures ? 'Blink' : 'Swipe',
    difference: 'Difference',
  };
  const showTwo = (beside: string, id: string) =>
    onSettingsChange({ beside, plot: expandedKey(group, id) }, true);
  return (
    <div className={classes.tools}>
      {count > 1 && (
        <div className={classes.steps}>
          <ActionIcon aria-label={several ? 'Previous run' : 'Previous plot'} onClick={() => onStep(-1)}>
            <IconChevronLeft size={18} aria-hidden />
          </ActionIcon>
          <span aria-live="polite" className={classes.place}>
            {several ? 'Run' : 'Plot'} {place + 1} of {count}
          </span>
          <ActionIcon aria-label={several ? 'Next run' : 'Next plot'} onClick={() => onStep(1)}>
            <IconChevronRight size={18} aria-hidden />
          </ActionIcon>
        </div>
      )}
      {several && (
        <SegmentedControl
          size="xs"
          aria-label="Plots shown"
          value={mode}
          onChange={(chosen) => onSettingsChange({ plotMode: chosen }, true)}
          data={modesOf(group).map((value) => ({ value, label: labels[value] }))}
        />
      )}
      {two && other && (
        <div className={classes.pair}>
          <RunSelect
            label="Left or first"
            plots={shown}
            value={other.run.id}
            onChange={(id) => showTwo(id, id === runId ? other.run.id : runId)}
          />
          <RunSelect
            label="Right or second"
            plots={shown}
            value={runId}
            onChange={(id) => showTwo(id === other.run.id ? runId : other.run.id, id)}
          />
        </div>
      )}
      <span className={classes.spring} />
      <ZoomButtons group={group} view={views(group.key, runId)} />
    </div>
  );
}

type RunSelectProps = {
  label: string;
  plots: readonly RunPlot[];
  value: string;
  onChange: (id: string) => void;
};

function RunSelect({ label, plots, value, onChange }: RunSelectProps) {
  return (
    <NativeSelect
      size="xs"
      aria-label={label}
      className={classes.select}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={plots.map(({ run }) => ({ value: run.id, label: nameOfRun(run).slice(0, 120) }))}
    />
  );
}
