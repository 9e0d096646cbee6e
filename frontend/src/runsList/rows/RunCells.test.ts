import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { metricColumn } from '../../runs/metricId.ts';
import { type CellValue, type LoadCells, RunCells } from './RunCells.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

type Asked = { runIds: string[]; metrics: string[]; parameters: string[]; signal: AbortSignal };

function open(cellOf: (run: string, column: string) => CellValue = () => 1) {
  const asked: Asked[] = [];
  const load: LoadCells = async (runIds, metrics, parameters, signal) => {
    asked.push({ runIds, metrics, parameters, signal });
    const columns = [...metrics.map((id) => metricColumn(id)), ...parameters.map((name) => `params.${name}`)];
    return new Map(columns.map((column) => [column, runIds.map((run) => cellOf(run, column))]));
  };
  const cells = new RunCells(load);
  cells.subscribe(() => {});
  const view = async (runIds: string[], columns: string[]) => {
    cells.view(runIds, columns);
    await vi.advanceTimersByTimeAsync(100);
  };
  return { cells, asked, view };
}

describe('the cells of the table', () => {
  it('are asked for by the runs and columns in view, all at once', async () => {
    const { cells, asked, view } = open();
    await view(['a', 'b'], ['metrics.m.r2', 'params.depth']);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ runIds: ['a', 'b'], metrics: ['m.r2'], parameters: ['depth'] });
    expect(cells.of('a')?.get('metrics.m.r2')).toBe(1);
    expect(cells.of('c')).toBeUndefined();
  });

  it('are not asked for twice', async () => {
    const { asked, view } = open();
    await view(['a', 'b'], ['metrics.m.r2']);
    await view(['b', 'c'], ['metrics.m.r2']);
    expect(asked[1]?.runIds).toEqual(['c']);
    await view(['b'], ['metrics.m.r2', 'metrics.m.mae']);
    expect(asked[2]?.metrics).toEqual(['m.mae']);
    await view(['a'], ['metrics.m.r2']);
    expect(asked).toHaveLength(3);
  });

  it('stay in place while they are asked for anew', async () => {
    let value = 1;
    const { cells, view } = open(() => value);
    await view(['a'], ['metrics.m.r2']);
    const before = cells.of('a');
    value = 2;
    cells.refresh();
    expect(cells.of('a')?.get('metrics.m.r2')).toBe(1);
    await vi.advanceTimersByTimeAsync(100);
    expect(cells.of('a')?.get('metrics.m.r2')).toBe(2);
    expect(cells.of('a')).not.toBe(before);
  });

  it('are kept up to a bound', async () => {
    const { cells, view } = open();
    const columns = Array.from({ length: 200 }, (_, index) => `metrics.m.${index}`);
    for (let from = 0; from < 3000; from += 100) {
      await view(
        Array.from({ length: 100 }, (_, index) => `run ${from + index}`),
        columns,
      );
    }
    const kept = Array.from({ length: 3000 }, (_, index) => cells.of(`run ${index}`)).filter(Boolean);
    expect(kept.length).toBeLessThanOrEqual(1000);
    expect(cells.of('run 2999')).toBeDefined();
    expect(cells.of('run 0')).toBeUndefined();
  });

  it('of one column are written alike', async () => {
    const { cells, view } = open((run) => (run === 'a' ? 0.5 : 0.51234));
    await view(['a', 'b'], ['metrics.m.r2']);
    expect(cells.formatOf('metrics.m.r2')).toEqual({ notation: 'fixed', digits: 4 });
  });

  it('tell what most runs have of a parameter', async () => {
    const { cells, view } = open((run) => (run === 'a' ? 9 : 3));
    await view(['a', 'b', 'c'], ['params.depth']);
    expect(cells.usualOf('params.depth')).toBe('3');
  });

  it('are asked for again after an error', async () => {
    let failing = true;
    const load: LoadCells = (runIds) =>
      failing
        ? Promise.reject(new Error('down'))
        : Promise.resolve(new Map([['metrics.m', runIds.map(() => 1)]]));
    const cells = new RunCells(load);
    cells.subscribe(() => {});
    cells.view(['a'], ['metrics.m']);
    await vi.advanceTimersByTimeAsync(100);
    expect(cells.of('a')).toBeUndefined();
    failing = false;
    cells.refresh();
    await vi.advanceTimersByTimeAsync(100);
    expect(cells.of('a')?.get('metrics.m')).toBe(1);
  });
});
