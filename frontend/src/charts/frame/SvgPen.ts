import { escapeXml } from './escapeXml.ts';
import type { Pen } from './pen.ts';

type State = Pick<
  Pen,
  | 'fillStyle'
  | 'strokeStyle'
  | 'lineWidth'
  | 'lineJoin'
  | 'globalAlpha'
  | 'font'
  | 'textAlign'
  | 'textBaseline'
> & { x: number; y: number; clip: string | undefined; dash: readonly number[] };

const ANCHORS: Partial<Record<CanvasTextAlign, string>> = { right: 'end', end: 'end', center: 'middle' };

const BASELINES: Partial<Record<CanvasTextBaseline, string>> = { middle: 'central', top: 'text-before-edge' };

/** Writes what a chart draws as SVG. Of transformations it knows translation, of clips those by a rectangle. */
export class SvgPen implements Pen {
  fillStyle: Pen['fillStyle'] = '#000';
  strokeStyle: Pen['strokeStyle'] = '#000';
  lineWidth = 1;
  lineJoin: CanvasLineJoin = 'miter';
  globalAlpha = 1;
  font = '10px sans-serif';
  textAlign: CanvasTextAlign = 'start';
  textBaseline: CanvasTextBaseline = 'alphabetic';

  #x = 0;
  #y = 0;
  #clip: string | undefined;
  #dash: readonly number[] = [];
  #path: string[] = [];
  #saved: State[] = [];
  #elements: string[] = [];
  #clips = 0;
  #measuring: CanvasRenderingContext2D | null = null;

  /** The elements drawn so far. */
  toString(): string {
    return this.#elements.join('\n');
  }

  save(): void {
    const { fillStyle, strokeStyle, lineWidth, lineJoin, globalAlpha, font, textAlign, textBaseline } = this;
    const style = {
      fillStyle,
      strokeStyle,
      lineWidth,
      lineJoin,
      globalAlpha,
      font,
      textAlign,
      textBaseline,
    };
    this.#saved.push({ ...style, x: this.#x, y: this.#y, clip: this.#clip, dash: this.#dash });
  }

  restore(): void {
    const state = this.#saved.pop();
    if (state === undefined) return;
    const { x, y, clip, dash, ...style } = state;
    Object.assign(this, style);
    this.#x = x;
    this.#y = y;
    this.#clip = clip;
    this.#dash = dash;
  }

  setLineDash(lengths: readonly number[]): void {
    this.#dash = lengths;
  }

  translate(x: number, y: number): void {
    this.#x += x;
    this.#y += y;
  }

  beginPath(): void {
    this.#path = [];
  }

  moveTo(x: number, y: number): void {
    this.#path.push(`M${this.#at(x, y)}`);
  }

  lineTo(x: number, y: number): void {
    this.#path.push(`L${this.#at(x, y)}`);
  }

  arc(x: number, y: number, radius: number, from: number, to: number): void {
    const r = round(radius);
    const point = (angle: number): string =>
      this.#at(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
    if (to - from >= 2 * Math.PI) {
      const half = from + Math.PI;
      this.#path.push(`M${point(from)}A${r} ${r} 0 1 1 ${point(half)}A${r} ${r} 0 1 1 ${point(from)}Z`);
      return;
    }
    const large = to - from > Math.PI ? 1 : 0;
    const start = this.#path.length === 0 ? 'M' : 'L';
    this.#path.push(`${start}${point(from)}A${r} ${r} 0 ${large} 1 ${point(to)}`);
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.#path.push(`M${this.#at(x, y)}h${round(width)}v${round(height)}h${round(-width)}Z`);
  }

  roundRect(x: number, y: number, width: number, height: number, radius: number): void {
    const r = round(radius);
    const [w, h] = [round(width - 2 * radius), round(height - 2 * radius)];
    const corner = (dx: number, dy: number): string => `a${r} ${r} 0 0 1 ${dx} ${dy}`;
    this.#path.push(
      `M${this.#at(x + radius, y)}h${w}${corner(r, r)}v${h}${corner(-r, r)}h${-w}${corner(-r, -r)}v${-h}${corner(r, -r)}Z`,
    );
  }

  clip(): void {
    const inside = this.#clip === undefined ? '' : ` clip-path="url(#${this.#clip})"`;
    this.#clips += 1;
    this.#clip = `clip-${this.#clips}`;
    this.#elements.push(
      `<clipPath id="${this.#clip}"${inside}><path d="${this.#path.join('')}"/></clipPath>`,
    );
  }

  fill(): void {
    if (this.#path.length === 0) return;
    this.#add(`<path d="${this.#path.join('')}" fill="${paint(this.fillStyle)}"`, '/>');
  }

  stroke(): void {
    if (this.#path.length === 0) return;
    this.#add(`<path d="${this.#path.join('')}" fill="none"${this.#strokes()}`, '/>');
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    const place = `x="${round(x + this.#x)}" y="${round(y + this.#y)}"`;
    const size = `width="${round(width)}" height="${round(height)}"`;
    this.#add(`<rect ${place} ${size} fill="${paint(this.fillStyle)}"`, '/>');
  }

  fillText(text: string, x: number, y: number): void {
    this.#text(text, x, y, ` fill="${paint(this.fillStyle)}"`);
  }

  strokeText(text: string, x: number, y: number): void {
    this.#text(text, x, y, ` fill="none"${this.#strokes()}`);
  }

  measureText(text: string): TextMetrics {
    this.#measuring ??= document.createElement('canvas').getContext('2d');
    if (this.#measuring === null) throw new Error('This browser cannot draw on a canvas.');
    this.#measuring.font = this.font;
    return this.#measuring.measureText(text);
  }

  #text(text: string, x: number, y: number, paints: string): void {
    const place = ` x="${round(x + this.#x)}" y="${round(y + this.#y)}"`;
    const anchor = ANCHORS[this.textAlign];
    const baseline = BASELINES[this.textBaseline];
    const layout = [
      anchor && ` text-anchor="${anchor}"`,
      baseline && ` dominant-baseline="${baseline}"`,
      ` style="font:${escapeXml(this.font)}"`,
    ];
    this.#add(`<text${place}${layout.filter(Boolean).join('')}${paints}`, `>${escapeXml(text)}</text>`);
  }

  #strokes(): string {
    const join = this.lineJoin === 'miter' ? '' : ` stroke-linejoin="${this.lineJoin}"`;
    const dash = this.#dash.length === 0 ? '' : ` stroke-dasharray="${this.#dash.join(' ')}"`;
    return ` stroke="${paint(this.strokeStyle)}" stroke-width="${round(this.lineWidth)}"${join}${dash}`;
  }

  #add(start: string, end: string): void {
    const alpha = this.globalAlpha >= 1 ? '' : ` opacity="${Number(this.globalAlpha.toPrecision(3))}"`;
    const clip = this.#clip === undefined ? '' : ` clip-path="url(#${this.#clip})"`;
    this.#elements.push(start + alpha + clip + end);
  }

  #at(x: number, y: number): string {
    return `${round(x + this.#x)} ${round(y + this.#y)}`;
  }
}

function paint(style: Pen['fillStyle']): string {
  return escapeXml(String(style));
}

/** A hundredth of a pixel is finer than anything that is drawn. */
function round(length: number): number {
  return Math.round(length * 100) / 100;
}
