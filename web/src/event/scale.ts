/** Figures on a line: where low, best, high and each source's number stand. */
import type { EventFigure } from '../types';

export interface Line {
  max: number;
  ticks: number[];
  at: (n: number) => number;
}

/** A round step so that some five ticks reach over the highest number. */
export function line(f: EventFigure): Line {
  const all = [f.low, f.best, f.high, ...f.by_source.flatMap((s) => [s.low, s.high])].filter((n) => n !== null);
  const top = Math.max(1, ...all);
  const raw = top / 4;
  const size = 10 ** Math.floor(Math.log10(raw));
  const step = Math.max(top <= 4 ? 1 : 0, ([1, 2, 2.5, 5, 10].find((k) => k * size >= raw) ?? 10) * size);
  const max = Math.ceil((top * 1.02) / step) * step;
  const ticks: number[] = [];
  for (let t = 0; t <= max + step / 2; t += step) ticks.push(Math.round(t * 1000) / 1000);
  return { max, ticks, at: (n) => (n / max) * 100 };
}
