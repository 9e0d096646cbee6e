import { expect, test } from 'vitest';
import { columnAxis, timeAxis } from './runAxis.ts';
import { readZoom, writeZoom } from './useZoom.ts';

const time = timeAxis(Float64Array.of(1_600_000_000_000, 1_700_000_000_000));
const tiny = columnAxis('rate', { kind: 'number', values: Float64Array.of(1e-7, 5e-7) });

test('the address keeps a range as exactly as it is seen', () => {
  expect(writeZoom([1_650_000_000_000.4, 1_660_000_000_000.6], time)).toEqual([
    '1650000000000',
    '1660000000001',
  ]);
  const [from = '', to = ''] = writeZoom([2.123456e-7, 3.2e-7], tiny);
  expect(Number(from)).toBeCloseTo(2.123456e-7, 11);
  expect(readZoom([from, to], tiny)).toEqual([Number(from), Number(to)]);
});

test('a range that the axis lacks is none', () => {
  expect(readZoom(['0', '5'], time)).toBeUndefined();
  expect(readZoom(['0', '9e12'], time)).toBeUndefined();
  expect(readZoom(undefined, time)).toBeUndefined();
  const [from] = readZoom(['0', '1650000000000'], time) ?? [];
  expect(from).toBe(time.full?.[0]);
});
