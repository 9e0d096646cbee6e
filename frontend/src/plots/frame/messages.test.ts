import { describe, expect, it } from 'vitest';
import { readFromFrame, readToFrame } from './messages.ts';

const THEME = {
  scheme: 'dark' as const,
  background: '#111',
  plotBackground: '#111',
  text: '#eee',
  grid: '#333',
  font: 'sans-serif',
};

describe('readToFrame', () => {
  it('takes a figure with a theme', () => {
    const figure = new ArrayBuffer(2);
    const message = { kind: 'draw', figure, theme: THEME, room: 'tile' };
    expect(readToFrame({ ...message, extra: 1 })).toEqual(message);
  });

  it.each([
    ['nothing', undefined],
    ['text', 'draw'],
    ['another kind', { kind: 'run', theme: THEME }],
    ['a figure that is not a buffer', { kind: 'draw', figure: '{}', theme: THEME, room: 'tile' }],
    ['another room', { kind: 'draw', figure: new ArrayBuffer(0), theme: THEME, room: 'hall' }],
    ['a theme without colours', { kind: 'theme', theme: { scheme: 'dark' } }],
    ['a colour without end', { kind: 'theme', theme: { ...THEME, text: 'x'.repeat(10_000) } }],
  ])('refuses %s', (_, message) => {
    expect(readToFrame(message)).toBeUndefined();
  });
});

describe('readFromFrame', () => {
  it.each([
    { kind: 'ready' },
    { kind: 'drawn', notes: ['Without its background.'] },
    { kind: 'click' },
    { kind: 'failed', problem: 'No.' },
    { kind: 'key', key: 'Escape' },
  ])('takes $kind', (message) => {
    expect(readFromFrame(message)).toEqual(message);
  });

  it.each([
    ['null', null],
    ['a list', ['ready']],
    ['a kind that is not ours', { kind: 'navigate', url: 'javascript:alert(1)' }],
    ['a key that the page does not react to', { kind: 'key', key: 'Enter' }],
    ['a problem that is not text', { kind: 'failed', problem: { toString: 'x' } }],
  ])('refuses %s', (_, message) => {
    expect(readFromFrame(message)).toBeUndefined();
  });

  it('cuts a problem that is too long, and passes on nothing that it does not know', () => {
    const message = readFromFrame({ kind: 'failed', problem: 'x'.repeat(1e6), html: '<b>' });
    expect(message?.kind === 'failed' && message.problem.length).toBe(300);
    expect(message).not.toHaveProperty('html');
  });
});
