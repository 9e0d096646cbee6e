import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useState } from 'react';

/** Colours that canvases draw with, read from the page's theme. */
export type ChartColours = {
  text: string;
  dimmed: string;
  border: string;
  surface: string;
  accent: string;
  /** Text on a run's colour. */
  onRun: string;
  runs: readonly string[];
  font: string;
};

/** Distinct in hue and lightness, also for the colour-blind; the second set is for dark surfaces. */
const RUN_COLOURS = {
  light: ['#c2410c', '#6d28d9', '#15803d', '#be185d', '#0e7490', '#a16207', '#b91c1c', '#4d7c0f'],
  dark: ['#fb923c', '#c4b5fd', '#4ade80', '#f472b6', '#22d3ee', '#facc15', '#f87171', '#a3e635'],
} as const;

/** The colour that marks the nth compared run. */
export function runColour(colours: ChartColours, position: number): string {
  return colours.runs[position % colours.runs.length] ?? colours.accent;
}

function readColours(scheme: 'light' | 'dark'): ChartColours {
  const probe = document.createElement('span');
  document.body.append(probe);
  const resolve = (variable: string): string => {
    // A property takes var() and light-dark() apart; reading the variable itself would not.
    probe.style.color = `var(${variable})`;
    return getComputedStyle(probe).color;
  };
  const colours: ChartColours = {
    text: resolve('--mantine-color-text'),
    dimmed: resolve('--mantine-color-dimmed'),
    border: resolve('--mantine-color-default-border'),
    surface: resolve('--mantine-color-body'),
    accent: resolve('--mantine-primary-color-filled'),
    onRun: scheme === 'dark' ? '#141414' : '#ffffff',
    runs: RUN_COLOURS[scheme],
    font: getComputedStyle(document.body).fontFamily || 'sans-serif',
  };
  probe.remove();
  return colours;
}

/** The theme's colours; read again when the page turns light or dark. */
export function useChartColours(): ChartColours {
  const scheme = useComputedColorScheme('light');
  const [colours, setColours] = useState(() => readColours(scheme));
  useEffect(() => setColours(readColours(scheme)), [scheme]);
  return colours;
}
