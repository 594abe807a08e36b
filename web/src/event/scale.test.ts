import { describe, expect, it } from 'vitest';
import { line } from './scale';

const figure = (low: number | null, best: number | null, high: number | null) => ({
  kind: 'killed', low, best, high, by_source: [],
});

describe('line', () => {
  it.each([[1], [3], [7], [16], [150], [2_000_000]])('reaches over %d with a few round ticks', (n) => {
    const l = line(figure(0, n, n));
    expect(l.max).toBeGreaterThanOrEqual(n);
    expect(l.max).toBeLessThanOrEqual(Math.max(2, n * 1.7));
    expect(l.ticks.length).toBeGreaterThan(1);
    expect(l.ticks.length).toBeLessThan(8);
    expect(l.ticks.at(-1)).toBe(l.max);
    expect(l.at(l.max)).toBe(100);
  });
  it('stands where nothing is known', () => {
    expect(line(figure(null, null, null)).max).toBeGreaterThan(0);
  });
});
