/** Each hue lies far from those before it, and no two are the same: the angle that divides a circle by the golden ratio. */
const GOLDEN_ANGLE = 137.508;

/** The hue of the nth colour after those that are chosen by hand, in degrees. */
export function furtherHue(position: number): number {
  return Math.round((20 + position * GOLDEN_ANGLE) % 360);
}

/** The nth colour after those that are chosen by hand, of a lightness that stands out from the theme's background. */
export function furtherColour(position: number, theme: { lightness: number; chroma: number }): string {
  return oklchToHex(theme.lightness, theme.chroma, furtherHue(position));
}

/**
 * A colour of OKLCH as "#rrggbb", which every program that opens an exported file understands.
 *
 * https://bottosson.github.io/posts/oklab/
 */
export function oklchToHex(lightness: number, chroma: number, hue: number): string {
  const angle = (hue * Math.PI) / 180;
  const [a, b] = [chroma * Math.cos(angle), chroma * Math.sin(angle)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return `#${linear.map(toByte).join('')}`;
}

function toByte(linear: number): string {
  const light = Math.min(1, Math.max(0, linear));
  const encoded = light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
  return Math.round(encoded * 255)
    .toString(16)
    .padStart(2, '0');
}
