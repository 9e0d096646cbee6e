import ELK, { type ELK as Elk } from 'elkjs/lib/elk-api';
import workerUrl from 'elkjs/lib/elk-worker.min.js?url';
import { useEffect, useState } from 'react';
import type { Graph } from './graph.ts';
import { fromElkGraph, type Layout, toElkGraph } from './layout.ts';

/** The layout of a graph, or why there is none; both undefined while it is being computed. */
export type LayoutResult = { graph: Graph; layout?: Layout; problem?: string };

const FONT = '500 13px "Inter Variable", system-ui, sans-serif';

let shared: Elk | undefined;

function elk(): Elk {
  shared ??= new ELK({ workerFactory: () => new Worker(workerUrl) });
  return shared;
}

/** Starts the worker, so that it is ready when the graph comes. */
export function prepareLayout(): void {
  elk();
}

function textMeasure(): (text: string) => number {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) return (text) => text.length * 7;
  context.font = FONT;
  return (text) => context.measureText(text).width;
}

/** Lays a graph out in a worker; until that is done, the layout of the graph before it stays. */
export function useLayout(graph: Graph | undefined): LayoutResult | undefined {
  const [result, setResult] = useState<LayoutResult>();
  useEffect(() => {
    if (graph === undefined) return;
    let stale = false;
    const run = async (): Promise<void> => {
      // Widths measured before the font has come would be those of another one.
      await document.fonts.load(FONT).catch(() => []);
      const laidOut = await elk().layout(toElkGraph(graph, textMeasure()));
      if (!stale) setResult({ graph, layout: fromElkGraph(laidOut) });
    };
    run().catch((error: unknown) => {
      if (!stale) setResult({ graph, problem: error instanceof Error ? error.message : String(error) });
    });
    return () => {
      stale = true;
    };
  }, [graph]);
  return result;
}
