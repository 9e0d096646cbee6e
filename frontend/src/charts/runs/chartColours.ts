import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useState } from 'react';
import { furtherColour, furtherHue } from './furtherColours.ts';

/** Colours that canvases draw with, read from the tokens of the theme. */
export type ChartColours = {
  text: string;
  dimmed: string;
  border: string;
  surface: string;
  /** Of runs that nothing tells apart. */
  accent: string;
  /** Lines that stand back behind the compared runs. */
  muted: string;
  runs: readonly string[];
  /** Of the colours after these. */
  further: { lightness: number; chroma: number };
  font: string;
};

/** So many colours are chosen by hand; further ones are reckoned. */
const CHOSEN = 8;

/** The colour that marks the nth compared run: of as many as there are, no two near each other are alike. */
export function runColour(colours: ChartColours, position: number): string {
  return colours.runs[position] ?? furtherColour(position - CHOSEN, colours.further);
}

/** The same colour for elements, which follow the theme by themselves. */
export function runColourVariable(position: number): string {
  if (position < CHOSEN) return `var(--chart-${position + 1})`;
  return `oklch(var(--chart-further-lightness) var(--chart-further-chroma) ${furtherHue(position - CHOSEN)})`;
}

function readColours(): ChartColours {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  return {
    text: read('--text'),
    dimmed: read('--text-3'),
    border: read('--border'),
    surface: read('--surface-1'),
    // The accent of buttons is too dark for thin lines on a dark page.
    accent: read('--chart-1'),
    muted: read('--chart-muted'),
    runs: [1, 2, 3, 4, 5, 6, 7, 8].map((n) => read(`--chart-${n}`)),
    further: {
      lightness: Number(read('--chart-further-lightness')),
      chroma: Number(read('--chart-further-chroma')),
    },
    font: getComputedStyle(document.body).fontFamily || 'sans-serif',
  };
}

/** The theme's colours; read again when the page turns light or dark. */
export function useChartColours(): ChartColours {
  const scheme = useComputedColorScheme('light');
  const [colours, setColours] = useState(readColours);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the scheme decides what the tokens stand for
  useEffect(() => setColours(readColours()), [scheme]);
  return colours;
}
