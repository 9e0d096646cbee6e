import { describe, expect, it } from 'vitest';
import { metricColumn } from '../../runs/metricId.ts';
import { groupColumns } from '../chooser/columnGroups.ts';
import { blocksInView, layColumns } from '../grid/layout.ts';
import type { MetricColumn, ParameterColumn } from '../runsQuery.ts';
import { hideColumns, moveColumn, pinColumn, showColumns, stateOf, stepColumn } from './columnEdits.ts';
import { columnsToShow, createCatalog, NOTHING_PINNED } from './tableColumns.ts';

const metricOf = (dataset: string, key: string): MetricColumn => ({
  id: `${dataset}.${key}`,
  dataset,
  key,
  runs: 1,
  min: 0,
  max: 1,
  direction: null,
  directionIsSet: false,
});
const parameterOf = (name: string): ParameterColumn => ({ name, runs: 1, kind: 'NUMBER', min: 0, max: 1 });

const catalog = createCatalog(
  [metricOf('evaluate', 'r2'), metricOf('evaluate', 'mae'), metricOf('forest', 'r2')],
  [parameterOf('model.depth'), parameterOf('model.width'), parameterOf('seed')],
);
const state = stateOf({ columns: ['status', 'title', 'started', 'metrics.evaluate.r2'] }, catalog, false);

describe('the columns of the table', () => {
  it('are a first choice until somebody chooses: metrics among them, tags where there are some', () => {
    const { names } = stateOf({}, catalog, false);
    expect(names).toContain('metrics.evaluate.mae');
    expect(names).not.toContain('tags');
    expect(stateOf({}, catalog, true).names).toContain('tags');
    const many = Array.from({ length: 300 }, (_, index) => metricOf('many', String(index)));
    expect(stateOf({}, createCatalog(many, []), false).names.length).toBeLessThan(25);
  });

  it('are those of the address, in its order, and always the title', () => {
    const { names } = stateOf({ columns: ['metrics.gone', 'status', 'nonsense'] }, catalog, false);
    expect(names).toEqual(['title', 'metrics.gone', 'status']);
  });

  it('that are pinned stand first', () => {
    const { pinned, free } = columnsToShow(state.names, ['title'], catalog);
    expect(pinned.map(({ name }) => name)).toEqual(['title']);
    expect(free.map(({ name }) => name)).toEqual(['status', 'started', 'metrics.evaluate.r2']);
  });

  it('come beside others of their group', () => {
    const wide = { ...state, names: [...state.names, 'author'] };
    expect(showColumns(wide, ['metrics.evaluate.mae'], catalog).columns).toEqual([
      'status',
      'title',
      'started',
      'metrics.evaluate.r2',
      'metrics.evaluate.mae',
      'author',
    ]);
  });

  it('of a group are shown and hidden at once', () => {
    const names = ['params.model.depth', 'params.model.width'];
    const { columns = [] } = showColumns(state, names, catalog);
    expect(columns.slice(-2)).toEqual(names);
    expect(hideColumns({ ...state, names: columns }, names).columns).toEqual(state.names);
    expect(hideColumns(state, state.names).columns).toEqual(['title']);
  });

  it('are moved in front of others, and pinned where they go', () => {
    expect(moveColumn(state, 'metrics.evaluate.r2', 'started')).toEqual({
      columns: ['status', 'title', 'metrics.evaluate.r2', 'started'],
    });
    expect(moveColumn(state, 'started', 'title')).toEqual({
      columns: ['status', 'started', 'title', 'metrics.evaluate.r2'],
      pinned: ['status', 'title', 'started'],
    });
    expect(moveColumn(state, 'status', undefined).pinned).toEqual(['title']);
    expect(moveColumn(state, 'status', 'status')).toEqual({});
  });

  it('move step by step among their like', () => {
    expect(stepColumn(state, 'started', 1).columns).toEqual([
      'status',
      'title',
      'metrics.evaluate.r2',
      'started',
    ]);
    // The first that is not pinned has only pinned ones before it.
    expect(stepColumn(state, 'started', -1)).toEqual({});
  });

  it('can all be let go', () => {
    expect(pinColumn({ ...state, pinned: ['title'] }, 'title', false).pinned).toEqual([NOTHING_PINNED]);
  });
});

describe('the search of columns', () => {
  const found = (text: string) =>
    groupColumns(catalog, text).flatMap(({ columns }) => columns.map(({ name }) => name));

  it('finds by dataset and key, in any order', () => {
    expect(found('r2 forest')).toEqual(['metrics.forest.r2']);
    expect(found('EVALUATE')).toEqual(['metrics.evaluate.r2', 'metrics.evaluate.mae']);
  });

  it('groups by the run, datasets and the first names of parameters', () => {
    expect(groupColumns(catalog).map(({ title }) => title)).toEqual([
      'Run',
      'evaluate',
      'forest',
      'model',
      'Parameters',
    ]);
  });
});

it('only blocks of columns in view are drawn', () => {
  const metrics = Array.from({ length: 2000 }, (_, index) => metricOf('many', String(index)));
  const many = createCatalog(metrics, []);
  const columns = columnsToShow(['title', ...metrics.map(({ id }) => metricColumn(id))], ['title'], many);
  const formats = { formatOf: () => undefined, usualOf: () => undefined };
  const layout = layColumns(columns, new Map(), formats, false);
  const { from, to } = blocksInView(layout, 100_000, 1200);
  expect(to - from).toBeLessThan(4);
  expect(layout.blocks[from]?.right).toBeGreaterThan(100_000);
  expect(blocksInView(layout, 0, 1200).from).toBe(0);
  expect(blocksInView(layout, layout.width, 1200).to).toBe(layout.blocks.length - 1);
});
