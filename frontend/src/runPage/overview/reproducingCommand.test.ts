import { expect, it } from 'vitest';
import { reproducingCommand } from './reproducingCommand.ts';

it('reproduces a run by its id', () => {
  expect(reproducingCommand('2024-05-01T12.30.45.678Z')).toBe(
    'kedro viz runs reproduce 2024-05-01T12.30.45.678Z --to reproduced',
  );
});

it('has nothing of an id but one word that names a run', () => {
  expect(reproducingCommand('2026; touch PWNED #')).toBe(
    "kedro viz runs reproduce '2026; touch PWNED #' --to reproduced",
  );
  expect(reproducingCommand('--to=/etc')).toBe('kedro viz runs reproduce --to reproduced -- --to=/etc');
});
