import type { Range } from './axes.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MONTH = 30.44 * DAY;
const YEAR = 365.25 * DAY;

type Unit = 'second' | 'minute' | 'hour' | 'day' | 'month' | 'year';
type Step = { unit: Unit; count: number; length: number };

const STEPS: Step[] = [
  ...steps('second', SECOND, [1, 5, 15, 30]),
  ...steps('minute', MINUTE, [1, 5, 15, 30]),
  ...steps('hour', HOUR, [1, 3, 6, 12]),
  ...steps('day', DAY, [1, 2, 7, 14]),
  ...steps('month', MONTH, [1, 3, 6]),
  ...steps('year', YEAR, [1, 2, 5, 10, 20, 50, 100]),
];

function steps(unit: Unit, length: number, counts: number[]): Step[] {
  return counts.map((count) => ({ unit, count, length: length * count }));
}

const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const CLOCK_SECONDS = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const DATE = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const MONTH_NAME = new Intl.DateTimeFormat('en-GB', { month: 'short' });

/** A moment on the time axis, in milliseconds since the epoch, and its label. */
export type TimeTick = { time: number; label: string };

/** So many marks more still have room. */
const MORE = 2;

/**
 * Chooses round moments in the reader's time zone, about `most` of them at most: full hours, days, firsts of months. Each is
 * written as short as its step allows; midnight as its date and January as its year, which orients the others.
 */
export function timeTicks(range: Range, most: number): TimeTick[] {
  const [from, to] = range;
  const found = STEPS.findIndex(({ length }) => (to - from) / length <= most);
  const place = found < 0 ? STEPS.length - 1 : found;
  const ticks = ticksBy(STEPS[place], range);
  if (ticks.length > 1 || place === 0) return ticks;
  // A single mark says nothing of how long the axis is: then a few more are better.
  const more = ticksBy(STEPS[place - 1], range);
  return more.length <= most + MORE ? more : ticks;
}

function ticksBy(step: Step | undefined, [from, to]: Range): TimeTick[] {
  if (step === undefined) return [];
  const ticks: TimeTick[] = [];
  const date = startOf(new Date(from), step);
  for (let guard = 0; date.getTime() <= to && guard < 1000; guard += 1) {
    if (date.getTime() >= from) ticks.push({ time: date.getTime(), label: labelOf(date, step) });
    advance(date, step);
  }
  return ticks;
}

function startOf(date: Date, { unit, count }: Step): Date {
  const floor = (value: number): number => Math.floor(value / count) * count;
  const parts = [
    date.getFullYear(),
    date.getMonth(),
    date.getDate(),
    date.getHours(),
    date.getMinutes(),
  ] as const;
  const [year, month, day, hour, minute] = parts;
  switch (unit) {
    case 'year':
      return new Date(floor(year), 0, 1);
    case 'month':
      return new Date(year, floor(month), 1);
    case 'day':
      return new Date(year, month, firstDay(day, count));
    case 'hour':
      return new Date(year, month, day, floor(hour));
    case 'minute':
      return new Date(year, month, day, hour, floor(minute));
    case 'second':
      return new Date(year, month, day, hour, minute, floor(date.getSeconds()));
  }
}

/** Days are counted from the first of each month, so that the ticks do not wander when the view moves. */
function firstDay(day: number, count: number): number {
  return Math.floor((day - 1) / count) * count + 1;
}

function advance(date: Date, { unit, count }: Step): void {
  switch (unit) {
    case 'year':
      date.setFullYear(date.getFullYear() + count);
      break;
    case 'month':
      date.setMonth(date.getMonth() + count);
      break;
    case 'day': {
      const month = date.getMonth();
      date.setDate(date.getDate() + count);
      const left = new Date(date.getFullYear(), date.getMonth() + 1, 0).getDate() - date.getDate();
      // The last few days of a month before the next first would crowd it.
      if (date.getMonth() !== month) date.setDate(1);
      else if (left < count / 2 && count > 1) date.setMonth(month + 1, 1);
      break;
    }
    case 'hour':
      date.setHours(date.getHours() + count);
      break;
    case 'minute':
      date.setMinutes(date.getMinutes() + count);
      break;
    case 'second':
      date.setSeconds(date.getSeconds() + count);
      break;
  }
}

function labelOf(date: Date, { unit }: Step): string {
  switch (unit) {
    case 'year':
      return String(date.getFullYear());
    case 'month':
      return date.getMonth() === 0 ? String(date.getFullYear()) : MONTH_NAME.format(date);
    case 'day':
      return DATE.format(date);
    default:
      if (date.getHours() === 0 && date.getMinutes() === 0 && date.getSeconds() === 0)
        return DATE.format(date);
      return (unit === 'second' ? CLOCK_SECONDS : CLOCK).format(date);
  }
}
