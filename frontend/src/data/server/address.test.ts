import { expect, it } from 'vitest';
import { address, rootOf } from './address.ts';

it.each([
  ['https://viz.example/assets/index-1.js', '/'],
  ['https://hub.example/user/ada/proxy/4141/assets/index-1.js', '/user/ada/proxy/4141/'],
])('finds the root of the app above its built files', (file, root) => {
  expect(rootOf(file)).toBe(root);
});

it('puts paths of the server below the root', () => {
  expect(address('/graphql')).toBe('/graphql');
  expect(address('artifacts/a')).toBe('/artifacts/a');
});
