import { Modal } from '@mantine/core';
import { type ReactNode, useRef, useState } from 'react';
import { BreakableName } from '../../components/BreakableName.tsx';
import { useElementSize } from '../../components/useElementSize.ts';
import { useNearViewport } from '../../components/useNearViewport.ts';
import { ChartActions } from './ChartActions.tsx';
import classes from './ChartFrame.module.css';
import { ChartTableView } from './ChartTableView.tsx';
import type { ChartTable } from './chartTable.ts';
import type { PictureRef } from './usePicture.ts';

/** Charts this many pixels out of view are drawn already. */
const NEAR = 400;

/** Lower than that, no chart can be read. */
const LOWEST = 160;

/** Longer names are not read out. */
const LONGEST_LABEL = 200;

/** Where a chart is to be drawn. */
export type ChartPlace = {
  /** In pixels; the width is that of the place itself. */
  height: number;
  /** Whether it has the whole window. */
  full: boolean;
  /** Takes what makes a picture of the chart: see `usePicture`. */
  picture: PictureRef;
};

export type ChartFrameProps = {
  /** What the chart shows: in full screen, in exports, to screen readers. */
  title: string;
  /** What stands above it on the page, where its surroundings say the rest. */
  shortTitle?: string;
  heading?: 'h3' | 'h4';
  /** Stands beside the title. */
  fact?: ReactNode;
  /** Controls of this chart, between the title and the drawing. */
  controls?: ReactNode;
  /** What the chart draws, for the table behind it and the CSV file; only read when it is asked for. */
  table: ChartTable;
  /** Of the drawing on the page, in pixels. */
  height: number;
  /** Whether the chart has the whole window, where the address keeps that; otherwise the frame does. */
  full?: boolean;
  onFullChange?: (full: boolean) => void;
  /** The chart; asked for when it is near the window. */
  children: (place: ChartPlace) => ReactNode;
};

/** A chart under its title, with its actions: the table behind it, full screen, files. */
export function ChartFrame(props: ChartFrameProps) {
  const {
    title,
    shortTitle = title,
    heading: Heading = 'h4',
    fact,
    controls,
    table,
    height,
    children,
  } = props;
  const frame = useRef<HTMLElement>(null);
  const picture: PictureRef = useRef(undefined);
  const near = useNearViewport(frame, NEAR);
  const [asTable, setAsTable] = useState(false);
  const [ownFull, setOwnFull] = useState(false);
  const full = props.full ?? ownFull;
  const setFull = props.onFullChange ?? setOwnFull;

  const actions = (
    <ChartActions
      title={title}
      picture={picture}
      table={table}
      asTable={asTable}
      onAsTableChange={setAsTable}
      full={full}
      onFullChange={setFull}
    />
  );
  const content = (height: number) => (
    <div className={classes.content}>
      {/* Behind its table, the chart stays where it is: so it can be saved, and comes back as it was. */}
      <div className={asTable ? classes.behind : undefined}>{children({ height, full, picture })}</div>
      {asTable && <ChartTableView table={table} label={`Table of ${title}`} height={Math.max(height, 240)} />}
    </div>
  );
  return (
    <article ref={frame} className={classes.frame} aria-label={title.slice(0, LONGEST_LABEL)}>
      <header className={classes.head}>
        <Heading className={classes.title} title={title} dir="auto">
          <BreakableName name={shortTitle} />
        </Heading>
        {fact && <span className={classes.fact}>{fact}</span>}
        {actions}
      </header>
      {controls && !full && <div className={classes.controls}>{controls}</div>}
      <div style={{ minHeight: height }}>{near && !full && content(height)}</div>
      <Modal
        opened={full}
        onClose={() => setFull(false)}
        fullScreen
        padding={0}
        withCloseButton={false}
        title={<BreakableName name={title} />}
        transitionProps={{ duration: 0 }}
        classNames={{
          content: classes.fullContent,
          header: classes.fullHead,
          title: classes.fullTitle,
          body: classes.fullBody,
        }}
      >
        <div className={classes.fullTools}>
          {fact && <span className={classes.fact}>{fact}</span>}
          {actions}
        </div>
        {controls && <div className={classes.controls}>{controls}</div>}
        <FullPlace>{content}</FullPlace>
      </Modal>
    </article>
  );
}

/** All the room that the window leaves, once it is known. */
function FullPlace({ children }: { children: (height: number) => ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  const { height } = useElementSize(place);
  return (
    // Takes the focus, which on a button would open its tooltip.
    <div ref={place} className={classes.fullChart} tabIndex={-1} data-autofocus>
      {height > 0 && children(Math.max(LOWEST, Math.floor(height)))}
    </div>
  );
}
