import type { Artifact } from '../data/artifact.ts';
import { address } from '../data/server/address.ts';

/** How a plot is shown: as an image, as a Plotly figure, or only offered as a file. */
export type PlotKind = 'image' | 'figure' | 'file';

const IMAGES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/svg+xml']);

export const FIGURE_TYPE = 'application/vnd.plotly.v1+json';

/** Figures larger than this, in bytes, are drawn only when asked for: they can hold the browser up. */
export const LARGE_FIGURE = 30_000_000;

/** Figures larger than this are not drawn at all. */
export const LARGEST_FIGURE = 200_000_000;

/** Image files larger than this, in bytes, are shown small where there are many. */
const LARGE_IMAGE = 2_000_000;

/** Drawings in SVG are large in another way, and animations would stand still. */
const SHRINKABLE = new Set(['image/png', 'image/jpeg', 'image/webp']);

/** Whether an image file is so large that a small picture of it is shown where there are many. */
export function isShrunk({ mediaType, size }: Pick<Artifact, 'mediaType' | 'size'>): boolean {
  return SHRINKABLE.has(bareType(mediaType)) && (size ?? 0) > LARGE_IMAGE;
}

/** How an artifact is shown, by its media type. */
export function plotKind({ mediaType }: Pick<Artifact, 'mediaType'>): PlotKind {
  const type = bareType(mediaType);
  if (IMAGES.has(type)) return 'image';
  return type === FIGURE_TYPE ? 'figure' : 'file';
}

function bareType(mediaType: string): string {
  return mediaType.split(';')[0]?.trim().toLowerCase() ?? '';
}

/** The address that saves a plot instead of showing it. */
export function downloadUrl({ url }: Pick<Artifact, 'url'>): string {
  return `${address(url)}${url.includes('?') ? '&' : '?'}download=1`;
}
