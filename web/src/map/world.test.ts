import { describe, expect, it } from 'vitest';
import { ringCentre, unwrap } from './world';

describe('unwrap', () => {
  it('goes on beyond the date line, either way', () => {
    expect(unwrap([[170, 1], [-175, 2], [175, 3]])).toEqual([[170, 1], [185, 2], [175, 3]]);
    expect(unwrap([[-170, 1], [175, 2]])).toEqual([[-170, 1], [-185, 2]]);
    expect(unwrap([])).toEqual([]);
  });
});

describe('ringCentre', () => {
  it('is a square’s middle', () => {
    const { area, at } = ringCentre([[0, 0], [4, 0], [4, 2], [0, 2], [0, 0]]);
    expect(area).toBe(8);
    expect(at[0]).toBeCloseTo(2);
    expect(at[1]).toBeCloseTo(1);
  });
});
