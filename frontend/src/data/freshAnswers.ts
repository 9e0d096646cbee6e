import type { Exchange, Operation } from 'urql';
import { map, pipe, tap } from 'wonka';

/**
 * Sees to it that who asks for a fresh answer gets one. urql takes an answer that is under way for that of everybody who
 * asks the same, though it may be of the time before a change: what a run has just done, or somebody has just saved,
 * would not be in it, and nothing would ask again.
 */
export const freshAnswers: Exchange = ({ client, forward }) => {
  const underWay = new Set<number>();
  const askedMeanwhile = new Map<number, Operation>();

  const execute = client.executeRequestOperation;
  // Before urql drops the question: no exchange hears of it. (What it gives is what it was asked for, of whatever type.)
  client.executeRequestOperation = ((operation: Operation) => {
    const { key, kind, context } = operation;
    if (kind === 'query' && context.requestPolicy === 'network-only' && underWay.has(key)) {
      askedMeanwhile.set(key, operation);
    }
    return execute(operation);
  }) as typeof execute;

  return (operations$) =>
    pipe(
      operations$,
      tap(({ key, kind }) => {
        if (kind === 'query') underWay.add(key);
        if (kind !== 'teardown') return;
        underWay.delete(key);
        askedMeanwhile.delete(key);
      }),
      forward,
      map((result) => {
        if (result.stale || result.hasNext) return result;
        const { key } = result.operation;
        underWay.delete(key);
        const again = askedMeanwhile.get(key);
        if (again === undefined) return result;
        askedMeanwhile.delete(key);
        client.reexecuteOperation(again);
        return { ...result, stale: true };
      }),
    );
};
