import { useSyncExternalStore } from 'react';
import { formatAge, formatDuration, formatExactTime, formatRelativeTime } from '../formatting/time.ts';

/** A clock that all who show a time share; it stands still while nobody looks. */
function createClock(intervalMs: number) {
  let now = Date.now();
  let timer: ReturnType<typeof setInterval> | undefined;
  const listeners = new Set<() => void>();
  return {
    subscribe: (listener: () => void) => {
      if (listeners.size === 0) {
        now = Date.now();
        timer = setInterval(() => {
          now = Date.now();
          for (const tell of listeners) tell();
        }, intervalMs);
      }
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) clearInterval(timer);
      };
    },
    read: () => now,
  };
}

const minutes = createClock(20_000);
const seconds = createClock(1000);

/** "5 min. ago", with the exact time on hover. */
export function RelativeTime({ iso }: { iso: string | null }) {
  return <Told iso={iso} tell={formatRelativeTime} />;
}

/** "5 min. ago" or "24 Dec 2022", with the exact time on hover. */
export function Age({ iso }: { iso: string | null }) {
  return <Told iso={iso} tell={formatAge} />;
}

type ToldProps = { iso: string | null; tell: (time: number, now: number) => string };

function Told({ iso, tell }: ToldProps) {
  const now = useSyncExternalStore(minutes.subscribe, minutes.read);
  if (iso === null) return <Missing />;
  const time = Date.parse(iso);
  if (Number.isNaN(time)) return <span>{iso}</span>;
  return (
    <time dateTime={iso} title={formatExactTime(iso)}>
      {tell(time, Math.max(now, time))}
    </time>
  );
}

/** How long a run took, or has been running. */
export function Duration(props: { seconds: number | null; startedAt: string | null; running: boolean }) {
  if (props.running && props.startedAt !== null) return <Elapsed since={Date.parse(props.startedAt)} />;
  return props.seconds === null ? <Missing /> : <span>{formatDuration(props.seconds)}</span>;
}

function Elapsed({ since }: { since: number }) {
  const now = useSyncExternalStore(seconds.subscribe, seconds.read);
  return <span>{formatDuration(Math.max(0, Math.round((now - since) / 1000)))}</span>;
}

/** Stands where a value is not known. */
export function Missing() {
  return (
    <span style={{ color: 'var(--text-3)' }}>
      <span aria-hidden>–</span>
      <span className="visually-hidden">none</span>
    </span>
  );
}

const still = () => () => {};

/** The time now, in ms; it goes on by the second while `running`. */
export function useSeconds(running: boolean): number {
  return useSyncExternalStore(running ? seconds.subscribe : still, seconds.read);
}
