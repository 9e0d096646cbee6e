import { describe, expect, it } from 'vitest';
import { layoutTimeline, type NodeRun } from './timeline.ts';

const at = (second: number) => new Date(Date.UTC(2024, 4, 1, 12, 0, second)).toISOString();
const node = (name: string, part: Partial<NodeRun>): NodeRun => ({
  name,
  status: 'SUCCEEDED',
  startedAt: null,
  endedAt: null,
  duration: null,
  ...part,
});

describe('the time line of nodes', () => {
  it('has one axis for all, in the order in which they began', () => {
    const { rows, seconds } = layoutTimeline(
      [
        node('b', { startedAt: at(4), endedAt: at(10), duration: 6 }),
        node('a', { startedAt: at(0), endedAt: at(5), duration: 5 }),
      ],
      0,
    );
    expect(seconds).toBe(10);
    expect(rows.map((row) => [row.node.name, row.bar, row.seconds])).toEqual([
      ['a', { left: 0, width: 0.5 }, 5],
      ['b', { left: 0.4, width: 0.6 }, 6],
    ]);
  });

  it('lets a running node grow, and has none for those that wait', () => {
    const { rows } = layoutTimeline(
      [
        node('waits', { status: 'PENDING' }),
        node('done', { startedAt: at(0), endedAt: at(2), duration: 2 }),
        node('runs', { status: 'RUNNING', startedAt: at(2) }),
      ],
      Date.parse(at(8)),
    );
    expect(rows.map((row) => [row.node.name, row.bar?.width ?? null, row.seconds])).toEqual([
      ['done', 0.25, 2],
      ['runs', 0.75, 6],
      ['waits', null, null],
    ]);
  });

  it('does not invent an end for a node that was interrupted', () => {
    const { rows } = layoutTimeline(
      [
        node('a', { startedAt: at(0), endedAt: at(4), duration: 4 }),
        node('b', { status: 'INTERRUPTED', startedAt: at(4) }),
      ],
      Date.parse(at(59)),
    );
    expect(rows[1]).toMatchObject({ bar: { left: 1, width: 0 }, seconds: null });
  });

  it('ends an interrupted node with its run, where that end is known', () => {
    const nodes = [
      node('a', { startedAt: at(0), endedAt: at(4), duration: 4 }),
      node('b', { status: 'INTERRUPTED', startedAt: at(4) }),
    ];
    expect(layoutTimeline(nodes, 0, at(16)).rows[1]).toMatchObject({
      bar: { left: 0.25, width: 0.75 },
      seconds: 12,
    });
    expect(layoutTimeline(nodes, 0, at(2)).rows[1]).toMatchObject({ seconds: null });
  });

  it('marks round times', () => {
    const ticks = (seconds: number) =>
      layoutTimeline([node('a', { startedAt: at(0), duration: seconds })], 0).ticks;
    expect(ticks(10)).toEqual([0, 2, 4, 6, 8, 10]);
    expect(ticks(0.05)).toHaveLength(6);
    expect(layoutTimeline([node('a', { status: 'SKIPPED' })], 0).ticks).toEqual([]);
  });
});
