import { describe, expect, it } from 'vitest';
import { bounded, movedBy, toTransform, zoomedAt } from './imageView.ts';

describe('a zoomed image', () => {
  it('keeps the point under the pointer where it is', () => {
    const at = { x: 0.25, y: -0.1 };
    const view = zoomedAt(zoomedAt(undefined, 2, at), 3, at);
    expect(view?.scale).toBeCloseTo(6);
    // What was at the point of the whole image is there still.
    expect((view?.x ?? 0) + (view?.scale ?? 0) * at.x).toBeCloseTo(at.x);
    expect((view?.y ?? 0) + (view?.scale ?? 0) * at.y).toBeCloseTo(at.y);
  });

  it('never leaves its room, nor becomes smaller than it', () => {
    const view = zoomedAt(undefined, 2);
    expect(movedBy(view, 10, -10)).toEqual({ scale: 2, x: 0.5, y: -0.5 });
    expect(zoomedAt(view, 0.1)).toBeUndefined();
    expect(bounded({ scale: 1e9, x: 0, y: 0 })?.scale).toBe(40);
  });

  it('does not move while all of it is in view', () => {
    expect(movedBy(undefined, 0.1, 0.1)).toBeUndefined();
  });

  it('is a transform of what fills the room', () => {
    expect(toTransform({ scale: 2, x: 0.5, y: -0.25 })).toBe('translate(50%, -25%) scale(2)');
    expect(toTransform(undefined)).toBe('');
  });
});
