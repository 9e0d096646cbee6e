import { useState } from 'react';
import type { Artifact } from '../data/artifact.ts';
import { address } from '../data/server/address.ts';
import { FigureFrame } from './FigureFrame.tsx';
import { fileProblem } from './fileProblem.ts';
import type { ForwardedKey, PlotRoom } from './frame/messages.ts';
import classes from './Plot.module.css';
import { PlotProblem } from './PlotProblem.tsx';
import { isShrunk, plotKind } from './plotKinds.ts';
import { type PlotView, wholePlot } from './sharedViews.ts';
import { ThumbnailImage } from './thumbnails/ThumbnailImage.tsx';
import { ZoomArea } from './ZoomArea.tsx';

export type PlotProps = {
  plot: Artifact;
  /** Says which plot of which run it is, for those who do not see it. */
  title: string;
  room: PlotRoom;
  /** Which part of it is shown, together with others; without it, it is zoomed by itself. */
  view?: PlotView;
  /** Whether a large image file is shown in less detail: one of many must not take the memory of one alone. */
  shrunk?: boolean;
  /** Opens the plot large; without it, a click does nothing. */
  onExpand?: () => void;
  onKey?: (key: ForwardedKey) => void;
};

/** How wide or high the picture of a large file is, in pixels: sharp on screens with two pixels a point. */
const THUMBNAIL = { tile: 900, full: 2000 };

/** An image element does not say why it has no image: the server is asked once more. */
async function imageProblem({ url, mediaType }: Artifact): Promise<string> {
  const unreadable = `The file could not be read as an image (${mediaType}).`;
  try {
    const response = await fetch(address(url), { headers: { Range: 'bytes=0-0' } });
    return response.ok || response.status === 416 ? unreadable : await fileProblem(response);
  } catch {
    return 'The server cannot be reached.';
  }
}

/** One plot: image, figure or file, or the reason why it cannot be shown. */
export function Plot({ plot, title, room, view: shared, shrunk = false, onExpand, onKey }: PlotProps) {
  const [own] = useState(wholePlot);
  const view = shared ?? own;
  const [problem, setProblem] = useState<string>();
  const kind = plotKind(plot);
  if (plot.problem) return <PlotProblem plot={plot} problem={plot.problem} />;
  if (kind === 'file') return <PlotProblem plot={plot} />;
  if (kind === 'figure') {
    return <FigureFrame {...{ plot, title, room, onKey }} shared={view.figure} onClick={onExpand} />;
  }
  if (problem !== undefined) return <PlotProblem plot={plot} problem={problem} />;
  return (
    <ZoomArea view={view.image} wheel={room === 'full' ? 'zooms' : 'scrolls'} onClick={onExpand}>
      <div className={classes.paper}>
        {shrunk && isShrunk(plot) ? (
          <ThumbnailImage url={plot.url} title={title} most={THUMBNAIL[room]} onProblem={setProblem} />
        ) : (
          <img
            className={classes.image}
            src={address(plot.url)}
            alt={title}
            loading="lazy"
            decoding="async"
            draggable={false}
            onLoad={({ currentTarget: { naturalWidth, naturalHeight, style } }) => {
              if (naturalHeight > 0) style.setProperty('--ratio', String(naturalWidth / naturalHeight));
            }}
            onError={() => imageProblem(plot).then(setProblem)}
          />
        )}
      </div>
    </ZoomArea>
  );
}
