import { expect, it } from 'vitest';
import { readRemote } from './gitRemote.ts';

it.each([
  ['https://github.com/kedro-org/kedro-viz.git', 'https://github.com/kedro-org/kedro-viz'],
  ['https://gitlab.example.com/group/sub/project', 'https://gitlab.example.com/group/sub/project'],
])('%s leads to its page', (remote, href) => {
  expect(readRemote(remote)).toEqual({ text: href.replace('https://', ''), href });
});

it.each([
  'git@github.com:kedro-org/kedro-viz.git',
  'ssh://git@github.com/kedro-org/kedro-viz.git',
  'http://github.com/kedro-org/kedro-viz',
  'https://user@github.com/kedro-org/kedro-viz',
  'https://github.com@evil.example/kedro-viz',
  'https://github.com:8443/kedro-org/kedro-viz',
  'https://gi\u0442hub.com/kedro-org/kedro-viz',
  'https://github.com/a?next=//evil.example',
  'javascript:alert(1)//https://github.com/a',
  '/srv/git/project.git',
])('%s is only text', (remote) => {
  expect(readRemote(remote)).toEqual({ text: remote, href: undefined });
});
