import type { UpdateResolver } from '@urql/exchange-graphcache';

/**
 * Forgets answers of the server that tell of runs that were deleted or restored. Lists of runs are not among them: they
 * are asked for anew as with any change.
 */
export const forgetRuns: UpdateResolver = (_result, variables, cache) => {
  const { runIds } = variables;
  if (!Array.isArray(runIds)) return;
  const changed = new Set<unknown>(runIds);
  for (const { fieldName, arguments: given } of cache.inspectFields('Query')) {
    const named = given?.runIds;
    const concerned =
      (fieldName === 'run' && changed.has(given?.id)) ||
      (Array.isArray(named) && named.some((id) => changed.has(id)));
    if (concerned) cache.invalidate('Query', fieldName, given ?? undefined);
  }
};
