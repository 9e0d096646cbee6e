import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowsMaximize, IconArrowsMinimize, IconZoomReset } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Range } from '../charts/scales/axes.ts';
import { BreakableName } from '../components/BreakableName.tsx';
import { useNearViewport } from '../components/useNearViewport.ts';
import classes from './CurveCard.module.css';
import type { Curve } from './curve.ts';
import type { CurveAxis } from './drawnCurve.ts';

/** What is this many pixels out of view is asked for and drawn already. */
export const NEAR = 500;

/** What a chart in a card is zoomed into; undefined for all of it. */
export type CurveZoom = { zoomed: Range | undefined; onZoom: (range: Range | undefined) => void };

type CurveCardProps = {
  curve: Pick<Curve, 'name' | 'shortName'>;
  axis: CurveAxis;
  /** Stands beside the name. */
  fact: ReactNode;
  /** Stands below the name. */
  facts?: ReactNode;
  /** Of the chart, in pixels. */
  height: number;
  large?: boolean;
  onLargeChange: (large: boolean) => void;
  /** Why there is no chart. */
  problem: string | undefined;
  /** The chart; asked for when the card is near the window. */
  children: (zoom: CurveZoom) => ReactNode;
};

/** A chart among others, under its name. */
export function CurveCard(props: CurveCardProps) {
  const { curve, axis, fact, facts, height, large = false, onLargeChange, problem, children } = props;
  const card = useRef<HTMLElement>(null);
  const near = useNearViewport(card, NEAR);
  const [zoomed, setZoomed] = useState<Range>();
  // Another axis has other places.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => setZoomed(undefined), [axis]);
  const LargeIcon = large ? IconArrowsMinimize : IconArrowsMaximize;
  return (
    <article
      ref={card}
      className={classes.card}
      data-large={large || undefined}
      aria-label={curve.name.slice(0, 200)}
    >
      <header className={classes.head}>
        <h4 className={classes.name} title={curve.name} dir="auto">
          <BreakableName name={curve.shortName} />
        </h4>
        {fact && <span className={classes.fact}>{fact}</span>}
        <span className={classes.buttons}>
          {zoomed && (
            <Tooltip label="Reset zoom">
              <ActionIcon
                size={22}
                aria-label={`Reset zoom of ${curve.name}`}
                onClick={() => setZoomed(undefined)}
              >
                <IconZoomReset size={14} stroke={1.6} aria-hidden />
              </ActionIcon>
            </Tooltip>
          )}
          <Tooltip label={large ? 'Show small' : 'Show large'}>
            <ActionIcon
              size={22}
              aria-label={`Show ${curve.name} ${large ? 'small' : 'large'}`}
              onClick={() => onLargeChange(!large)}
            >
              <LargeIcon size={14} stroke={1.6} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </span>
      </header>
      {facts}
      <div style={{ height }}>
        {near && problem && <p className={classes.problem}>The points could not be loaded: {problem}</p>}
        {near && !problem && children({ zoomed, onZoom: setZoomed })}
      </div>
    </article>
  );
}
