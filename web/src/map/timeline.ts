/** Arithmetic of the time slider: bins over the whole stretch of time, and the window that plays over them. */
import { dayNumber, dayOf } from '../format';
import type { Bin } from '../types';

export type By = 'day' | 'week' | 'month';

/** Bins of at most some hundred: days up to four months, weeks up to four years, else months. */
export function binsFor(first: string, last: string): By {
  const n = dayNumber(last) - dayNumber(first) + 1;
  return n <= 120 ? 'day' : n <= 1500 ? 'week' : 'month';
}

/** The last day of the bin that begins on a day. */
export function binEnd(start: string, by: By): string {
  if (by === 'day') return start;
  if (by === 'week') return dayOf(dayNumber(start) + 6);
  const [y, m] = start.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(y, m, 0)).toISOString().slice(0, 10);
}

/** The next bin's first day. */
export const nextBin = (start: string, by: By): string => dayOf(dayNumber(binEnd(start, by)) + 1);

/** Every bin from the first told to the last, those without an event too. */
export function fill(bins: readonly Bin[], by: By): Bin[] {
  const told = new Map(bins.map((b) => [b.start, b]));
  const starts = [...told.keys()].sort();
  const out: Bin[] = [];
  const last = starts.at(-1);
  if (!last) return out;
  for (let at = starts[0]!; at <= last && out.length < 5000; at = nextBin(at, by))
    out.push(told.get(at) ?? { start: at, count: 0, contested: 0 });
  return out;
}

/** Indexes of the first and last bin of a window of dates; open ends reach as far as there are bins. */
export function windowOf(bins: readonly Bin[], by: By, since: string, until: string): [number, number] {
  if (!bins.length) return [0, 0];
  let a = 0;
  let b = bins.length - 1;
  if (since) while (a < b && binEnd(bins[a]!.start, by) < since) a++;
  if (until) while (b > a && bins[b]!.start > until) b--;
  return [a, b];
}

/** The dates of a window; "" where it reaches the end, so that nothing is cut off. */
export function datesOf(bins: readonly Bin[], by: By, [a, b]: [number, number]): { since: string; until: string } {
  return {
    since: a <= 0 ? '' : (bins[a]?.start ?? ''),
    until: b >= bins.length - 1 ? '' : binEnd(bins[b]!.start, by),
  };
}

/** Where the window stands one step later; null at the end. A window over everything first shrinks to a tenth. */
export function step([a, b]: [number, number], n: number): [number, number] | null {
  if (n < 2) return null;
  if (a === 0 && b >= n - 1) return [0, Math.max(0, Math.ceil(n / 10) - 1)];
  return b + 1 > n - 1 ? null : [a + 1, b + 1];
}
