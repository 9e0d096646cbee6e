import { renderHook, waitFor } from '@testing-library/react';
import { cacheExchange } from '@urql/exchange-graphcache';
import type { ReactNode } from 'react';
import { Client, fetchExchange, Provider } from 'urql';
import { describe, expect, it } from 'vitest';
import { type Curve, loggedCurve } from './curve.ts';
import { jsonCurves } from './jsonCurves.ts';
import { useCurvePoints } from './useCurvePoints.ts';

/** A server on which some series have so many points each; `asked` are the names of each question. */
function createServer(counts: Record<string, number>) {
  const asked: string[][] = [];
  const answer: typeof fetch = async (_url, init) => {
    // As over a network: not in the same turn.
    await new Promise((resolve) => setTimeout(resolve));
    const { variables } = JSON.parse(String(init?.body));
    const names: string[] = variables.names;
    asked.push(names);
    const series = names.map((name) => {
      const steps = Array.from({ length: counts[name] ?? 0 }, (_, step) => step);
      return { __typename: 'Series', name, count: steps.length, steps, values: steps, times: steps };
    });
    const data = { run: { __typename: 'Run', id: 'R', series } };
    return new Response(JSON.stringify({ data }), { headers: { 'Content-Type': 'application/json' } });
  };
  const client = new Client({
    url: 'http://localhost/graphql',
    fetch: answer,
    exchanges: [cacheExchange({ keys: { Series: () => null } }), fetchExchange],
    preferGetMethod: false,
  });
  const wrapper = ({ children }: { children: ReactNode }) => <Provider value={client}>{children}</Provider>;
  return { asked, counts, wrapper };
}

const curve = (name: string, count: number): Curve =>
  loggedCurve({ name, count, min: 0, max: 1, lastStep: count - 1, last: 1, direction: null });

type Props = { curves: Curve[]; wanted: boolean };

function render(server: ReturnType<typeof createServer>, props: Props) {
  return renderHook(({ curves, wanted }: Props) => useCurvePoints('R', curves, 500, wanted), {
    initialProps: props,
    wrapper: server.wrapper,
  });
}

describe('the points of curves', () => {
  it('are asked for together, and only when they are to be seen', async () => {
    const server = createServer({ loss: 3, rate: 2 });
    const curves = [curve('loss', 3), curve('rate', 2)];
    const { result, rerender } = render(server, { curves, wanted: false });
    await Promise.resolve();
    expect(server.asked).toEqual([]);
    rerender({ curves, wanted: true });
    await waitFor(() => expect([...(result.current.points.get('loss')?.steps ?? [])]).toEqual([0, 1, 2]));
    expect(server.asked).toEqual([['loss', 'rate']]);
  });

  it('are asked for again when there are more, and what was there stays meanwhile', async () => {
    const server = createServer({ loss: 3 });
    const { result, rerender } = render(server, { curves: [curve('loss', 3)], wanted: true });
    await waitFor(() => expect(result.current.points.get('loss')?.steps).toHaveLength(3));
    rerender({ curves: [curve('loss', 3)], wanted: true });
    server.counts.loss = 5;
    rerender({ curves: [curve('loss', 5)], wanted: true });
    expect(result.current.points.get('loss')?.steps).toHaveLength(3);
    await waitFor(() => expect(result.current.points.get('loss')?.steps).toHaveLength(5));
    expect(server.asked).toHaveLength(2);
  });

  it('are not asked for again and again where the answer stays behind', async () => {
    const server = createServer({ loss: 3 });
    const curves = [curve('loss', 9)];
    const { result, rerender } = render(server, { curves, wanted: true });
    await waitFor(() => expect(server.asked).toHaveLength(2));
    for (let i = 0; i < 5; i += 1) {
      rerender({ curves, wanted: true });
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(result.current.points.get('loss')?.steps).toHaveLength(3);
    expect(server.asked).toHaveLength(2);
  });

  it('of lists in JSON are there without asking', () => {
    const server = createServer({});
    const curves = jsonCurves([{ dataset: 'history', json: '{"loss": [3, 2, 1]}' }]);
    const { result } = render(server, { curves, wanted: true });
    expect([...(result.current.points.get('history:loss')?.values ?? [])]).toEqual([3, 2, 1]);
    expect(server.asked).toEqual([]);
  });
});
