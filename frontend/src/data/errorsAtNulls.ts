import { CombinedError, type Exchange, mapExchange } from 'urql';

type Path = readonly (string | number)[];

/**
 * Takes the nulls that errors have left further up out of an answer, before it comes to the cache. A field that may not
 * be null takes with it what holds it: when the series of a run cannot be told, the answer has no run. The cache would
 * keep that the run does not exist, for all parts of the page; so it hears nothing of the run, and who asked for the
 * series gets the error alone.
 */
export const errorsAtNulls: Exchange = mapExchange({
  onResult(result) {
    const { error } = result;
    if (!result.data || !error) return result;
    let data: unknown = result.data;
    const graphQLErrors = error.graphQLErrors.map((each) => {
      const place = each.path && nullAbove(data, each.path);
      if (!place) return each;
      data = without(data, place);
      return { message: each.message, extensions: each.extensions };
    });
    return { ...result, data, error: new CombinedError({ graphQLErrors, response: error.response }) };
  },
});

/** Where data ends before a path does, or has been taken out already; undefined if it does not. */
function nullAbove(data: unknown, path: Path): Path | undefined {
  let value = data;
  for (const [depth, step] of path.slice(0, -1).entries()) {
    value = (value as Record<string | number, unknown>)[step];
    if (value === null || value === undefined) return path.slice(0, depth + 1);
  }
}

function without(data: unknown, [step, ...more]: Path): unknown {
  if (step === undefined || data === null || typeof data !== 'object') return undefined;
  if (Array.isArray(data)) return data.map((each, place) => (place === step ? without(each, more) : each));
  const { [step]: inner, ...rest } = data as Record<string | number, unknown>;
  return more.length === 0 ? rest : { ...rest, [step]: without(inner, more) };
}
