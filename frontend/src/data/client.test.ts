import { readFileSync } from 'node:fs';
import { buildSchema, isObjectType } from 'graphql';
import { expect, it } from 'vitest';
import { PARTS } from './client.ts';

it('knows of every type whether it has an identity of its own', () => {
  const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));
  const roots = ['Query', 'Mutation', 'Subscription'];
  const types = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && !type.name.startsWith('__') && !roots.includes(type.name))
    .map((type) => type.name);
  expect([...PARTS, 'Environment', 'Run', 'SavedView', 'SourceSnapshot'].toSorted()).toEqual(
    types.toSorted(),
  );
});
