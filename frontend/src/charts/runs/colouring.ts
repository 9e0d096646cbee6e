import type { RunColumnData } from '../../data/runTable/runTable.ts';
import { chooseFormat, formatNumber } from '../../formatting/numbers.ts';
import { formatDate } from '../../formatting/time.ts';
import { type ChartColours, runColour } from './chartColours.ts';
import { rampColour } from './colourRamp.ts';

/** How runs are coloured by the values of a column. */
export type Colouring = {
  /** Each run's place in `colours`; the last of them is for runs without a value. */
  places: Uint16Array;
  colours: readonly string[];
  legend: ColourLegend;
};

/** What the colours mean. */
export type ColourLegend =
  | { kind: 'ramp'; low: string; high: string; colours: readonly string[] }
  | { kind: 'labels'; entries: readonly { label: string; colour: string }[]; more: number };

/** As many shades as one can tell apart. */
const SHADES = 24;

/** Labels beyond these share the last colour. */
const MOST_LABELS = 40;

/** The colours of runs by a column. */
export function colourBy(column: RunColumnData, isTime: boolean, colours: ChartColours): Colouring {
  return column.kind === 'number' ? byNumber(column, isTime, colours) : byLabel(column, colours);
}

function byNumber(
  { values, min, max }: Extract<RunColumnData, { kind: 'number' }>,
  isTime: boolean,
  colours: ChartColours,
): Colouring {
  const shades = Array.from({ length: SHADES }, (_, i) => rampColour(colours, i / (SHADES - 1)));
  const places = Uint16Array.from(values, (value) => {
    if (!Number.isFinite(value)) return SHADES;
    return max > min ? Math.min(SHADES - 1, Math.floor(((value - min) / (max - min)) * SHADES)) : SHADES >> 1;
  });
  const format = chooseFormat([min, max]);
  const write = (value: number): string =>
    Number.isNaN(value)
      ? '–'
      : isTime
        ? formatDate(new Date(value).toISOString())
        : formatNumber(value, format);
  return {
    places,
    colours: [...shades, colours.muted],
    legend: { kind: 'ramp', low: write(min), high: write(max), colours: shades },
  };
}

function byLabel(
  { codes, labels }: Extract<RunColumnData, { kind: 'category' }>,
  colours: ChartColours,
): Colouring {
  const uses = new Map<number, number>();
  for (const code of codes) if (code >= 0) uses.set(code, (uses.get(code) ?? 0) + 1);
  // The most frequent first, which get the colours that are told apart best.
  const order = [...uses].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([code]) => code);
  const place = new Map(order.map((code, i) => [code, Math.min(i, MOST_LABELS - 1)]));
  const count = Math.min(order.length, MOST_LABELS);
  const palette = Array.from({ length: count }, (_, i) => runColour(colours, i));
  return {
    places: Uint16Array.from(codes, (code) => place.get(code) ?? count),
    colours: [...palette, colours.muted],
    legend: {
      kind: 'labels',
      entries: order.slice(0, count).map((code, i) => ({
        label: order.length > MOST_LABELS && i === MOST_LABELS - 1 ? 'other values' : (labels[code] ?? ''),
        colour: palette[i] ?? colours.muted,
      })),
      more: Math.max(0, order.length - MOST_LABELS),
    },
  };
}
