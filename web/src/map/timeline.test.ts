import { describe, expect, it } from 'vitest';
import { binEnd, binsFor, datesOf, fill, nextBin, step, windowOf } from './timeline';

const bin = (start: string, count = 1) => ({ start, count, contested: 0 });

describe('bins', () => {
  it('are as wide as the time is long', () => {
    expect(binsFor('2020-01-01', '2020-02-01')).toBe('day');
    expect(binsFor('2020-01-01', '2021-02-01')).toBe('week');
    expect(binsFor('2011-01-01', '2021-02-01')).toBe('month');
  });
  it('end where the next begins', () => {
    expect(binEnd('2020-02-01', 'month')).toBe('2020-02-29');
    expect(nextBin('2020-12-01', 'month')).toBe('2021-01-01');
    expect(binEnd('2020-02-03', 'week')).toBe('2020-02-09');
    expect(nextBin('2020-02-28', 'day')).toBe('2020-02-29');
  });
  it('are filled where nothing was told', () => {
    expect(fill([bin('2020-02-07', 3), bin('2020-02-04')], 'day').map((b) => [b.start, b.count])).toEqual([
      ['2020-02-04', 1], ['2020-02-05', 0], ['2020-02-06', 0], ['2020-02-07', 3],
    ]);
    expect(fill([], 'day')).toEqual([]);
  });
});

describe('the window', () => {
  const bins = ['2020-02-01', '2020-02-02', '2020-02-03', '2020-02-04'].map((s) => bin(s));
  it('goes to dates and back', () => {
    for (const w of [[0, 3], [1, 2], [2, 3], [0, 0]] as [number, number][]) {
      const { since, until } = datesOf(bins, 'day', w);
      expect(windowOf(bins, 'day', since, until)).toEqual(w);
    }
  });
  it('leaves open ends open', () => {
    expect(datesOf(bins, 'day', [0, 3])).toEqual({ since: '', until: '' });
  });
  it('stays within the bins for dates outside them', () => {
    expect(windowOf(bins, 'day', '2030-01-01', '2030-02-01')).toEqual([3, 3]);
  });
});

describe('step', () => {
  it('plays a window to the end and stops', () => {
    expect(step([0, 19], 20)).toEqual([0, 1]);
    expect(step([0, 1], 20)).toEqual([1, 2]);
    expect(step([18, 19], 20)).toBeNull();
    expect(step([0, 0], 1)).toBeNull();
  });
});
