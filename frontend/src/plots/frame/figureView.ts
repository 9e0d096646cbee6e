import { isRecord } from './values.ts';

/**
 * What part of a figure is in view: the ranges of its axes and where its 3D scenes are seen from. Passed from one figure
 * to others that are zoomed in step, through the page, which trusts neither.
 */
export type FigureView = {
  /** Whether it is what the figure shows by itself. */
  home: boolean;
  /** Axes that somebody has zoomed or moved. */
  axes: AxisView[];
  cameras: CameraView[];
};

export type AxisView = { axis: string; type: AxisType; range: Range };
export type Range = [number, number] | [string, string];
export type CameraView = { scene: string; eye: Point; center: Point; up: Point };
type Point = { x: number; y: number; z: number };

const AXIS_TYPES = ['linear', 'log', 'date', 'category', 'multicategory'] as const;
export type AxisType = (typeof AXIS_TYPES)[number];

const AXIS = /^[xy]axis([1-9]\d?)?$/;
const SCENE = /^scene([1-9]\d?)?$/;
// "2024-05-01 12:30:45.6789", as Plotly writes dates.
const DATE = /^-?\d{1,6}[\d:T .Z+-]{0,34}$/;

const MOST_AXES = 100;
const MOST_SCENES = 20;

/** Reads a view that came in a message; undefined for anything that is none. */
export function readFigureView(data: unknown): FigureView | undefined {
  if (!isRecord(data) || typeof data.home !== 'boolean') return undefined;
  if (!Array.isArray(data.axes) || data.axes.length > MOST_AXES) return undefined;
  if (!Array.isArray(data.cameras) || data.cameras.length > MOST_SCENES) return undefined;
  const axes = data.axes.map(readAxis);
  const cameras = data.cameras.map(readCamera);
  if (axes.includes(undefined) || cameras.includes(undefined)) return undefined;
  return {
    home: data.home,
    axes: axes.filter((axis) => axis !== undefined),
    cameras: cameras.filter((camera) => camera !== undefined),
  };
}

function readAxis(data: unknown): AxisView | undefined {
  if (!isRecord(data) || typeof data.axis !== 'string' || !AXIS.test(data.axis)) return undefined;
  const type = AXIS_TYPES.find((candidate) => candidate === data.type);
  const range = readRange(data.range);
  return type && range && { axis: data.axis, type, range };
}

/** Two different ends, both numbers or both dates. */
export function readRange(data: unknown): Range | undefined {
  if (!Array.isArray(data) || data.length !== 2) return undefined;
  const [from, to]: unknown[] = data;
  if (from === to) return undefined;
  if (typeof from === 'number' && typeof to === 'number') {
    return Number.isFinite(from) && Number.isFinite(to) ? [from, to] : undefined;
  }
  if (typeof from === 'string' && typeof to === 'string') {
    return DATE.test(from) && DATE.test(to) ? [from, to] : undefined;
  }
  return undefined;
}

function readCamera(data: unknown): CameraView | undefined {
  if (!isRecord(data) || typeof data.scene !== 'string' || !SCENE.test(data.scene)) return undefined;
  const [eye, center, up] = [readPoint(data.eye), readPoint(data.center), readPoint(data.up)];
  return eye && center && up && { scene: data.scene, eye, center, up };
}

function readPoint(data: unknown): Point | undefined {
  if (!isRecord(data)) return undefined;
  const { x, y, z } = data;
  const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
  return isNumber(x) && isNumber(y) && isNumber(z) ? { x, y, z } : undefined;
}

/** What a figure shows now, from the layout as Plotly has filled it in. */
export function viewOf(layout: Record<string, unknown>): FigureView {
  const axes: AxisView[] = [];
  const cameras: CameraView[] = [];
  for (const [name, part] of Object.entries(layout)) {
    if (!isRecord(part)) continue;
    if (AXIS.test(name) && part.autorange !== true) {
      const axis = readAxis({ axis: name, type: part.type, range: part.range });
      if (axis) axes.push(axis);
    } else if (SCENE.test(name) && isRecord(part.camera)) {
      const camera = readCamera({ ...part.camera, scene: name });
      if (camera) cameras.push(camera);
    }
  }
  return { home: false, axes: axes.slice(0, MOST_AXES), cameras: cameras.slice(0, MOST_SCENES) };
}

/** Whether two views show the same. */
export function isSameView(one: FigureView, other: FigureView): boolean {
  return JSON.stringify([one.axes, one.cameras]) === JSON.stringify([other.axes, other.cameras]);
}

/**
 * The change of layout that brings a view into a figure. Axes that the figure does not have, or has of another type, are
 * left out; those that the view does not name are as at the beginning.
 *
 * @param home what the figure showed at the beginning
 */
export function toRelayout(
  view: FigureView,
  home: FigureView,
  layout: Record<string, unknown>,
): Record<string, unknown> {
  const update: Record<string, unknown> = {};
  for (const name of Object.keys(layout).filter((key) => AXIS.test(key))) {
    const part = layout[name];
    if (!isRecord(part)) continue;
    const find = ({ axes }: FigureView) =>
      axes.find(({ axis, type }) => axis === name && type === part.type)?.range;
    const range = (view.home ? undefined : find(view)) ?? find(home);
    if (range) update[`${name}.range`] = range;
    else if (part.autorange !== true) update[`${name}.autorange`] = true;
  }
  for (const { scene, ...camera } of view.home ? home.cameras : view.cameras) {
    if (isRecord(layout[scene])) update[`${scene}.camera`] = camera;
  }
  return update;
}
