import { describe, expect, it } from 'vitest';
import { timeline } from './timeline';
import type { Period } from './types';

const period = (holder: string, since: string | null, until: string | null): Period => ({
  holder,
  since,
  until,
  voices: ['agency'],
  contested: false,
  others: [],
  claims: ['c'],
});

describe('timeline', () => {
  it('lays periods end to end and lets the open one run on', () => {
    const { bars, holders } = timeline([
      period('army', '2020-02-01', '2020-02-11'),
      period('factions', '2020-02-11', '2020-02-21'),
      period('army', '2020-02-21', null),
    ]);
    expect(holders).toEqual(['army', 'factions']);
    expect(bars.map((b) => b.holder)).toEqual([0, 1, 0]);
    expect(bars[0]!.left).toBe(0);
    expect(bars[1]!.left).toBeCloseTo(bars[0]!.width);
    expect(bars[2]!.left + bars[2]!.width).toBeCloseTo(100);
  });

  it('shows a period of no length', () => {
    const { bars } = timeline([period('army', '2020-02-01', '2020-02-01'), period('factions', '2020-02-01', null)]);
    expect(bars[0]!.width).toBeGreaterThan(0);
  });

  it('spans the days of statements too', () => {
    const { ticks } = timeline([period('army', '2020-02-10', null)], ['2020-02-01', null]);
    expect(ticks[0]).toEqual({ day: '2020-02-01', at: 0 });
  });

  it('leaves a gap where nobody is said to hold it', () => {
    const { bars } = timeline([period('army', '2020-02-01', '2020-02-05'), period('factions', '2020-02-10', null)]);
    expect(bars[1]!.left).toBeGreaterThan(bars[0]!.left + bars[0]!.width);
  });

  it('is empty where no day is known', () => {
    expect(timeline([])).toEqual({ bars: [], holders: [], ticks: [] });
    expect(timeline([period('army', null, null)])).toEqual({ bars: [], holders: ['army'], ticks: [] });
  });
});
