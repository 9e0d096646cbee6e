import { describe, expect, it } from 'vitest';
import { formatDuration, formatExactTime, formatRelativeTime } from './time.ts';

const now = Date.parse('2024-05-01T12:00:00Z');
const ago = (seconds: number) => formatRelativeTime(now - seconds * 1000, now);

describe('a relative time', () => {
  it('goes from seconds to years', () => {
    expect(ago(3)).toBe('just now');
    expect(ago(300)).toBe('5 min. ago');
    expect(ago(3 * 3600)).toBe('3 hr. ago');
    expect(ago(26 * 3600)).toBe('yesterday');
    expect(ago(3 * 86400)).toBe('3 days ago');
    expect(ago(21 * 86400)).toBe('3 wk. ago');
    expect(ago(90 * 86400)).toBe('3 mo. ago');
    expect(ago(800 * 86400)).toBe('2 yr. ago');
  });

  it('may lie ahead, where clocks differ', () => {
    expect(ago(-600)).toBe('in 10 min.');
  });
});

describe('an exact time', () => {
  it('names day, time and zone', () => {
    expect(formatExactTime('2024-05-01T12:30:45Z')).toMatch(/1 May 2024.*:30:45/);
  });

  it('leaves text that is no time as it is', () => {
    expect(formatExactTime('soon')).toBe('soon');
  });
});

describe('a duration', () => {
  it('has the units that fit its size', () => {
    expect(formatDuration(0.32)).toBe('320 ms');
    expect(formatDuration(4.21)).toBe('4.2 s');
    expect(formatDuration(42.4)).toBe('42 s');
    expect(formatDuration(59.97)).toBe('1 min');
    expect(formatDuration(185)).toBe('3 min 5 s');
    expect(formatDuration(8040)).toBe('2 h 14 min');
    expect(formatDuration(273600)).toBe('3 d 4 h');
  });

  it('is a dash where it makes no sense', () => {
    expect(formatDuration(-1)).toBe('–');
    expect(formatDuration(Number.NaN)).toBe('–');
  });
});
