/** Words for times, to choose from. */
export const TIME_EXAMPLES = [
  'today',
  'yesterday',
  '2 hours ago',
  '7 days ago',
  'this week',
  'last month',
] as const;

/** Nothing that is longer names a time. */
const MAX_CHARACTERS = 100;

const UNIT = /^(ms|milliseconds?|s|sec|seconds?|m|min|minutes?|h|hours?|d|days?|w|weeks?)$/i;
const AMOUNT = /(\d+(?:\.\d+)?)\s*([a-z]+)\s*/gi;
const SECONDS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

const AGO = /^(.+?)\s+ago$/i;
const CALENDAR_AGO = /^(\d{1,6}|an?|one)\s+(month|year)s?$/i;
const CALENDAR = /^(this|last)\s+(week|month|year)$/i;
const DATE =
  /^(?<year>\d{4})(?:-(?<month>\d\d)(?:-(?<day>\d\d)(?:[T\s]\s*(?<hour>\d\d)[:.](?<minute>\d\d)(?:[:.](?<second>\d\d)(?:[.,](?<fraction>\d{1,6}))?)?\s*(?<zone>Z|[+-]\d\d:?\d\d)?)?)?)?$/i;

const LAST_YEAR = 9999;
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** A stretch of time, from `start` to before `end`, in milliseconds since 1970. */
export type Period = { start: number; end: number };

/**
 * The time that a text names: a date, as long as it is exact, or words such as "yesterday" and "2 hours ago"; undefined
 * if it names none. Without a zone, dates are in that of the browser.
 */
export function parsePeriod(text: string, now: Date): Period | undefined {
  if ([...text].length > MAX_CHARACTERS) return undefined;
  const plain = text.split(/\s+/).filter(Boolean).join(' ');
  const found = wordsPeriod(plain.toLowerCase(), now) ?? datePeriod(plain);
  return found && Number.isFinite(found.start) && Number.isFinite(found.end) ? found : undefined;
}

function wordsPeriod(text: string, now: Date): Period | undefined {
  if (text === 'now') return moment(now.getTime());
  const [year, month, day] = [now.getFullYear(), now.getMonth(), now.getDate()];
  if (text === 'today') return { start: local(year, month, day), end: local(year, month, day + 1) };
  if (text === 'yesterday') return { start: local(year, month, day - 1), end: local(year, month, day) };
  const [, which, unit] = CALENDAR.exec(text) ?? [];
  if (which !== undefined) return calendarPeriod(unit ?? '', which === 'last', now);
  const ago = AGO.exec(text)?.[1];
  if (ago === undefined) return undefined;
  const [, amount, calendarUnit] = CALENDAR_AGO.exec(ago) ?? [];
  if (amount !== undefined) {
    const number = /^\d/.test(amount) ? Number(amount) : 1;
    return moment(monthsBefore(now, number * (calendarUnit === 'year' ? 12 : 1)));
  }
  const seconds = parseDuration(ago.replace(/^(an?|one)\b/, '1'));
  if (seconds === undefined) return undefined;
  const clock = [now.getHours(), now.getMinutes(), now.getSeconds()] as const;
  // By the clock on the wall: a day ago is at the same hour, whatever summer time did.
  return moment(local(year, month, day, ...clock, now.getMilliseconds() - Math.round(seconds * 1000)));
}

function calendarPeriod(unit: string, last: boolean, now: Date): Period {
  const [year, month, day] = [now.getFullYear(), now.getMonth(), now.getDate()];
  const back = last ? 1 : 0;
  if (unit === 'week') {
    const monday = day - ((now.getDay() + 6) % 7) - 7 * back;
    return { start: local(year, month, monday), end: local(year, month, monday + 7) };
  }
  if (unit === 'month') return { start: local(year, month - back, 1), end: local(year, month - back + 1, 1) };
  return { start: local(year - back, 0, 1), end: local(year - back + 1, 0, 1) };
}

/** The same day and time so many months before; of a shorter month, its last day. */
function monthsBefore(at: Date, months: number): number {
  const count = at.getFullYear() * 12 + at.getMonth() - months;
  const [year, month] = [Math.floor(count / 12), ((count % 12) + 12) % 12];
  if (year < 1 || year > LAST_YEAR) return Number.NaN;
  const last = new Date(2000, month + 1, 0);
  last.setFullYear(year, month + 1, 0);
  const day = Math.min(at.getDate(), last.getDate());
  return local(year, month, day, at.getHours(), at.getMinutes(), at.getSeconds(), at.getMilliseconds());
}

function datePeriod(text: string): Period | undefined {
  const found = DATE.exec(text)?.groups;
  if (!found) return undefined;
  const number = (name: string, none: number): number => Number(found[name] ?? none);
  const [year, month, day] = [number('year', 0), number('month', 1) - 1, number('day', 1)];
  const [hour, minute, second] = [number('hour', 0), number('minute', 0), number('second', 0)];
  if (year < 1 || month < 0 || month > 11 || hour > 23 || minute > 59 || second > 59) return undefined;
  const milliseconds = Math.floor(Number((found.fraction ?? '').padEnd(6, '0')) / 1000);
  const check = new Date(Date.UTC(2000, month, day));
  check.setUTCFullYear(year, month, day);
  if (check.getUTCMonth() !== month || check.getUTCDate() !== day) return undefined;
  let start = local(year, month, day, hour, minute, second, milliseconds);
  if (found.zone !== undefined) {
    const offset = offsetOf(found.zone);
    if (offset === undefined) return undefined;
    check.setUTCHours(hour, minute, second, milliseconds);
    start = check.getTime() - offset * MINUTE;
  }
  if (found.month === undefined) return { start, end: local(year + 1, 0, 1) };
  if (found.day === undefined) return { start, end: local(year, month + 1, 1) };
  if (found.fraction !== undefined) return { start, end: start + 1 };
  if (found.second !== undefined) return { start, end: start + 1000 };
  if (found.minute !== undefined) return { start, end: start + MINUTE };
  return { start, end: found.zone === undefined ? local(year, month, day + 1) : start + DAY };
}

/** Minutes east of Greenwich; undefined for a zone that there is not. */
function offsetOf(zone: string): number | undefined {
  if (/^z$/i.test(zone)) return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (60 * hours + minutes);
}

/** Milliseconds since 1970 of a time on the wall. Years before 100 are meant as they are written. */
function local(year: number, month: number, day: number, ...clock: number[]): number {
  const [hour = 0, minute = 0, second = 0, milliseconds = 0] = clock;
  const date = new Date(2000, 0, 1);
  date.setFullYear(year, month, day);
  date.setHours(hour, minute, second, milliseconds);
  return date.getTime();
}

function moment(at: number): Period {
  const start = Math.floor(at);
  return { start, end: start };
}

/** The seconds of a duration: "90 s", "5 min", "1h 30min"; undefined for a text that is no duration. */
export function parseDuration(text: string): number | undefined {
  const plain = text.trim();
  if (plain === '' || plain.length > MAX_CHARACTERS || plain.replace(AMOUNT, '') !== '') return undefined;
  let seconds = 0;
  for (const [, amount = '', unit = ''] of plain.matchAll(AMOUNT)) {
    if (!UNIT.test(unit)) return undefined;
    const name = unit.toLowerCase();
    const factor = /^(ms|milli)/.test(name) ? 0.001 : (SECONDS[name[0] ?? ''] ?? Number.NaN);
    seconds += Number(amount) * factor;
  }
  return Number.isFinite(seconds) ? seconds : undefined;
}
