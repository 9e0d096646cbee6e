import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { recordedCommand, shellLine, shellPath, shellWord } from './shellWords.ts';

/** The words that a shell makes of a line. */
function readBy(shell: string, words: readonly string[]): string[] {
  const printed = execFileSync(shell, ['-c', `printf '%s\\0' ${shellLine(words)}`], { cwd: '/' });
  return printed.toString('utf-8').split('\0').slice(0, -1);
}

const HOSTILE = [
  '2026; touch PWNED #',
  '$(touch PWNED)',
  '`touch PWNED`',
  'a\ntouch PWNED\n#',
  "a'; touch PWNED; '",
  "a\\' ; touch PWNED #",
  '\\',
  '$HOME',
  '~',
  '=ls',
  '',
  ' ',
  '!!',
  "'!!'\\",
  '*',
  'a\rb',
  '\x1b[201~touch PWNED\r',
  '\u202egnp.x',
  'a\u200bb',
  'a\u00a0b',
  "it's",
  '100%s\\n',
  '日本 語 😀',
  '-v\x1f',
  '#',
  '{a,b}',
  'x=~',
];

describe('shell words', () => {
  it.each(['/bin/sh', 'bash'])('are read by %s as they were', (shell) => {
    expect(readBy(shell, HOSTILE)).toEqual(HOSTILE);
  });

  it('are read as they were, whatever they hold', () => {
    // A generator of our own, so that each failure can be had again.
    let seed = 20_260_501;
    const next = (below: number) => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return seed % below;
    };
    const parts = [
      ...'\'"\\$`!;&|<>()#~*?[]{}= \t\n\r-%a7./é語😀',
      '\x1b',
      '\x7f',
      '\u200b',
      '\u2028',
      '$(',
      '\\0',
    ];
    const words = Array.from({ length: 500 }, () =>
      Array.from({ length: next(9) }, () => parts[next(parts.length)]).join(''),
    );
    // A command substitution takes line feeds off its end.
    expect(readBy('/bin/sh', words)).toEqual(words.map((word) => word.replace(/\n+$/, '')));
  });

  it.each(HOSTILE)('are one line without anything unseen: %j', (text) => {
    expect(shellWord(text)).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
  });

  it.each([
    ['2024-05-01T12.00.00.000Z', '2024-05-01T12.00.00.000Z'],
    ['s3://bucket/a=1/x.csv', 's3://bucket/a=1/x.csv'],
    ['my file.csv', "'my file.csv'"],
    ["it's", `'it'"'"'s'`],
    ['a\x1bb', `"$(printf 'a\\033b')"`],
    ['a\0b', "'a\uFFFDb'"],
    ['\ud800', `"$(printf '\\357\\277\\275')"`],
    ['', "''"],
  ])('stay readable: %j', (text, word) => {
    expect(shellWord(text)).toBe(word);
  });

  it('leave paths of Windows as they are, unless they hold more than a path', () => {
    expect(shellPath('C:\\code\\data\\x.csv')).toBe('C:\\code\\data\\x.csv');
    expect(readBy('/bin/sh', ['C:\\x; touch PWNED'])).toEqual(['C:\\x; touch PWNED']);
    expect(shellPath('C:\\x; touch PWNED')).toBe(shellWord('C:\\x; touch PWNED'));
    expect(shellPath('data/my cars.csv')).toBe("'data/my cars.csv'");
  });

  it('make of a recorded command no more than its words', () => {
    expect(recordedCommand('kedro run --params a=1,b=2')).toBe('kedro run --params a=1,b=2');
    expect(recordedCommand('kedro run; touch PWNED #')).toBe("kedro 'run;' touch PWNED '#'");
    expect(recordedCommand('kedro run\ntouch PWNED')).toBe('kedro run touch PWNED');
    expect(recordedCommand('rm -rf data')).toBeUndefined();
    expect(recordedCommand('')).toBeUndefined();
  });
});
