// Periods of control as bars on a line of days.

import { dayNumber, dayOf } from '../format';
import type { Period } from './types';

export interface Bar {
  period: Period;
  /** Per cent of the line. */
  left: number;
  width: number;
  /** The holder's number among the holders, in order of appearance, for its colour. */
  holder: number;
}
export interface Timeline {
  bars: Bar[];
  holders: string[];
  /** Days to write on the axis, with their places in per cent. */
  ticks: { day: string; at: number }[];
}

/** Bars from the first day told to some time after the last; a period without an end runs to the line's end. */
export function timeline(periods: readonly Period[], days: readonly (string | null)[] = [], ticks = 5): Timeline {
  const holders = [...new Set(periods.map((p) => p.holder))];
  const told = [...periods.flatMap((p) => [p.since, p.until]), ...days].filter((d) => d !== null).map(dayNumber);
  if (!told.length) return { bars: [], holders, ticks: [] };
  const first = Math.min(...told);
  const last = Math.max(...told);
  const end = last + Math.max(2, Math.ceil((last - first) * 0.08));
  const at = (day: number): number => ((day - first) / (end - first)) * 100;
  const bars = periods.map((period) => {
    const left = at(period.since === null ? first : dayNumber(period.since));
    const right = at(period.until === null ? end : dayNumber(period.until));
    return { period, left, width: Math.max(right - left, 0.8), holder: holders.indexOf(period.holder) };
  });
  const step = Math.max(1, Math.ceil((end - first) / ticks));
  const marks = Array.from({ length: Math.floor((end - first) / step) + 1 }, (_, i) => first + i * step);
  return { bars, holders, ticks: marks.map((d) => ({ day: dayOf(d), at: at(d) })) };
}
