import { describe, expect, it } from 'vitest';
import { longId, metricColumn, metricOfColumn, parseLongId } from './metricId.ts';
import cases from './metricIds.json' with { type: 'json' };
import { describeColumn, formatRunColumn, parseRunColumn } from './runColumns.ts';

describe('the id of a metric', () => {
  it.each(cases)('is written and read as by the server: $long', ({ dataset, key, long }) => {
    expect(longId({ dataset, key })).toBe(long);
    expect(parseLongId(long)).toEqual({ dataset, key });
    expect(metricColumn(long)).toBe(`metrics${long}`);
    expect(metricOfColumn(`metrics${long}`)).toBe(long);
    const column = parseRunColumn(`metrics${long}`);
    expect(column).toEqual({ source: 'metrics', name: long });
    expect(column && formatRunColumn(column)).toBe(`metrics${long}`);
  });

  it.each(['', 'q.x.y', '["q"]', '["q"]["x"]["y"]', '["q"]["x', "['q']['x']"])('is not long: %s', (text) => {
    expect(parseLongId(text)).toBeUndefined();
  });

  it('is short in most columns', () => {
    expect(metricColumn('evaluate.r2_score')).toBe('metrics.evaluate.r2_score');
    expect(metricOfColumn('metrics.evaluate.r2_score')).toBe('evaluate.r2_score');
    expect(metricOfColumn('params.metrics')).toBeUndefined();
  });

  it('is shown by dataset and key, which are told apart', () => {
    expect(describeColumn({ source: 'metrics', name: '["q"]["x.y"]' })).toBe('x.y of q');
    expect(describeColumn({ source: 'metrics', name: '["q.x"]["y"]' })).toBe('y of q.x');
  });
});
