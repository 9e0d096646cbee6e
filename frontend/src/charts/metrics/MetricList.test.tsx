import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it } from 'vitest';
import { renderWithTheme } from '../../app/renderWithTheme.tsx';
import { MetricList } from './MetricList.tsx';

const METRICS = ['linear.r2_score', 'linear.mae', 'forest.r2_score'].map((id) => ({
  id,
  dataset: id.split('.')[0] ?? '',
  key: id.split('.')[1] ?? '',
  runs: 22,
}));

function ListWithState() {
  const [shown, setShown] = useState(new Set(METRICS.map(({ id }) => id)));
  return <MetricList metrics={METRICS} shown={shown} onShownChange={setShown} />;
}

function open() {
  renderWithTheme(<ListWithState />);
  const metric = (dataset: string, key: string) =>
    within(screen.getByRole('region', { name: dataset })).getByRole('checkbox', {
      name: new RegExp(`^${key}`),
    });
  return { user: userEvent.setup(), metric };
}

it('hides a metric and shows it again', async () => {
  const { user, metric } = open();
  await user.click(metric('linear', 'mae'));
  expect(metric('linear', 'mae')).not.toBeChecked();
  expect(screen.getByText('2 of 3 shown')).toBeInTheDocument();
  await user.click(metric('linear', 'mae'));
  expect(screen.getByText('3 of 3 shown')).toBeInTheDocument();
});

it('hides a whole dataset at once', async () => {
  const { user, metric } = open();
  await user.click(screen.getByRole('checkbox', { name: 'Show all of linear' }));
  expect(metric('linear', 'r2_score')).not.toBeChecked();
  expect(metric('forest', 'r2_score')).toBeChecked();
});

it('applies None only to what the search leaves', async () => {
  const { user, metric } = open();
  await user.type(screen.getByRole('searchbox', { name: 'Search metrics' }), 'r2');
  await user.click(screen.getByRole('button', { name: 'None that match' }));
  await user.clear(screen.getByRole('searchbox', { name: 'Search metrics' }));
  expect(metric('linear', 'mae')).toBeChecked();
  expect(metric('linear', 'r2_score')).not.toBeChecked();
  expect(metric('forest', 'r2_score')).not.toBeChecked();
});

it('says so when nothing matches the search', async () => {
  const { user } = open();
  await user.type(screen.getByRole('searchbox', { name: 'Search metrics' }), 'loss');
  expect(screen.getByText('No metric matches “loss”.')).toBeInTheDocument();
});
