import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { renderWithTheme } from '../app/renderWithTheme.tsx';
import { NoRunsYet, StoreNotConfigured } from '../runsList/SetupGuide.tsx';
import { JsonTree } from './JsonTree.tsx';
import { Duration, RelativeTime } from './time.tsx';

describe('the page of a project without a session store', () => {
  it('shows the lines to paste, and copies exactly these', async () => {
    const user = userEvent.setup();
    renderWithTheme(<StoreNotConfigured settingsPath="src/spaceflights/settings.py" />);
    await user.click(screen.getByRole('button', { name: 'Copy the lines' }));
    expect(await navigator.clipboard.readText()).toBe(
      [
        'from kedro_viz.integrations.kedro.sqlite_store import SQLiteStore',
        'from pathlib import Path',
        '',
        'SESSION_STORE_CLASS = SQLiteStore',
        'SESSION_STORE_ARGS = {"path": str(Path(__file__).parents[2] / "data")}',
        '',
      ].join('\n'),
    );
    expect(screen.getAllByText('src/spaceflights/settings.py').length).toBeGreaterThan(0);
    expect(await screen.findByRole('button', { name: 'Copied' })).toBeVisible();
  });

  it('with an empty one says what to run', () => {
    renderWithTheme(<NoRunsYet location="data/session_store.db" />);
    expect(screen.getByText('kedro run')).toBeVisible();
    expect(screen.getByText('data/session_store.db')).toBeVisible();
  });
});

describe('the JSON tree', () => {
  it('opens and closes', async () => {
    renderWithTheme(<JsonTree value={{ a: { b: { c: { d: 'deep' } } } }} />);
    expect(screen.queryByText(/deep/)).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: /^c/ }));
    expect(screen.getByText(/deep/)).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: /^a/ }));
    expect(screen.queryByText(/deep/)).not.toBeInTheDocument();
  });

  it('shows long lists a part at a time', async () => {
    renderWithTheme(<JsonTree value={Array.from({ length: 250 }, (_, index) => index * 1000)} />);
    expect(screen.queryByText('249000')).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: '150 more…' }));
    expect(screen.getByText('249000')).toBeVisible();
  });

  it('cuts long text until one asks for it', async () => {
    renderWithTheme(<JsonTree value={`${'x'.repeat(5000)}end`} />);
    expect(screen.queryByText(/end/)).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: /more characters/ }));
    expect(screen.getByText(/end/)).toBeVisible();
  });
});

describe('times', () => {
  it('are relative, and exact for machines', () => {
    renderWithTheme(<RelativeTime iso="2020-05-01T12:00:00Z" />);
    expect(screen.getByText(/yr. ago/)).toHaveAttribute('datetime', '2020-05-01T12:00:00Z');
  });

  it('go on while a run is running', () => {
    const startedAt = new Date(Date.now() - 65_000).toISOString();
    renderWithTheme(<Duration seconds={null} startedAt={startedAt} running />);
    expect(screen.getByText(/1 min \d+ s/)).toBeVisible();
  });

  it('are missing where nothing is known', () => {
    renderWithTheme(<Duration seconds={null} startedAt={null} running={false} />);
    expect(screen.getByText('none')).toBeInTheDocument();
  });
});
