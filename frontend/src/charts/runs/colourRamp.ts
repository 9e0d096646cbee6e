import type { ChartColours } from './chartColours.ts';
import { oklchToHex } from './furtherColours.ts';

type Stop = readonly [lightness: number, chroma: number, hue: number];

/** From what stands back to what stands out, over hues that also those see who confuse red and green. */
const ON_LIGHT: readonly [Stop, Stop] = [
  [0.84, 0.11, 105],
  [0.36, 0.17, 285],
];
const ON_DARK: readonly [Stop, Stop] = [
  [0.46, 0.14, 285],
  [0.9, 0.13, 105],
];

/** The colour of a share, 0 to 1, of the way from the least to the greatest value. */
export function rampColour({ further }: Pick<ChartColours, 'further'>, share: number): string {
  // The lightness of colours tells which scheme they are for.
  const [from, to] = further.lightness > 0.6 ? ON_DARK : ON_LIGHT;
  const mix = (place: 0 | 1 | 2): number => from[place] + share * (to[place] - from[place]);
  return oklchToHex(mix(0), mix(1), mix(2));
}
