import { Button } from '@mantine/core';
import { type CSSProperties, type KeyboardEvent, type PointerEvent, useEffect, useState } from 'react';
import type { Artifact } from '../data/artifact.ts';
import { nameOfRun } from '../runs/runNames.ts';
import { FigureFrame } from './FigureFrame.tsx';
import type { ForwardedKey } from './frame/messages.ts';
import { Plot } from './Plot.tsx';
import type { PlotGroup, PlotRun } from './plotGroups.ts';
import { plotKind } from './plotKinds.ts';
import type { PlotMode } from './plotSettings.ts';
import type { PlotViews } from './sharedViews.ts';
import classes from './TwoPlots.module.css';

type PlottedRun = { run: PlotRun; plot: Artifact };

type TwoPlotsProps = {
  group: PlotGroup;
  first: PlottedRun;
  second: PlottedRun;
  mode: PlotMode;
  views: PlotViews;
  onKey: (key: ForwardedKey) => void;
};

/** Two plots over each other: images parted by a divider that moves or as their difference, figures in turn. */
export function TwoPlots(props: TwoPlotsProps) {
  const { first, second, mode } = props;
  const areImages = plotKind(first.plot) === 'image' && plotKind(second.plot) === 'image';
  if (!areImages) return <Blink {...props} />;
  return mode === 'difference' ? <Difference {...props} /> : <Swipe {...props} />;
}

/** Both images zoom together, whatever those of other runs do: they could not be compared otherwise. */
function Image({
  group,
  run,
  plot,
  views,
  onKey,
}: PlottedRun & Omit<TwoPlotsProps, 'first' | 'second' | 'mode'>) {
  return (
    <Plot
      plot={plot}
      title={`${group.dataset} of ${nameOfRun(run)}`}
      room="full"
      view={views(group.key, 'two')}
      onKey={onKey}
    />
  );
}

const STEP = 2;
const LARGE_STEP = 10;

function Swipe({ first, second, ...props }: TwoPlotsProps) {
  const [place, setPlace] = useState(50);
  const move = (to: number) => setPlace(Math.round(Math.min(100, Math.max(0, to)) * 10) / 10);
  const press = (event: KeyboardEvent): void => {
    const step = event.shiftKey ? LARGE_STEP : STEP;
    const to = {
      ArrowLeft: place - step,
      ArrowDown: place - step,
      ArrowRight: place + step,
      ArrowUp: place + step,
      PageDown: place - LARGE_STEP,
      PageUp: place + LARGE_STEP,
      Home: 0,
      End: 100,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    move(to);
  };
  const drag = (event: PointerEvent<HTMLDivElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const room = event.currentTarget.parentElement?.getBoundingClientRect();
    if (room) move(((event.clientX - room.left) / room.width) * 100);
  };
  return (
    <div className={classes.room} style={{ '--place': `${place}%` } as CSSProperties}>
      <div className={classes.layer}>
        <Image {...props} {...second} />
      </div>
      <div className={classes.layer} data-side="first">
        <Image {...props} {...first} />
      </div>
      <div
        // The dialog begins with it, so that arrow keys move it at once.
        data-autofocus
        role="slider"
        tabIndex={0}
        className={classes.divider}
        aria-label={`Divider between ${nameOfRun(first.run)} and ${nameOfRun(second.run)}`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={place}
        aria-valuetext={`${Math.round(place)} % of the left one`}
        onKeyDown={press}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
      />
      <span className={classes.name} data-side="first">
        {nameOfRun(first.run)}
      </span>
      <span className={classes.name} data-side="second">
        {nameOfRun(second.run)}
      </span>
    </div>
  );
}

function Difference({ first, second, ...props }: TwoPlotsProps) {
  return (
    <div className={classes.room} data-blends>
      <div className={classes.layer}>
        <Image {...props} {...second} />
      </div>
      <div className={classes.layer} data-over>
        <Image {...props} {...first} />
      </div>
      <span className={classes.hint}>What is the same in both is black.</span>
    </div>
  );
}

function Blink({ group, first, second, views, onKey }: TwoPlotsProps) {
  const [showsFirst, setShowsFirst] = useState(false);
  const view = views(group.key, 'two');
  useEffect(() => {
    const listen = (event: globalThis.KeyboardEvent): void => {
      if (
        event.key !== ' ' ||
        (event.target instanceof Element && event.target.closest('button, input, select'))
      )
        return;
      event.preventDefault();
      setShowsFirst((now) => !now);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  return (
    <div className={classes.room}>
      {[first, second].map(({ run, plot }, index) => {
        const isShown = (index === 0) === showsFirst;
        return (
          <div
            key={run.id}
            className={classes.layer}
            data-away={!isShown || undefined}
            // Drawn all the same, so that it is there at once.
            aria-hidden={!isShown}
          >
            {plotKind(plot) === 'figure' ? (
              <FigureFrame
                plot={plot}
                title={`${group.dataset} of ${nameOfRun(run)}`}
                room="full"
                shared={view.figure}
                onKey={(key) => (key === ' ' ? setShowsFirst(!showsFirst) : onKey(key))}
              />
            ) : (
              <Plot plot={plot} title={`${group.dataset} of ${nameOfRun(run)}`} room="full" view={view} />
            )}
          </div>
        );
      })}
      <Button
        className={classes.blink}
        size="compact-sm"
        title="Space bar"
        onClick={() => setShowsFirst(!showsFirst)}
      >
        {nameOfRun((showsFirst ? first : second).run)}
      </Button>
    </div>
  );
}
