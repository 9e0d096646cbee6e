import { describe, expect, it } from 'vitest';
import type { ChartColours } from '../runs/chartColours.ts';
import { drawnPicture, toSvgDocument } from './chartPicture.ts';
import { textOf, toRows } from './chartTable.ts';
import { escapeXml } from './escapeXml.ts';
import { SvgPen } from './SvgPen.ts';

const colours: ChartColours = {
  text: '#111111',
  dimmed: '#222222',
  border: '#333333',
  surface: '#fefefe',
  accent: '#444444',
  muted: '#555555',
  runs: ['#666666'],
  further: { lightness: 0.5, chroma: 0.13 },
  font: '"Inter Variable", sans-serif',
};

function parse(svg: string): Document {
  return new DOMParser().parseFromString(svg, 'image/svg+xml');
}

describe('a saved picture', () => {
  it('is one well-formed document with a title, whatever the title is', async () => {
    const picture = drawnPicture(100, 50, (pen) => pen.fillRect(1, 2, 3, 4));
    const svg = parse(await toSvgDocument(picture, 'a < b & "c" \u0000\uD800', colours));
    expect(svg.querySelector('parsererror')).toBeNull();
    expect(svg.querySelector('title')?.textContent).toBe('a < b & "c" \uFFFD');
    expect(svg.querySelector('rect')?.getAttribute('fill')).toBe('#fefefe');
    const inner = svg.querySelector('svg svg');
    expect(inner?.getAttribute('width')).toBe('100');
    expect(inner?.querySelector('rect')?.getAttribute('x')).toBe('1');
  });
});

describe('the pen of vector graphics', () => {
  it('writes strokes with the paint they were made with', () => {
    const pen = new SvgPen();
    pen.translate(10, 0);
    pen.strokeStyle = '#abcdef';
    pen.globalAlpha = 0.5;
    pen.beginPath();
    pen.moveTo(0, 0);
    pen.lineTo(1.234567, 2);
    pen.stroke();
    expect(pen.toString()).toBe(
      '<path d="M10 0L11.23 2" fill="none" stroke="#abcdef" stroke-width="1" opacity="0.5"/>',
    );
  });

  it('writes dashes until they are taken back', () => {
    const pen = new SvgPen();
    const stroke = () => {
      pen.beginPath();
      pen.moveTo(0, 0);
      pen.lineTo(9, 0);
      pen.stroke();
    };
    pen.save();
    pen.setLineDash([4, 2]);
    stroke();
    pen.restore();
    stroke();
    const [dashed, solid] = pen.toString().split('\n');
    expect(dashed).toContain('stroke-dasharray="4 2"');
    expect(solid).not.toContain('dasharray');
  });

  it('forgets paint, place and clip where they were saved', () => {
    const pen = new SvgPen();
    pen.save();
    pen.fillStyle = 'red';
    pen.translate(5, 5);
    pen.beginPath();
    pen.rect(0, 0, 1, 1);
    pen.clip();
    pen.fillRect(0, 0, 1, 1);
    pen.restore();
    pen.fillRect(0, 0, 1, 1);
    const [clip, inside, outside] = pen.toString().split('\n');
    expect(clip).toContain('<clipPath id="clip-1">');
    expect(inside).toBe('<rect x="5" y="5" width="1" height="1" fill="red" clip-path="url(#clip-1)"/>');
    expect(outside).toBe('<rect x="0" y="0" width="1" height="1" fill="#000"/>');
  });

  it('escapes what it writes', () => {
    const pen = new SvgPen();
    pen.textAlign = 'right';
    pen.fillText('<script>', 0, 0);
    const text = parse(`<svg xmlns="http://www.w3.org/2000/svg">${pen}</svg>`).querySelector('text');
    expect(text?.textContent).toBe('<script>');
    expect(text?.getAttribute('text-anchor')).toBe('end');
    expect(escapeXml(`'"`)).toBe('&#39;&quot;');
  });
});

describe('the table behind a chart', () => {
  const values = [0.5, Number.NaN];
  const table = {
    rows: 2,
    columns: [
      { title: 'Run', value: (row: number) => `run ${row}` },
      {
        title: 'r2',
        value: (row: number) => values[row],
        text: (row: number) => values[row]?.toFixed(2) ?? '',
      },
    ],
  };

  it('is exported with exact values and empty cells', () => {
    expect(toRows(table)).toEqual([
      ['Run', 'r2'],
      ['run 0', 0.5],
      ['run 1', null],
    ]);
  });

  it('shows a dash where there is nothing', () => {
    expect([0, 1].map((row) => textOf(table.columns[1] as never, row))).toEqual(['0.50', '–']);
  });
});
