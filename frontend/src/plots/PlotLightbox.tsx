import { ActionIcon, Button } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconDownload } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { Lightbox } from '../components/Lightbox.tsx';
import { useNearViewport } from '../components/useNearViewport.ts';
import type { ForwardedKey } from './frame/messages.ts';
import { Plot } from './Plot.tsx';
import classes from './PlotLightbox.module.css';
import { expandedKey, nextExpanded, type PlotGroup, type RunPlot } from './plotGroups.ts';
import { downloadUrl } from './plotKinds.ts';

type Opened = { group: PlotGroup; runId: string };

export type PlotLightboxProps = {
  /** All plots, which the arrow keys go through. */
  groups: readonly PlotGroup[];
  opened: Opened | undefined;
  onChange: (expanded: string | undefined) => void;
};

/** A plot large: of one run alone, of several runs side by side. Esc closes, arrow keys go on. */
export function PlotLightbox({ groups, opened, onChange }: PlotLightboxProps) {
  return (
    <Lightbox opened={opened !== undefined} onClose={() => onChange(undefined)} title={opened?.group.dataset}>
      {opened && <Expanded groups={groups} opened={opened} onChange={onChange} />}
    </Lightbox>
  );
}

function Expanded({ groups, opened, onChange }: PlotLightboxProps & { opened: Opened }) {
  const { group, runId } = opened;
  const several = group.plots.length > 1;
  const shown = group.plots.filter(({ plot }) => plot !== undefined);
  const place = several ? group.plots.findIndex(({ run }) => run.id === runId) : groups.indexOf(group);
  const count = several ? group.plots.length : groups.length;

  const go = (step: 1 | -1): void => {
    const next = nextExpanded(groups, opened, step);
    onChange(expandedKey(next.group, next.runId));
  };
  const press = (key: ForwardedKey): void => {
    if (key === 'Escape') onChange(undefined);
    else go(key === 'ArrowRight' ? 1 : -1);
  };
  const latest = useRef(press);
  useEffect(() => {
    latest.current = press;
  });
  useEffect(() => {
    const listen = ({ key, target }: KeyboardEvent): void => {
      if (target instanceof HTMLInputElement) return;
      // Esc is the dialog's own.
      if (key === 'ArrowLeft' || key === 'ArrowRight') latest.current(key);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);

  return (
    <>
      {count > 1 && (
        <div className={classes.steps}>
          <ActionIcon aria-label={several ? 'Previous run' : 'Previous plot'} onClick={() => go(-1)}>
            <IconChevronLeft size={18} aria-hidden />
          </ActionIcon>
          <span aria-live="polite" className={classes.place}>
            {several ? 'Run' : 'Plot'} {place + 1} of {count}
          </span>
          <ActionIcon aria-label={several ? 'Next run' : 'Next plot'} onClick={() => go(1)}>
            <IconChevronRight size={18} aria-hidden />
          </ActionIcon>
        </div>
      )}
      {/* Another plot is another grid: it starts at its own place, and no frame draws over what it drew before. */}
      <div
        className={classes.plots}
        key={group.key}
        data-several={several || undefined}
        style={{ '--columns': columnsOf(group.plots.length) } as React.CSSProperties}
      >
        {(several ? group.plots : shown).map((plot) => (
          <LargePlot
            key={plot.run.id}
            {...plot}
            dataset={group.dataset}
            current={several && plot.run.id === runId}
            onKey={press}
          />
        ))}
      </div>
    </>
  );
}

/** At most so many plots stand beside one another: about as many as below one another, from the fourth on. */
function columnsOf(plots: number): number {
  return plots <= 3 ? plots : Math.ceil(Math.sqrt(plots));
}

type LargePlotProps = RunPlot & { dataset: string; current: boolean; onKey: (key: ForwardedKey) => void };

function LargePlot({ run, plot, dataset, current, onKey }: LargePlotProps) {
  const figure = useRef<HTMLElement>(null);
  const near = useNearViewport(figure, 200);
  useEffect(() => {
    if (current) figure.current?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
  }, [current]);
  return (
    <figure ref={figure} className={classes.figure} data-current={current || undefined}>
      <figcaption className={classes.caption}>
        <span className={classes.run} title={run.id}>
          {run.title}
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
          near && <Plot plot={plot} title={`${dataset} of ${run.title}`} room="full" onKey={onKey} />
        )}
      </div>
    </figure>
  );
}
