import type { ChartColours } from '../runs/chartColours.ts';
import { escapeXml } from './escapeXml.ts';
import type { Pen } from './pen.ts';
import { SvgPen } from './SvgPen.ts';

/** A chart as it leaves the page: whole, in the theme's colours, and independent of the screen's pixels. */
export type ChartPicture = {
  width: number;
  height: number;
  /** An `<svg>` element of this size. */
  toSvg: () => string | Promise<string>;
  /** Draws it at the top left corner of a canvas, whose unit is a pixel of the page. */
  drawOn: (context: CanvasRenderingContext2D) => void | Promise<void>;
};

/** A picture of what one of our own charts draws with a pen. */
export function drawnPicture(width: number, height: number, draw: (pen: Pen) => void): ChartPicture {
  return {
    width,
    height,
    toSvg: () => {
      const pen = new SvgPen();
      draw(pen);
      return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${pen}</svg>`;
    },
    drawOn: draw,
  };
}

/** Screens show two pixels for one, and so do slides and papers. */
const PIXEL_RATIO = 2;

/** Around the picture, and above it for the title. */
const PADDING = 12;
const TITLE_HEIGHT = 24;
const TITLE_SIZE = 14;

/** A document of its own: the picture below its title, on the theme's background. */
export async function toSvgDocument(
  picture: ChartPicture,
  title: string,
  colours: ChartColours,
): Promise<string> {
  const { width, height } = framed(picture);
  const inner = (await picture.toSvg()).replace(
    /^[^<]*<svg/,
    `<svg overflow="visible" x="${PADDING}" y="${PADDING + TITLE_HEIGHT}"`,
  );
  const name = escapeXml(title);
  const font = escapeXml(`600 ${TITLE_SIZE}px ${colours.font}`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${name}</title>`,
    `<rect width="${width}" height="${height}" fill="${escapeXml(colours.surface)}"/>`,
    `<text x="${PADDING}" y="${PADDING + TITLE_SIZE}" fill="${escapeXml(colours.text)}" style="font:${font}">${name}</text>`,
    inner,
    '</svg>',
    '',
  ].join('\n');
}

/** The same as a PNG file. */
export async function toPngFile(picture: ChartPicture, title: string, colours: ChartColours): Promise<Blob> {
  const { width, height } = framed(picture);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * PIXEL_RATIO);
  canvas.height = Math.round(height * PIXEL_RATIO);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser cannot draw on a canvas.');
  context.scale(PIXEL_RATIO, PIXEL_RATIO);
  context.fillStyle = colours.surface;
  context.fillRect(0, 0, width, height);
  context.fillStyle = colours.text;
  context.font = `600 ${TITLE_SIZE}px ${colours.font}`;
  context.fillText(title, PADDING, PADDING + TITLE_SIZE);
  context.translate(PADDING, PADDING + TITLE_HEIGHT);
  await picture.drawOn(context);
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error('The picture could not be written.')) : resolve(blob)),
      'image/png',
    );
  });
}

function framed({ width, height }: ChartPicture): { width: number; height: number } {
  return { width: width + 2 * PADDING, height: height + 2 * PADDING + TITLE_HEIGHT };
}
