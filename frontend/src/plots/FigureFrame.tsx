import { Button, Loader, Text, useComputedColorScheme } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Artifact } from '../data/artifact.ts';
import { address } from '../data/server/address.ts';
import { formatBytes } from '../formatting/bytes.ts';
import { FigureTooLarge, fetchFigure } from './fetchFigure.ts';
import type { FigureView } from './frame/figureView.ts';
import {
  type ForwardedKey,
  type PlotRoom,
  type PlotTheme,
  readFromFrame,
  type ToFrame,
} from './frame/messages.ts';
import { LoadingSlots } from './loadingSlots.ts';
import classes from './Plot.module.css';
import { PlotProblem } from './PlotProblem.tsx';
import { LARGE_FIGURE, LARGEST_FIGURE } from './plotKinds.ts';
import type { SharedView } from './sharedView.ts';

export type FigureFrameProps = {
  plot: Artifact;
  title: string;
  room: PlotRoom;
  /** What figures in step show; undefined for what they show by themselves. */
  shared?: SharedView<FigureView>;
  onClick?: () => void;
  onKey?: (key: ForwardedKey) => void;
};

const slots = new LoadingSlots(2);

/** A figure that takes longer than this, in milliseconds, does not hold up the next one. */
const LONGEST_HOLD = 10_000;

const HOME: FigureView = { home: true, axes: [], cameras: [] };

type State =
  | { step: 'loading' }
  | { step: 'drawn'; notes: string[] }
  | { step: 'large'; size: number }
  | { step: 'failed'; problem: string };

function readTheme(scheme: 'light' | 'dark'): PlotTheme {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  return {
    scheme,
    background: read('--surface-1'),
    plotBackground: read('--surface-1'),
    text: read('--text-2'),
    grid: read('--border'),
    font: 'system-ui, sans-serif',
  };
}

/** A Plotly figure, drawn inside a sandboxed frame without an origin. */
export function FigureFrame({ plot, title, room, shared, onClick, onKey }: FigureFrameProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const scheme = useComputedColorScheme('light');
  const [limit, setLimit] = useState(LARGE_FIGURE);
  const [state, setState] = useState<State>(() =>
    (plot.size ?? 0) > LARGE_FIGURE ? { step: 'large', size: plot.size ?? 0 } : { step: 'loading' },
  );
  const [ready, setReady] = useState(false);
  const [started, setStarted] = useState(false);
  const drawing = state.step === 'loading' || state.step === 'drawn';
  const [overdue, setOverdue] = useState(false);
  const holding = state.step === 'loading' && !overdue;

  useEffect(() => {
    if (!holding) return;
    return slots.request(room === 'full', () => setStarted(true));
  }, [holding, room]);
  useEffect(() => {
    if (!holding || !started) return;
    const timer = setTimeout(() => setOverdue(true), LONGEST_HOLD);
    return () => clearTimeout(timer);
  }, [holding, started]);

  const send = useCallback((message: ToFrame, transfer: Transferable[] = []): void => {
    // A frame without an origin can only be addressed as "any"; what it gets is the file that it draws.
    frame.current?.contentWindow?.postMessage(message, '*', transfer);
  }, []);

  const handlers = useRef({ onClick, onKey, shared });
  useEffect(() => {
    handlers.current = { onClick, onKey, shared };
  });
  const isDrawn = state.step === 'drawn';
  useEffect(() => {
    if (shared === undefined || !isDrawn) return;
    const follow = (view: FigureView | undefined) => send({ kind: 'view', view: view ?? HOME });
    if (shared.view !== undefined) follow(shared.view);
    return shared.listen(frame, follow);
  }, [shared, isDrawn, send]);
  useEffect(() => {
    const listen = (event: MessageEvent): void => {
      if (event.source !== frame.current?.contentWindow || event.source === null) return;
      const message = readFromFrame(event.data);
      if (message === undefined) return;
      if (message.kind === 'ready') setReady(true);
      else if (message.kind === 'drawn') setState({ step: 'drawn', notes: message.notes });
      else if (message.kind === 'failed') setState({ step: 'failed', problem: message.problem });
      else if (message.kind === 'click') handlers.current.onClick?.();
      else if (message.kind === 'view') {
        handlers.current.shared?.show(message.view.home ? undefined : message.view, frame);
      } else handlers.current.onKey?.(message.key);
    };
    window.addEventListener('message', listen);
    return () => window.removeEventListener('message', listen);
  }, []);

  const drawn = useRef(false);
  const latestScheme = useRef(scheme);
  useEffect(() => {
    latestScheme.current = scheme;
    if (drawn.current) send({ kind: 'theme', theme: readTheme(scheme) });
  }, [scheme, send]);

  useEffect(() => {
    if (!ready || !drawing) return;
    const stop = new AbortController();
    fetchFigure(address(plot.url), limit, stop.signal).then(
      (figure) => {
        drawn.current = true;
        send({ kind: 'draw', figure, theme: readTheme(latestScheme.current), room }, [figure]);
      },
      (error: unknown) => {
        if (stop.signal.aborted) return;
        if (error instanceof FigureTooLarge) setState({ step: 'large', size: error.size });
        else setState({ step: 'failed', problem: error instanceof Error ? error.message : String(error) });
      },
    );
    return () => stop.abort();
  }, [ready, drawing, plot.url, limit, room, send]);

  if (state.step === 'large') {
    const drawable = state.size <= LARGEST_FIGURE;
    return (
      <PlotProblem
        plot={plot}
        title={`${formatBytes(state.size)} figure`}
        problem={
          drawable
            ? 'It is not drawn by itself: a figure of this size can hold the browser up.'
            : `Figures of more than ${formatBytes(LARGEST_FIGURE)} are not drawn.`
        }
        action={
          drawable && (
            <Button
              onClick={() => {
                setReady(false);
                setLimit(LARGEST_FIGURE);
                setState({ step: 'loading' });
              }}
            >
              Draw anyway
            </Button>
          )
        }
      />
    );
  }
  if (state.step === 'failed') return <PlotProblem plot={plot} problem={state.problem} />;
  return (
    <div className={classes.frameBox}>
      {started && (
        <iframe
          ref={frame}
          className={classes.frame}
          src={address('/plot-frame.html')}
          sandbox="allow-scripts"
          title={title}
          data-drawn={state.step === 'drawn' || undefined}
        />
      )}
      {state.step === 'drawn' && state.notes.length > 0 && (
        <p className={classes.notes} data-room={room} title={state.notes.join('\n')}>
          <IconInfoCircle size={14} stroke={1.6} aria-hidden />
          <span>{state.notes.join(' ')}</span>
        </p>
      )}
      {state.step === 'loading' && (
        <div className={classes.loading} role="status">
          <Loader size="sm" aria-hidden />
          <Text size="xs" c="dimmed">
            {started ? 'Drawing the figure…' : 'Waiting for other figures…'}
          </Text>
        </div>
      )}
    </div>
  );
}
