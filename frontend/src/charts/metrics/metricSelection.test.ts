import { describe, expect, it } from 'vitest';
import { groupByDataset, SHOWN_AT_FIRST, searchMetrics, shownMetrics, toChosen } from './metricSelection.ts';

function metrics(count: number) {
  return Array.from({ length: count }, (_, i) => {
    const dataset = `set_${i % 3}`;
    return { id: `${dataset}.metric_${i}`, dataset, key: `metric_${i}` };
  });
}

describe('shownMetrics', () => {
  it('shows every metric when nobody has chosen', () => {
    expect(shownMetrics(metrics(6), undefined)).toHaveLength(6);
  });

  it('shows only the first of very many when nobody has chosen', () => {
    expect(shownMetrics(metrics(500), undefined)).toHaveLength(SHOWN_AT_FIRST);
  });

  it('leaves out chosen metrics that no longer exist', () => {
    expect(shownMetrics(metrics(3), ['set_0.metric_0', 'gone.away'])).toEqual(['set_0.metric_0']);
  });
});

describe('toChosen', () => {
  it.each([
    ['all of a few', 6, 6],
    ['some', 6, 2],
    ['none', 6, 0],
    ['all of very many', 500, 500],
  ])('names %s so that the same are shown again', (_, count, visible) => {
    const all = metrics(count);
    const shown = new Set(all.slice(0, visible).map(({ id }) => id));
    expect(new Set(shownMetrics(all, toChosen(all, shown)))).toEqual(shown);
  });

  it('writes nothing for the usual case and little for a large one', () => {
    const few = metrics(6);
    expect(toChosen(few, new Set(few.map(({ id }) => id)))).toBeUndefined();
    const many = metrics(500);
    expect(toChosen(many, new Set(many.map(({ id }) => id)))).toHaveLength(1);
  });
});

it('finds metrics by all words of a search, whatever the case', () => {
  expect(searchMetrics(metrics(12), 'SET_1 _10').map(({ id }) => id)).toEqual(['set_1.metric_10']);
});

it('groups metrics by dataset in the order they come', () => {
  expect(groupByDataset(metrics(4)).map(({ dataset, metrics: { length } }) => [dataset, length])).toEqual([
    ['set_0', 2],
    ['set_1', 1],
    ['set_2', 1],
  ]);
});
