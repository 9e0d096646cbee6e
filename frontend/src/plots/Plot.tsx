import { useState } from 'react';
import type { Artifact } from '../graphql/artifact.ts';
import { FigureFrame } from './FigureFrame.tsx';
import type { ForwardedKey, PlotRoom } from './frame/messages.ts';
import classes from './Plot.module.css';
import { PlotProblem } from './PlotProblem.tsx';
import { plotKind } from './plotKinds.ts';

export type PlotProps = {
  plot: Artifact;
  /** Says which plot of which run it is, for those who do not see it. */
  title: string;
  room: PlotRoom;
  /** Opens the plot large; without it, a click does nothing. */
  onExpand?: () => void;
  onKey?: (key: ForwardedKey) => void;
};

/** One plot: image, figure or file, or the reason why it cannot be shown. */
export function Plot({ plot, title, room, onExpand, onKey }: PlotProps) {
  const [broken, setBroken] = useState(false);
  const kind = plotKind(plot);
  if (plot.problem) return <PlotProblem plot={plot} problem={plot.problem} />;
  if (kind === 'file') return <PlotProblem plot={plot} />;
  if (kind === 'figure') {
    return <FigureFrame plot={plot} title={title} room={room} onClick={onExpand} onKey={onKey} />;
  }
  if (broken) {
    return (
      <PlotProblem plot={plot} problem={`The file could not be read as an image (${plot.mediaType}).`} />
    );
  }
  const image = (
    <img
      className={classes.image}
      src={plot.url}
      alt={title}
      loading="lazy"
      decoding="async"
      onLoad={({ currentTarget: { naturalWidth, naturalHeight, style } }) => {
        if (naturalHeight > 0) style.setProperty('--ratio', String(naturalWidth / naturalHeight));
      }}
      onError={() => setBroken(true)}
    />
  );
  if (onExpand === undefined) return <div className={classes.paper}>{image}</div>;
  return (
    // The button with a name and a place in the tab order stands above the picture.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    // biome-ignore lint/a11y/noStaticElementInteractions: see above
    <div className={classes.paper} data-expands onClick={onExpand}>
      {image}
    </div>
  );
}
