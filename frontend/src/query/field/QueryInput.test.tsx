import { act, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it, vi } from 'vitest';
import { QueryInput } from './QueryInput.tsx';
import type { QueryHelp, QueryProblem } from './queryHelp.ts';

type Options = { problem?: QueryProblem; help?: QueryHelp };

function renderInput({
  problem,
  help = { isExpression: false, problem: undefined, suggestions: [] },
}: Options = {}) {
  const onEnter = vi.fn();
  const onEscape = vi.fn();
  let setText: (text: string) => void = () => undefined;
  let text = '';
  function Field() {
    const [now, setNow] = useState('');
    setText = setNow;
    text = now;
    return (
      <QueryInput
        ref={null}
        text={now}
        problem={problem}
        label="Search runs"
        placeholder="words"
        describedBy="message"
        ask={async () => help}
        recent={() => ['a query of before']}
        onChange={setNow}
        onEnter={onEnter}
        onEscape={onEscape}
        onBlur={() => undefined}
        onSuggesting={() => undefined}
      />
    );
  }
  render(<Field />);
  return { onEnter, onEscape, setText: (next: string) => act(() => setText(next)), text: () => text };
}

const box = () => screen.getByLabelText('Search runs');
const editor = async () => {
  await waitFor(() => expect(box().tagName).toBe('DIV'));
  return box();
};

it('keeps what was typed, and the focus, when the editor takes the place of the plain field', async () => {
  const { text } = renderInput();
  expect(box().tagName).toBe('INPUT');
  await userEvent.type(box(), 'main');
  expect(await editor()).toHaveTextContent('main');
  expect(await editor()).toHaveFocus();
  expect(text()).toBe('main');
});

it('takes over a text from outside', async () => {
  const { setText } = renderInput();
  await editor();
  setText('status == "failed"');
  expect(box()).toHaveTextContent('status == "failed"');
  setText('');
  expect(box()).toHaveTextContent('words');
});

it('marks what is wrong', async () => {
  const { setText } = renderInput({ problem: { message: 'No.', from: 0, to: 6 } });
  setText('statsu == 1');
  expect(box()).toHaveAttribute('aria-invalid', 'true');
  const field = await editor();
  expect(field).toHaveAttribute('aria-invalid', 'true');
  expect(field).toHaveAccessibleDescription('');
  expect(field).toHaveAttribute('aria-describedby', 'message');
  await waitFor(() => expect(document.querySelector('.query-wrong')).toHaveTextContent('statsu'));
});

it('marks the place where something is missing', async () => {
  const { setText } = renderInput({ problem: { message: 'A value is missing.', from: 9, to: 9 } });
  setText('status ==');
  await editor();
  await waitFor(() => expect(document.querySelector('.query-wrong')).not.toBeNull());
});
