import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { renderWithTheme } from '../../app/renderWithTheme.tsx';
import { KeysButton } from './KeysButton.tsx';
import { isPressed } from './keyRegistry.ts';
import { useKeys } from './useKeys.ts';

function Page({ onNext, onOpen }: { onNext: () => void; onOpen: () => void }) {
  useKeys('Runs', [
    { keys: ['j', 'ArrowDown'], label: 'Next run', run: onNext },
    { keys: ['Enter'], label: 'Open the run', run: onOpen },
    { keys: ['Shift+Space'], label: 'Choose the run' },
  ]);
  return (
    <>
      <input aria-label="Name" />
      <button type="button">Press</button>
      <div role="dialog" tabIndex={-1}>
        over the page
      </div>
      <button type="button" data-testid="own" onKeyDown={(event) => event.preventDefault()} />
    </>
  );
}

const renderPage = () => {
  const onNext = vi.fn();
  const onOpen = vi.fn();
  const { unmount } = renderWithTheme(
    <>
      <KeysButton />
      <Page onNext={onNext} onOpen={onOpen} />
    </>,
  );
  return { onNext, onOpen, unmount };
};

it('does what the page says of a key', () => {
  const { onNext, onOpen } = renderPage();
  fireEvent.keyDown(document.body, { key: 'j' });
  fireEvent.keyDown(document.body, { key: 'ArrowDown' });
  fireEvent.keyDown(document.body, { key: 'j', ctrlKey: true });
  fireEvent.keyDown(document.body, { key: 'Enter' });
  expect(onNext).toHaveBeenCalledTimes(2);
  expect(onOpen).toHaveBeenCalledTimes(1);
});

it('does nothing while one types, is in a dialog, presses a button, or where an element handled the key', () => {
  const { onNext, onOpen } = renderPage();
  fireEvent.keyDown(screen.getByLabelText('Name'), { key: 'j' });
  fireEvent.keyDown(screen.getByRole('dialog'), { key: 'j' });
  fireEvent.keyDown(screen.getByTestId('own'), { key: 'j' });
  fireEvent.keyDown(screen.getByRole('button', { name: 'Press' }), { key: 'Enter' });
  expect(onNext).not.toHaveBeenCalled();
  expect(onOpen).not.toHaveBeenCalled();
});

it('lets go of the keys of a page that is left', () => {
  const { onNext, unmount } = renderPage();
  unmount();
  render(<p>another page</p>);
  fireEvent.keyDown(document.body, { key: 'j' });
  expect(onNext).not.toHaveBeenCalled();
});

it('lists all keys after "?"', async () => {
  renderPage();
  fireEvent.keyDown(document.body, { key: '?', shiftKey: true });
  const list = await screen.findByRole('dialog', { name: 'Keys' });
  expect(list).toHaveTextContent('Next runJ or ↓');
  expect(list).toHaveTextContent('Choose the runShiftSpace');
  expect(list).toHaveTextContent('This list?');
});

it('lists all keys after a click', async () => {
  renderPage();
  await userEvent.click(screen.getByRole('button', { name: 'Keys' }));
  expect(await screen.findByRole('heading', { name: 'Everywhere' })).toBeInTheDocument();
});

it.each([
  ['Shift+J', { key: 'J', shiftKey: true }, true],
  ['j', { key: 'J', shiftKey: true }, false],
  ['Mod+Enter', { key: 'Enter', metaKey: true }, true],
  ['Enter', { key: 'Enter', ctrlKey: true }, false],
  ['Space', { key: ' ' }, true],
  ['Shift+Space', { key: ' ' }, false],
  ['/', { key: '/', shiftKey: true }, true],
  ['+', { key: '+', shiftKey: true }, true],
])('knows %s', (name, init, expected) => {
  expect(isPressed(name, new KeyboardEvent('keydown', init))).toBe(expected);
});
