import { fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { renderWithTheme } from '../app/renderWithTheme.tsx';
import type { Artifact } from '../data/artifact.ts';
import PlotGrid from './PlotGrid.tsx';
import type { PlotRun } from './plotGroups.ts';
import { FIGURE_TYPE } from './plotKinds.ts';
import type { PlotSettings } from './plotSettings.ts';

// jsdom lays nothing out: every tile counts as in view.
class EverythingInView {
  readonly #tell: (entries: { isIntersecting: boolean }[]) => void;

  constructor(tell: (entries: { isIntersecting: boolean }[]) => void) {
    this.#tell = tell;
  }

  observe(): void {
    this.#tell([{ isIntersecting: true }]);
  }

  disconnect(): void {}
}

beforeEach(() => {
  vi.stubGlobal('IntersectionObserver', EverythingInView);
  Element.prototype.scrollIntoView = () => {};
});

function plot(dataset: string, part: Partial<Artifact> = {}): Artifact {
  const name = `${dataset}.png`;
  return {
    dataset,
    datasetType: 'matplotlib.matplotlib_writer.MatplotlibWriter',
    name,
    mediaType: 'image/png',
    size: 1000,
    url: `/artifacts/run/${dataset}/${name}`,
    problem: null,
    ...part,
  };
}

function run(id: string, ...plots: Artifact[]): PlotRun {
  return { id, title: `Title of ${id}`, plots };
}

function GridWithState({ runs }: { runs: PlotRun[] }) {
  const [settings, setSettings] = useState<PlotSettings>({});
  return (
    <PlotGrid
      runs={runs}
      settings={settings}
      onSettingsChange={(part) => setSettings((now) => ({ ...now, ...part }))}
    />
  );
}

function open(...runs: PlotRun[]) {
  renderWithTheme(<GridWithState runs={runs} />);
  return userEvent.setup();
}

describe('PlotGrid', () => {
  it('says how to get plots when there are none', () => {
    open(run('a'));
    expect(screen.getByRole('heading', { name: 'This run has no plots' })).toBeInTheDocument();
    expect(screen.getByText(/versioned: true/)).toBeInTheDocument();
  });

  it('tells why a plot cannot be shown, and offers the file', () => {
    open(run('a', plot('matrix', { problem: 'The file is not a PNG image.' })));
    const tile = screen.getByRole('article', { name: 'matrix of Title of a' });
    expect(within(tile).getByText('The file is not a PNG image.')).toBeInTheDocument();
    expect(within(tile).queryByRole('img')).not.toBeInTheDocument();
    expect(within(tile).getByRole('link', { name: 'Download' })).toHaveAttribute(
      'href',
      '/artifacts/run/matrix/matrix.png?download=1',
    );
  });

  it('replaces an image that the browser cannot read', async () => {
    vi.stubGlobal('fetch', async () => new Response('x', { status: 206 }));
    open(run('a', plot('matrix')));
    fireEvent.error(screen.getByRole('img', { name: 'matrix of Title of a' }));
    expect(
      await screen.findByText('The file could not be read as an image (image/png).'),
    ).toBeInTheDocument();
  });

  it('says in the place of an image why the server does not send it', async () => {
    const detail = "The catalog entry of 'matrix' cannot be used. Environment variable 'KEY' not found.";
    vi.stubGlobal('fetch', async () => Response.json({ detail }, { status: 404 }));
    open(run('a', plot('matrix')));
    fireEvent.error(screen.getByRole('img', { name: 'matrix of Title of a' }));
    expect(await screen.findByText(detail)).toBeInTheDocument();
  });

  it('offers a file of another kind for download', () => {
    open(run('a', plot('report', { mediaType: 'application/pdf', name: 'report.pdf' })));
    expect(screen.getByText(/application\/pdf/)).toBeInTheDocument();
  });

  it('draws a figure only inside a frame that may run scripts and nothing else', () => {
    open(run('a', plot('histogram', { mediaType: FIGURE_TYPE })));
    const frame = screen.getByTitle('histogram of Title of a');
    expect(frame).toHaveAttribute('sandbox', 'allow-scripts');
    expect(frame).toHaveAttribute('src', '/plot-frame.html');
  });

  it('does not draw a very large figure by itself', async () => {
    const user = open(run('a', plot('histogram', { mediaType: FIGURE_TYPE, size: 34_000_000 })));
    expect(screen.getByText('34 MB figure')).toBeInTheDocument();
    expect(screen.queryByTitle('histogram of Title of a')).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Draw anyway' }));
    expect(screen.getByTitle('histogram of Title of a')).toBeInTheDocument();
  });

  it('draws only the large plot when it is opened at once', () => {
    const runs = [run('a', plot('histogram', { mediaType: FIGURE_TYPE }), plot('matrix'))];
    renderWithTheme(<PlotGrid runs={runs} settings={{ plot: 'histogram' }} onSettingsChange={() => {}} />);
    const dialog = screen.getByRole('dialog', { name: 'histogram' });
    expect(within(dialog).getByTitle('histogram of Title of a')).toBeInTheDocument();
    expect(screen.getAllByTitle('histogram of Title of a')).toHaveLength(1);
  });

  it('shows a plot large, and closes it by Escape', async () => {
    const user = open(run('a', plot('matrix'), plot('other')));
    await user.click(screen.getByRole('img', { name: 'matrix of Title of a' }));
    const dialog = screen.getByRole('dialog', { name: 'matrix' });
    expect(within(dialog).getByText('Plot 1 of 2')).toBeInTheDocument();
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('shows all runs’ plots side by side, and goes through the runs by arrow keys', async () => {
    const user = open(run('a', plot('matrix')), run('b', plot('matrix')), run('c'));
    expect(screen.getByText('This run has no such plot')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Show matrix of Title of a large' }));
    const dialog = screen.getByRole('dialog', { name: 'matrix' });
    expect(within(dialog).getAllByRole('img')).toHaveLength(2);
    expect(within(dialog).getByText('No plot in this run')).toBeInTheDocument();
    expect(within(dialog).getByText('Run 1 of 3')).toBeInTheDocument();
    await user.keyboard('{ArrowRight}');
    expect(within(dialog).getByText('Run 2 of 3')).toBeInTheDocument();
  });
});
