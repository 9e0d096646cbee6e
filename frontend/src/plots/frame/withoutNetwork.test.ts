import { describe, expect, it } from 'vitest';
import { type Figure, FigureError } from './figure.ts';
import { withoutNetwork } from './withoutNetwork.ts';

const KNOWN = ['scatter', 'bar', 'choropleth', 'scattermap', 'choroplethmap', 'densitymap'];

const drawable = (data: Figure['data'], layout: Figure['layout'] = {}) =>
  withoutNetwork({ data, layout, frames: [] }, (type) => KNOWN.includes(type), '#123456');

const style = (colour: string) => ({
  version: 8,
  sources: {},
  layers: [{ id: 'background', type: 'background', paint: { 'background-color': colour } }],
});

describe('a figure that needs nothing from the internet', () => {
  it('is drawn as it is', () => {
    const figure = {
      data: [{ type: 'bar', y: [1] }, { y: [2] }],
      layout: { images: [{ source: 'data:,' }] },
      frames: [],
    };
    expect(withoutNetwork(figure, (type) => KNOWN.includes(type), '#123456')).toEqual({ figure, notes: [] });
  });
});

describe('traces that Plotly does not draw', () => {
  it('are left out, with a note', () => {
    const { figure, notes } = drawable([{ type: 'pointcloud' }, { type: 'pointcloud' }, { type: 'bar' }]);
    expect(figure.data).toEqual([{ type: 'bar' }]);
    expect(notes).toEqual(['2 traces of type “pointcloud” cannot be drawn: Plotly no longer has this type.']);
  });

  it('leave no figure where there are no others', () => {
    expect(() => drawable([{ type: 'pointcloud' }])).toThrow(FigureError);
    expect(() => drawable([{ type: 'pointcloud' }])).toThrow('“pointcloud” cannot be drawn');
  });

  it('are those with shapes from another site', () => {
    expect(() => drawable([{ type: 'choropleth', geojson: 'https://shapes.example.com/a.json' }])).toThrow(
      'loaded from shapes.example.com',
    );
    expect(drawable([{ type: 'choropleth', geojson: { type: 'FeatureCollection' } }]).notes).toEqual([]);
  });
});

describe('a map', () => {
  it.each(['open-street-map', undefined, 'https://tiles.example.com/style.json', { sources: {} }])(
    'has a plain background in place of the style %j',
    (own) => {
      const { figure, notes } = drawable([{ type: 'scattermap' }], { map: { style: own, zoom: 2 } });
      expect(figure.layout.map).toEqual({ zoom: 2, layers: [], style: style('#123456') });
      expect(notes).toEqual(['The map’s background is left out: it would be loaded from the internet.']);
    },
  );

  it('that has no layout has one, too', () => {
    const { figure } = drawable([{ type: 'densitymap', subplot: 'map3' }]);
    expect(figure.layout.map3).toMatchObject({ style: style('#123456') });
  });

  it('stays white where its author wants it so', () => {
    const { figure, notes } = drawable([{ type: 'scattermap' }], { map: { style: 'white-bg' } });
    expect(figure.layout.map).toMatchObject({ style: style('#fff') });
    expect(notes).toEqual([]);
  });

  it('keeps the layers that are in the figure itself', () => {
    const inside = { source: { type: 'FeatureCollection' }, type: 'line' };
    const { figure, notes } = drawable([{ type: 'scattermap' }], {
      map: {
        style: 'white-bg',
        layers: [inside, { sourcetype: 'raster', source: ['https://tiles.example.com'] }],
      },
    });
    expect(figure.layout.map).toMatchObject({ layers: [inside] });
    expect(notes).toEqual(['Layers of the map are left out: they would be loaded from the internet.']);
  });

  it('shows circles in place of symbols', () => {
    const { figure, notes } = drawable([{ type: 'scattermap', marker: { symbol: 'airport', size: 5 } }], {
      map: { style: 'white-bg' },
    });
    expect(figure.data).toEqual([{ type: 'scattermap', marker: { size: 5 } }]);
    expect(notes).toHaveLength(1);
  });

  it('gets no other style by a button', () => {
    const menus = (args: unknown) => [{ buttons: [{ method: 'relayout', args: [args] }] }];
    const { figure } = drawable([{ type: 'scattermap' }], { updatemenus: menus({ 'map.style': 'dark' }) });
    expect(figure.layout.updatemenus).toEqual(menus({ 'map.style': style('#123456') }));
  });
});

describe('pictures', () => {
  it('of other sites are left out, with a note', () => {
    const { figure, notes } = drawable([{ y: [1] }], {
      images: [
        { source: 'https://example.com/logo.png' },
        { source: '//example.org/b.png' },
        { source: 'data:,' },
      ],
    });
    expect(figure.layout.images).toEqual([{ source: 'data:,' }]);
    expect(notes).toEqual([
      'A picture is left out: it would be loaded from example.com.',
      'A picture is left out: it would be loaded from example.org.',
    ]);
  });
});
