// Figures as lines of a chart: one line a source, and totals of a period apart from counts of a day.

import { dayNumber } from '../format';
import type { Told } from './types';

export interface Line {
  voice: string;
  /** `period` for totals of many days, else `happening`. */
  span: string;
  /** One entry a place on the axis; null where this line has nothing there. */
  low: (number | null)[];
  high: (number | null)[];
  figures: (Told | null)[];
}
export interface Series {
  /** Seconds since 1970 (UTC), never falling; a day stands as often as one line has figures on it. */
  x: number[];
  lines: Line[];
  /** Figures that have neither a day nor a number, or whose line is beyond `most`. */
  left: Told[];
}

/** The day that a figure is plotted at: the last that it is for, else the one it was reported on. */
export const plotDay = (f: Told): string | null => (f.last ?? f.first ?? f.reported)?.slice(0, 10) ?? null;

/** Where a figure is drawn: at its lower end, or at its upper one if the lower is open. */
export const level = (low: number | null, high: number | null): number | null => low ?? high;

const key = (f: Told): string => `${f.voice}\n${f.span}`;

/** The lines of the sources that say most, at most `most` of them; the others' figures are in `left`. */
export function series(figures: readonly Told[], most = 8): Series {
  const usable = figures.filter((f) => plotDay(f) !== null && level(f.low, f.high) !== null);
  const groups = new Map<string, Told[]>();
  for (const f of usable) groups.set(key(f), [...(groups.get(key(f)) ?? []), f]);
  const kept = [...groups.values()]
    .sort((a, b) => b.length - a.length || (key(a[0]!) < key(b[0]!) ? -1 : 1))
    .slice(0, most);
  const shown = new Set(kept.flat());
  const slots = axis(kept);
  const start = new Map<string, number>();
  slots.forEach((day, i) => start.has(day) || start.set(day, i));
  return {
    x: slots.map((day) => dayNumber(day) * 86400),
    lines: kept.map((group) => line(group, slots.length, start)),
    left: figures.filter((f) => !shown.has(f)),
  };
}

/** Every day as often as the line that has most figures on it needs. */
function axis(groups: readonly (readonly Told[])[]): string[] {
  const need = new Map<string, number>();
  for (const group of groups) {
    const here = new Map<string, number>();
    for (const f of group) here.set(plotDay(f)!, (here.get(plotDay(f)!) ?? 0) + 1);
    for (const [day, n] of here) need.set(day, Math.max(n, need.get(day) ?? 0));
  }
  return [...need].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([day, n]) => Array<string>(n).fill(day));
}

function line(group: readonly Told[], width: number, start: ReadonlyMap<string, number>): Line {
  const out: Line = {
    voice: group[0]!.voice,
    span: group[0]!.span,
    low: Array<number | null>(width).fill(null),
    high: Array<number | null>(width).fill(null),
    figures: Array<Told | null>(width).fill(null),
  };
  const used = new Map<string, number>();
  for (const f of group) {
    const day = plotDay(f)!;
    const at = start.get(day)! + (used.get(day) ?? 0);
    used.set(day, (used.get(day) ?? 0) + 1);
    out.low[at] = f.low;
    out.high[at] = f.high;
    out.figures[at] = f;
  }
  return out;
}
