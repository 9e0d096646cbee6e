import { describe, expect, it } from 'vitest';
import type { Figure } from './figure.ts';
import { withTodaysTraces } from './renamedTraces.ts';

const figure = (data: Figure['data'], layout: Figure['layout'] = {}, frames: Figure['frames'] = []): Figure =>
  withTodaysTraces({ data, layout, frames });

describe('a figure of an older Plotly', () => {
  it.each(['scatter', 'choropleth', 'density'])('has %smap in place of its old name', (kind) => {
    const { data, layout } = figure([{ type: `${kind}mapbox`, name: 'a' }], {
      mapbox: { zoom: 3, style: 'light' },
    });
    expect(data).toEqual([{ type: `${kind}map`, name: 'a', subplot: 'map' }]);
    expect(layout).toEqual({ map: { zoom: 3, style: 'light' } });
  });

  it('keeps each trace on its map', () => {
    const { data, layout } = figure(
      [
        { type: 'scattermapbox', subplot: 'mapbox2' },
        { type: 'scattermapbox', subplot: 'mapbox' },
      ],
      { mapbox: { zoom: 1 }, mapbox2: { zoom: 2 } },
    );
    expect(data.map(({ subplot }) => subplot)).toEqual(['map2', 'map']);
    expect(layout).toEqual({ map: { zoom: 1 }, map2: { zoom: 2 } });
  });

  it('mixes no old map with one of today', () => {
    const { data, layout } = figure([{ type: 'scattermapbox' }, { type: 'scattermap' }], {
      mapbox: { zoom: 1 },
      map: { zoom: 2 },
    });
    expect(data.map(({ subplot }) => subplot)).toEqual(['map2', undefined]);
    expect(layout).toEqual({ map2: { zoom: 1 }, map: { zoom: 2 } });
  });

  it('has its buttons, frames and template follow', () => {
    const old = figure(
      [{ type: 'scattermapbox' }],
      {
        updatemenus: [{ buttons: [{ method: 'relayout', args: [{ 'mapbox.zoom': 5 }] }] }],
        template: { layout: { mapbox: { style: 'dark' } } },
      },
      [{ data: [{ type: 'scattermapbox' }], layout: { 'mapbox.center': { lon: 1, lat: 2 } } }],
    );
    expect(old.layout).toEqual({
      updatemenus: [{ buttons: [{ method: 'relayout', args: [{ 'map.zoom': 5 }] }] }],
      template: { layout: { map: { style: 'dark' } } },
    });
    expect(old.frames).toEqual([
      { data: [{ type: 'scattermap', subplot: 'map' }], layout: { 'map.center': { lon: 1, lat: 2 } } },
    ]);
  });

  it('smooths a heatmap as heatmapgl did, unless it was told not to', () => {
    expect(figure([{ type: 'heatmapgl', z: [[1]] }]).data).toEqual([
      { type: 'heatmap', z: [[1]], zsmooth: 'fast' },
    ]);
    expect(figure([{ type: 'heatmapgl', zsmooth: false }]).data).toEqual([
      { type: 'heatmap', zsmooth: false },
    ]);
  });

  it('leaves all else as it is', () => {
    const today = {
      data: [{ type: 'bar', y: [1] }, { y: [2] }],
      layout: { title: { text: 'mapbox' } },
      frames: [],
    };
    expect(withTodaysTraces(today)).toEqual(today);
  });
});
