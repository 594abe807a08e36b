import { describe, expect, it } from 'vitest';
import { level, plotDay, series } from './series';
import type { Told } from './types';

const told = (voice: string, last: string | null, low: number | null, high = low, more: Partial<Told> = {}): Told => ({
  kind: 'killed',
  low,
  high,
  of: 'people',
  place: 'Idlib',
  country: 'SYR',
  first: last,
  last,
  span: 'happening',
  voice,
  outlet: 'Levant Wire',
  reported: '2020-03-01',
  claim: `${voice}-${last}-${low}`,
  event: 'e1',
  ...more,
});

describe('series', () => {
  it('is one line a source over a common axis', () => {
    const { x, lines, left } = series([
      told('monitor', '2020-02-01', 3),
      told('ministry', '2020-02-02', 5),
      told('monitor', '2020-02-03', 7),
    ]);
    expect(x.map((s) => new Date(s * 1000).toISOString().slice(0, 10))).toEqual([
      '2020-02-01',
      '2020-02-02',
      '2020-02-03',
    ]);
    expect(lines.map((l) => [l.voice, l.low])).toEqual([
      ['monitor', [3, null, 7]],
      ['ministry', [null, 5, null]],
    ]);
    expect(left).toEqual([]);
  });

  it('keeps both of two figures that one source gives for one day', () => {
    const { x, lines } = series([
      told('monitor', '2020-02-01', 3),
      told('monitor', '2020-02-01', 9),
      told('ministry', '2020-02-01', 4),
    ]);
    expect(x).toHaveLength(2);
    expect(x[0]).toBe(x[1]);
    expect(lines[0]!.low).toEqual([3, 9]);
    expect(lines[1]!.low).toEqual([4, null]);
  });

  it('parts totals of a period from counts of a day', () => {
    const { lines } = series([
      told('monitor', '2020-02-01', 3),
      told('monitor', '2020-02-02', 380000, 380000, { span: 'period' }),
    ]);
    expect(lines.map((l) => l.span).sort()).toEqual(['happening', 'period']);
  });

  it('keeps an open end open and draws at the end that is known', () => {
    const { lines } = series([told('monitor', '2020-02-01', null, 10)]);
    expect(lines[0]!.low).toEqual([null]);
    expect(lines[0]!.high).toEqual([10]);
    expect(level(null, 10)).toBe(10);
    expect(level(4, 10)).toBe(4);
  });

  it('falls back to the day of the report, and leaves out what has no day or number', () => {
    expect(plotDay(told('a', null, 1))).toBe('2020-03-01');
    const none = [told('a', null, 1, 1, { reported: null }), told('b', '2020-02-01', null)];
    expect(series(none)).toEqual({ x: [], lines: [], left: none });
  });

  it('shows the sources that say most and names the rest', () => {
    const all = [told('a', '2020-02-01', 1), told('b', '2020-02-01', 2), told('b', '2020-02-02', 3)];
    const { lines, left } = series(all, 1);
    expect(lines.map((l) => l.voice)).toEqual(['b']);
    expect(left.map((f) => f.voice)).toEqual(['a']);
  });

  it('does not depend on the order of what it is given', () => {
    const all = [told('a', '2020-02-03', 1), told('b', '2020-02-01', 2), told('c', '2020-02-02', 3)];
    const names = (s: ReturnType<typeof series>): unknown => [s.x, s.lines.map((l) => [l.voice, l.low])];
    expect(names(series([...all].reverse()))).toEqual(names(series(all)));
  });
});
