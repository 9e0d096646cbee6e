import { describe, expect, it } from 'vitest';
import { type FigureView, isSameView, readFigureView, toRelayout, viewOf } from './figureView.ts';

const HOME: FigureView = { home: true, axes: [], cameras: [] };
const X = { axis: 'xaxis', type: 'linear', range: [0, 1] };
const POINT = { x: 1, y: 2, z: 3 };
const CAMERA = { scene: 'scene', eye: POINT, center: POINT, up: POINT };

describe('a view that came in a message', () => {
  it('has ranges of axes and cameras, and nothing else', () => {
    const view = {
      home: false,
      axes: [X, { axis: 'yaxis12', type: 'date', range: ['2024-05-01', '2024-05-02 12:30:45.678'] }],
      cameras: [CAMERA],
    };
    expect(readFigureView(view)).toEqual(view);
    const more = {
      ...view,
      axes: [{ ...X, title: '<b>' }],
      cameras: [{ ...CAMERA, projection: 1 }],
      url: 'x',
    };
    expect(readFigureView(more)).toEqual({ home: false, axes: [X], cameras: [CAMERA] });
  });

  it.each([
    ['no object', 'xaxis'],
    ['no list of axes', { ...HOME, axes: { 0: X } }],
    ['another part of the layout', { ...HOME, axes: [{ ...X, axis: 'images' }] }],
    ['a way into an axis', { ...HOME, axes: [{ ...X, axis: 'xaxis.title.text' }] }],
    ['a prototype', { ...HOME, axes: [{ ...X, axis: '__proto__' }] }],
    ['another type of axis', { ...HOME, axes: [{ ...X, type: 'script' }] }],
    ['one end', { ...HOME, axes: [{ ...X, range: [0] }] }],
    ['no number', { ...HOME, axes: [{ ...X, range: [0, Number.NaN] }] }],
    ['ends that are alike', { ...HOME, axes: [{ ...X, range: [1, 1] }] }],
    ['text that is no date', { ...HOME, axes: [{ ...X, range: ['2024-05-01', '<img src=x>'] }] }],
    ['text without end', { ...HOME, axes: [{ ...X, range: ['2024-05-01', '2'.repeat(1000)] }] }],
    ['more axes than any figure has', { ...HOME, axes: Array.from({ length: 200 }, () => X) }],
    ['a camera that is nowhere', { ...HOME, cameras: [{ ...CAMERA, eye: { x: 1, y: 2 } }] }],
    ['a camera of something else', { ...HOME, cameras: [{ ...CAMERA, scene: 'xaxis' }] }],
  ])('is refused with %s', (_, data) => {
    expect(readFigureView(data)).toBeUndefined();
  });
});

const layout = (x: object, y: object = { type: 'linear', range: [0, 10], autorange: true }) => ({
  title: { text: 'A figure' },
  xaxis: { type: 'linear', ...x },
  yaxis: y,
  _size: { w: 1 },
});

describe('what a figure shows', () => {
  it('is told by the axes that have been zoomed, and the cameras', () => {
    const zoomed = { ...layout({ range: [2, 3] }), scene2: { camera: { ...CAMERA, projection: {} } } };
    expect(viewOf(zoomed)).toEqual({
      home: false,
      axes: [{ axis: 'xaxis', type: 'linear', range: [2, 3] }],
      cameras: [{ ...CAMERA, scene: 'scene2' }],
    });
  });

  it('is the same or another', () => {
    const one = viewOf(layout({ range: [2, 3] }));
    expect(isSameView(one, { ...one, home: true })).toBe(true);
    expect(isSameView(one, viewOf(layout({ range: [2, 4] })))).toBe(false);
  });
});

describe('a figure that follows another one', () => {
  const view = viewOf(layout({ range: [2, 3] }));

  it('takes over the ranges of axes of the same name and type', () => {
    expect(toRelayout(view, HOME, layout({ range: [0, 9], autorange: true }))).toEqual({
      'xaxis.range': [2, 3],
    });
    expect(toRelayout(view, HOME, layout({ type: 'log', range: [0, 9], autorange: true }))).toEqual({});
  });

  it('shows as at the beginning what the other one does not tell of', () => {
    const zoomed = layout({ range: [0, 1] }, { type: 'linear', range: [4, 5] });
    const home = viewOf(layout({ range: [0, 9] }));
    expect(toRelayout({ ...HOME, home: true }, home, zoomed)).toEqual({
      'xaxis.range': [0, 9],
      'yaxis.autorange': true,
    });
  });

  it('has no axes and scenes but its own', () => {
    const other = { ...view, axes: [...view.axes, { ...X, axis: 'xaxis7' } as never], cameras: [CAMERA] };
    expect(Object.keys(toRelayout(other, HOME, layout({ autorange: true })))).toEqual(['xaxis.range']);
  });
});
