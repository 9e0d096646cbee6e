import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { renderWithTheme } from '../app/renderWithTheme.tsx';
import { EditableTitle } from '../runs/edits/EditableTitle.tsx';
import { Notes } from './overview/Notes.tsx';

const accepted = () => Promise.resolve(undefined);

describe('the title', () => {
  const edit = async (onSave: (title: string) => Promise<string | undefined>) => {
    renderWithTheme(<EditableTitle title="Baseline" onSave={onSave} />);
    await userEvent.click(screen.getByRole('button', { name: /Baseline/ }));
    return screen.getByRole('textbox', { name: 'Title' });
  };

  it('is saved with Enter', async () => {
    const save = vi.fn(accepted);
    const field = await edit(save);
    await userEvent.clear(field);
    await userEvent.type(field, '  Deeper trees {Enter}');
    expect(save).toHaveBeenCalledExactlyOnceWith('Deeper trees');
    expect(screen.queryByRole('textbox')).not.toBeInTheDocument();
  });

  it('stays as it was with Escape', async () => {
    const save = vi.fn(accepted);
    await userEvent.type(await edit(save), 'nonsense{Escape}');
    expect(save).not.toHaveBeenCalled();
    expect(screen.getByRole('heading')).toHaveTextContent('Baseline');
  });

  it('is not sent when nothing changed', async () => {
    const save = vi.fn(accepted);
    await userEvent.type(await edit(save), '{Enter}');
    expect(save).not.toHaveBeenCalled();
  });

  it('tells why the server refused, and keeps what was typed', async () => {
    const field = await edit(() => Promise.resolve('The store is read-only.'));
    await userEvent.clear(field);
    await userEvent.type(field, 'New{Enter}');
    expect(await screen.findByText('The store is read-only.')).toBeVisible();
    expect(screen.getByRole('textbox', { name: 'Title' })).toHaveValue('New');
  });

  it('of a run that has none is its name, in the place of which one is given', async () => {
    const save = vi.fn(accepted);
    const untitled = { name: '1 May 2024, 12:30:45', id: '2024-05-01T12.30.45.678Z' };
    renderWithTheme(<EditableTitle title="" untitled={untitled} onSave={save} />);
    await userEvent.click(screen.getByRole('button', { name: /^1 May 2024, 12:30:45/ }));
    const field = screen.getByRole('textbox', { name: 'Title' });
    expect(field).toHaveValue('');
    expect(field).toHaveAttribute('placeholder', '1 May 2024, 12:30:45');
    await userEvent.type(field, '{Enter}');
    expect(save).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole('button', { name: /^1 May 2024, 12:30:45/ }));
    await userEvent.type(screen.getByRole('textbox', { name: 'Title' }), 'Deeper trees{Enter}');
    expect(save).toHaveBeenCalledExactlyOnceWith('Deeper trees');
  });

  it('shows markup as text', () => {
    renderWithTheme(<EditableTitle title="<b>bold</b>" onSave={accepted} />);
    expect(screen.getByText('<b>bold</b>')).toBeVisible();
  });
});

describe('the notes', () => {
  it('are saved with Ctrl and Enter, while Enter alone makes a line', async () => {
    const save = vi.fn(accepted);
    renderWithTheme(<Notes notes="" onSave={save} />);
    await userEvent.click(screen.getByRole('button', { name: 'Add notes…' }));
    await userEvent.type(
      screen.getByRole('textbox', { name: 'Notes' }),
      'One{Enter}two{Control>}{Enter}{/Control}',
    );
    expect(save).toHaveBeenCalledExactlyOnceWith('One\ntwo');
  });

  it('can be cleared', async () => {
    const save = vi.fn(accepted);
    renderWithTheme(<Notes notes="Old" onSave={save} />);
    await userEvent.click(screen.getByRole('button', { name: 'Edit notes' }));
    await userEvent.clear(screen.getByRole('textbox', { name: 'Notes' }));
    await userEvent.click(screen.getByRole('button', { name: 'Save notes' }));
    expect(save).toHaveBeenCalledExactlyOnceWith('');
  });

  it('stay as they were with Escape', async () => {
    const save = vi.fn(accepted);
    renderWithTheme(<Notes notes="Old" onSave={save} />);
    await userEvent.click(screen.getByRole('button', { name: 'Edit notes' }));
    await userEvent.type(screen.getByRole('textbox', { name: 'Notes' }), ' and new{Escape}');
    expect(save).not.toHaveBeenCalled();
    expect(screen.getByText('Old')).toBeVisible();
  });

  it('are Markdown, and never become HTML', async () => {
    const { container } = renderWithTheme(
      <Notes notes={'<img src=x onerror=alert(1)> **big**\n\n- [x] done'} onSave={accepted} />,
    );
    expect((await screen.findByText('big')).tagName).toBe('STRONG');
    expect(container.querySelector('img')).toBeNull();
    expect(screen.getByText(/<img src=x/)).toBeVisible();
    expect(screen.getByRole('checkbox')).toBeChecked();
  });

  it('lead to pages and mailboxes only, and load no images', async () => {
    const { container } = renderWithTheme(
      <Notes
        notes={
          '[page](https://example.com) [bad](javascript:alert(1)) [file](/etc/passwd) ![plot](https://example.com/a.png)'
        }
        onSave={accepted}
      />,
    );
    const page = await screen.findByRole('link', { name: 'page' });
    expect(page).toHaveAttribute('rel', expect.stringContaining('noopener'));
    expect(page).toHaveAttribute('target', '_blank');
    expect(screen.getByText('bad').tagName).toBe('SPAN');
    expect(screen.getByText('file').tagName).toBe('SPAN');
    expect(container.querySelector('img')).toBeNull();
    expect(screen.getByRole('link', { name: 'plot' })).toHaveAttribute('href', 'https://example.com/a.png');
  });

  it('can be seen as they will be before they are saved', async () => {
    const save = vi.fn(accepted);
    renderWithTheme(<Notes notes="" onSave={save} />);
    await userEvent.click(screen.getByRole('button', { name: 'Add notes…' }));
    await userEvent.type(screen.getByRole('textbox', { name: 'Notes' }), '**big** news');
    await userEvent.click(screen.getByRole('radio', { name: 'Preview' }));
    expect((await screen.findByText('big')).tagName).toBe('STRONG');
    await userEvent.click(screen.getByRole('button', { name: 'Save notes' }));
    expect(save).toHaveBeenCalledExactlyOnceWith('**big** news');
  });
});
