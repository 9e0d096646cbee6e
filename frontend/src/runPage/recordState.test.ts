import { expect, it } from 'vitest';
import { recordState } from './recordState.ts';

it('tells why a part of a record is missing', () => {
  const nodes = [{}];
  expect(recordState({ status: 'RUNNING', kedroVersion: '1.0.0', nodes })).toBe('gathering');
  expect(recordState({ status: 'SUCCEEDED', kedroVersion: null, nodes: [] })).toBe('older');
  expect(recordState({ status: 'LOST', kedroVersion: '1.0.0', nodes })).toBe('missing');
  expect(recordState({ status: 'FAILED', kedroVersion: '1.0.0', nodes: [] })).toBe('missing');
});
