import { describe, expect, it } from 'vitest';
import type { Figure } from './figure.ts';
import { loadOutlines, outlinesOf } from './outlines.ts';

const figure = (layout: Figure['layout'], type = 'scattergeo', frames: Figure['frames'] = []): Figure => ({
  data: [{ type }],
  layout,
  frames,
});

describe('outlinesOf', () => {
  it('asks for none where there is no map', () => {
    expect(outlinesOf(figure({ template: { layout: { geo: { scope: 'usa' } } } }, 'bar'))).toEqual([]);
  });

  it.each([
    [['world_110m'], {}],
    [['usa_110m', 'world_110m'], { geo: { scope: 'usa' } }],
    [['usa_110m', 'world_110m'], { geo: { projection: { type: 'albers usa' } } }],
    [
      ['north-america_50m', 'north-america_110m', 'world_50m', 'world_110m'],
      { geo2: { scope: 'north america', resolution: 50 } },
    ],
    [['europe_110m', 'world_110m'], { updatemenus: [{ buttons: [{ args: [{ 'geo.scope': 'europe' }] }] }] }],
  ])('finds %j', (names, layout) => {
    expect(outlinesOf(figure(layout)).toSorted()).toEqual(names.toSorted());
  });

  it('looks into frames', () => {
    expect(
      outlinesOf(figure({}, 'bar', [{ data: [{ type: 'choropleth' }], layout: { geo: { scope: 'asia' } } }])),
    ).toEqual(['asia_110m', 'world_110m']);
  });
});

describe('loadOutlines', () => {
  it('puts them where Plotly looks for them', async () => {
    await loadOutlines(['antarctica_110m']);
    expect(window.PlotlyGeoAssets?.topojson.antarctica_110m).toMatchObject({ type: 'Topology' });
  });
});
