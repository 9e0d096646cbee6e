import { describe, expect, it } from 'vitest';
import { parseNotes } from './parseNotes.ts';

describe('notes', () => {
  it('are paragraphs and lists', () => {
    const kinds = parseNotes('One\ntwo\n\n- a\n- b\n\nThree').map(({ kind, lines }) => [kind, lines.length]);
    expect(kinds).toEqual([
      ['paragraph', 2],
      ['list', 2],
      ['paragraph', 1],
    ]);
  });

  it('know strong text, emphasis, code and addresses', () => {
    expect(parseNotes('**deeper** *trees* `max_depth` see https://example.com/a.')[0]?.lines[0]).toEqual([
      { kind: 'strong', text: 'deeper' },
      { kind: 'text', text: ' ' },
      { kind: 'emphasis', text: 'trees' },
      { kind: 'text', text: ' ' },
      { kind: 'code', text: 'max_depth' },
      { kind: 'text', text: ' see ' },
      { kind: 'link', text: 'https://example.com/a', href: 'https://example.com/a' },
      { kind: 'text', text: '.' },
    ]);
  });

  it('leave markup and other schemes as text', () => {
    const text = '<img src=x onerror=alert(1)> javascript:alert(1) [a](javascript:b)';
    expect(parseNotes(text)).toEqual([{ kind: 'paragraph', lines: [[{ kind: 'text', text }]] }]);
  });

  it('do not mind lone stars', () => {
    expect(parseNotes('2 * 3 * 4')[0]?.lines[0]).toEqual([{ kind: 'text', text: '2 * 3 * 4' }]);
  });
});
