import { describe, expect, it } from 'vitest';
import type { Artifact } from '../data/artifact.ts';
import { expandedKey, findExpanded, groupPlots, nextExpanded, nextGroup } from './plotGroups.ts';

function plot(dataset: string, name = `${dataset}.png`): Artifact {
  return { dataset, datasetType: '', name, mediaType: 'image/png', size: 1, url: `/${name}`, problem: null };
}

function run(id: string, ...plots: Artifact[]) {
  return { id, title: id.toUpperCase(), plots };
}

const RUNS = [run('a', plot('x'), plot('y')), run('b', plot('y')), run('c', plot('x'), plot('y'))];
const GROUPS = groupPlots(RUNS).flatMap(({ groups }) => groups);

describe('groupPlots', () => {
  it('keeps a place for every run in every group', () => {
    expect(GROUPS.map(({ dataset, plots }) => [dataset, plots.map((one) => one.plot !== undefined)])).toEqual(
      [
        ['x', [true, false, true]],
        ['y', [true, true, true]],
      ],
    );
  });

  it('keeps the files of one dataset together', () => {
    const [dataset] = groupPlots([
      run('a', plot('x', '1.png')),
      run('b', plot('x', '2.png'), plot('x', '1.png')),
    ]);
    expect(dataset?.groups.map(({ name }) => name)).toEqual(['1.png', '2.png']);
  });
});

describe('findExpanded', () => {
  it('finds every plot by the key it was given', () => {
    for (const group of GROUPS) {
      for (const one of group.plots.filter(({ plot: there }) => there !== undefined)) {
        expect(findExpanded(GROUPS, expandedKey(group, one.run.id))).toEqual({ group, runId: one.run.id });
      }
    }
  });

  it('takes the name of a dataset for its first plot', () => {
    expect(findExpanded(GROUPS, 'x')?.runId).toBe('a');
  });

  it('falls back to another run when that one is not shown', () => {
    expect(findExpanded(GROUPS, 'y/y.png@gone')?.runId).toBe('a');
  });

  it('copes with an @ in a dataset’s name', () => {
    const groups = groupPlots([run('a', plot('data@pandas'))]).flatMap((dataset) => dataset.groups);
    expect(findExpanded(groups, 'data@pandas')?.runId).toBe('a');
  });

  it('finds nothing for a plot that is not there', () => {
    expect(findExpanded(GROUPS, 'gone@a')).toBeUndefined();
    expect(findExpanded(GROUPS, undefined)).toBeUndefined();
  });
});

describe('nextExpanded', () => {
  const at = (key: string, groups = GROUPS) => {
    const found = findExpanded(groups, key);
    if (found === undefined) throw new Error(`There is no plot ${key}.`);
    return found;
  };

  it('goes through the runs that have the plot, and round', () => {
    expect(nextExpanded(GROUPS, at('x/x.png@a'), 1).runId).toBe('c');
    expect(nextExpanded(GROUPS, at('x/x.png@c'), 1).runId).toBe('a');
    expect(nextExpanded(GROUPS, at('y/y.png@a'), -1).runId).toBe('c');
  });

  it('goes through the plots of a single run', () => {
    const groups = groupPlots(RUNS.slice(0, 1)).flatMap((dataset) => dataset.groups);
    expect(nextExpanded(groups, at('x', groups), 1).group.dataset).toBe('y');
    expect(nextExpanded(groups, at('y', groups), 1).group.dataset).toBe('x');
  });
});

describe('nextGroup', () => {
  it('goes through the datasets with the same run, or another one that has a plot there, and round', () => {
    const at = (key: string) => {
      const found = findExpanded(GROUPS, key);
      if (found === undefined) throw new Error(`There is no plot ${key}.`);
      return found;
    };
    const from = at('x/x.png@a');
    const down = nextGroup(GROUPS, from, 1);
    expect(down.group.dataset).toBe('y');
    expect(down.runId).toBe('a');
    expect(nextGroup(GROUPS, down, -1)).toEqual(from);
    expect(nextGroup(GROUPS, { group: GROUPS[0] ?? from.group, runId: 'gone' }, -1).group.dataset).toBe(
      GROUPS.at(-1)?.dataset,
    );
  });
});
