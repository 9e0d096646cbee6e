import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { renderWithTheme } from '../../app/renderWithTheme.tsx';
import { PatchView } from './PatchView.tsx';
import { TextDiff } from './TextDiff.tsx';

const numbered = (count: number) => Array.from({ length: count }, (_, n) => `line ${n + 1}\n`).join('');

const rows = () => within(screen.getByRole('table')).getAllByRole('row');

describe('the diff of two texts', () => {
  it('says in words what is added and removed', () => {
    renderWithTheme(<TextDiff name="a.txt" before={'a\n'} after={'b\n'} />);
    expect(rows().map((row) => row.textContent)).toEqual([expect.anything(), '−removeda', '+addedb']);
  });

  it('opens hidden lines, and goes on from there by keyboard', async () => {
    renderWithTheme(<TextDiff name="a.txt" before={numbered(30)} after={`${numbered(30)}end\n`} />);
    expect(screen.queryByText('line 1')).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: '27 unchanged lines' }));
    expect(screen.getByText('line 1').closest('tr')).toHaveFocus();
    expect(screen.getByText('end')).toBeVisible();
  });

  it('is not drawn to its end before one asks for it', async () => {
    renderWithTheme(<TextDiff name="a.txt" before="" after={numbered(4000)} />);
    expect(rows().length).toBeLessThan(1600);
    await userEvent.click(screen.getByRole('button', { name: 'Show more lines' }));
    expect(screen.getByText('line 3000')).toBeInTheDocument();
    expect(screen.getByText('1,000 lines of this diff not shown yet')).toBeVisible();
  });

  it('puts the texts side by side', () => {
    renderWithTheme(<TextDiff name="a.txt" before={'a\nb\n'} after={'a\nc\nd\n'} mode="split" />);
    expect(
      rows()
        .slice(1)
        .map((row) => row.textContent),
    ).toEqual(['aa', '−removedb+addedc', '+addedd']);
  });

  it('shows signs that turn the direction of text', () => {
    renderWithTheme(<TextDiff name="a.py" before={'a\n'} after={'a\nx = "\u202e"\n'} />);
    expect(screen.getByText(/U\+202E/)).toBeVisible();
  });

  it('says so where only the line endings differ, where nothing does, and where there is too much', () => {
    const { rerender } = renderWithTheme(<TextDiff name="a" before={'a\r\n'} after={'a\n'} />);
    expect(screen.getByText('Only the line endings differ: CR LF became LF.')).toBeVisible();
    rerender(<TextDiff name="a" before="a" after="a" />);
    expect(screen.getByText('The texts are the same.')).toBeVisible();
    rerender(<TextDiff name="a" before="a" after={'x'.repeat(2_000_001)} />);
    expect(screen.getByText(/too long to be compared/)).toBeVisible();
  });
});

describe('a patch', () => {
  const file = (name: string, lines: number) =>
    `diff --git a/${name} b/${name}\nnew file mode 100644\n--- /dev/null\n+++ b/${name}\n@@ -0,0 +1,${lines} @@\n${'+x\n'.repeat(lines)}`;

  it('has its files open as far as they are short', async () => {
    const onModeChange = vi.fn();
    const patch = file('small.py', 3) + file('huge.py', 5000) + file('last.py', 2);
    renderWithTheme(<PatchView patch={patch} mode="unified" onModeChange={onModeChange} />);
    const isOpen = (name: string) =>
      screen.getByRole('button', { name: new RegExp(`^${name}`) }).getAttribute('aria-expanded');
    expect([isOpen('small.py'), isOpen('huge.py'), isOpen('last.py')]).toEqual(['true', 'false', 'true']);
    await userEvent.click(screen.getByRole('button', { name: 'Close all' }));
    expect(screen.queryByRole('table')).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('radio', { name: 'Side by side' }));
    expect(onModeChange).toHaveBeenCalledWith('split');
  });
});
