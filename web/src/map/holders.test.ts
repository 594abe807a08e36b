import { describe, expect, it } from 'vitest';
import { COLOURS, colours } from './holders';

describe('colours', () => {
  const eight = 'abcdefgh'.split('');
  it('are each holder’s own while there are enough', () => {
    expect(new Set(colours(eight).values()).size).toBe(8);
  });
  it('do not hang on the order or on how often a holder is named', () => {
    expect([...colours([...eight, ...eight].reverse())]).toEqual([...colours(eight)]);
  });
  it('are given out again beyond that', () => {
    const many = colours([...eight, 'i', 'j']);
    expect(many.size).toBe(10);
    expect([...many.values()].every((c) => COLOURS.includes(c))).toBe(true);
  });
});
