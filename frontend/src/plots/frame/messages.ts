import { type FigureView, readFigureView } from './figureView.ts';
import { isRecord } from './values.ts';

/** What the page and the frame that draws a figure say to each other. Neither trusts the other: all is checked. */

/** The colours of the page around a figure. */
export type PlotTheme = {
  scheme: 'light' | 'dark';
  background: string;
  plotBackground: string;
  text: string;
  grid: string;
  font: string;
};

/** How much room a figure has: small in a grid, or large and with all tools. */
export type PlotRoom = 'tile' | 'full';

/** From the page to the frame. The figure is the file as it is: it is decoded in the frame, away from the page. */
export type ToFrame =
  | { kind: 'draw'; figure: ArrayBuffer; theme: PlotTheme; room: PlotRoom }
  | { kind: 'theme'; theme: PlotTheme }
  | { kind: 'view'; view: FigureView };

/** Keys that the page reacts to while the focus is in the frame. */
export const FORWARDED_KEYS = ['Escape', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', ' '] as const;
export type ForwardedKey = (typeof FORWARDED_KEYS)[number];

/** From the frame to the page. */
export type FromFrame =
  | { kind: 'ready' }
  /** The figure is there, but for what the notes name. */
  | { kind: 'drawn'; notes: string[] }
  | { kind: 'failed'; problem: string }
  | { kind: 'click' }
  /** Somebody has zoomed or moved the figure. */
  | { kind: 'view'; view: FigureView }
  | { kind: 'key'; key: ForwardedKey };

/** A sentence about a figure that is longer than this was not written by us. */
const LONGEST_PROBLEM = 300;
const LONGEST_COLOUR = 200;
const MOST_NOTES = 20;

function isTheme(value: unknown): value is PlotTheme {
  if (!isRecord(value) || (value.scheme !== 'light' && value.scheme !== 'dark')) return false;
  return [value.background, value.plotBackground, value.text, value.grid, value.font].every(
    (entry) => typeof entry === 'string' && entry.length <= LONGEST_COLOUR,
  );
}

/** Reads a message that came to the frame; undefined for anything that is not one of ours. */
export function readToFrame(data: unknown): ToFrame | undefined {
  if (!isRecord(data)) return undefined;
  if (data.kind === 'view') {
    const view = readFigureView(data.view);
    return view && { kind: 'view', view };
  }
  if (!isTheme(data.theme)) return undefined;
  const { theme } = data;
  if (data.kind === 'theme') return { kind: 'theme', theme };
  if (data.kind !== 'draw' || !(data.figure instanceof ArrayBuffer)) return undefined;
  if (data.room !== 'tile' && data.room !== 'full') return undefined;
  return { kind: 'draw', figure: data.figure, theme, room: data.room };
}

/** Reads a message that came from a frame; undefined for anything that is not one of ours. */
export function readFromFrame(data: unknown): FromFrame | undefined {
  if (!isRecord(data)) return undefined;
  switch (data.kind) {
    case 'ready':
    case 'click':
      return { kind: data.kind };
    case 'drawn':
      return { kind: 'drawn', notes: readNotes(data.notes) };
    case 'failed':
      return typeof data.problem === 'string'
        ? { kind: 'failed', problem: data.problem.slice(0, LONGEST_PROBLEM) }
        : undefined;
    case 'view': {
      const view = readFigureView(data.view);
      return view && { kind: 'view', view };
    }
    case 'key': {
      const key = FORWARDED_KEYS.find((candidate) => candidate === data.key);
      return key && { kind: 'key', key };
    }
    default:
      return undefined;
  }
}

function readNotes(notes: unknown): string[] {
  if (!Array.isArray(notes)) return [];
  const texts = notes.slice(0, MOST_NOTES).filter((note) => typeof note === 'string');
  return texts.map((note) => note.slice(0, LONGEST_PROBLEM));
}
