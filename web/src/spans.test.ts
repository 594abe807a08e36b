import { describe, expect, it } from 'vitest';
import { cut } from './spans';

const mark = (start: number, end: number, role = 'place') => ({ start, end, role });

describe('cut', () => {
  it('gives back the text whole, whatever is marked', () => {
    const text = 'Units 🪖 entered Saraqeb on Friday.';
    for (const marks of [[], [mark(0, 5)], [mark(0, 30), mark(16, 23)], [mark(-4, 4), mark(30, 99)], [mark(5, 5)]])
      expect(cut(text, marks).map((p) => p.text).join('')).toBe(text);
  });
  it('counts code points, not halves of them', () => {
    const pieces = cut('🪖🪖 Saraqeb', [mark(3, 10)]);
    expect(pieces.filter((p) => p.marks.length).map((p) => p.text)).toEqual(['Saraqeb']);
  });
  it('takes offsets of a part of a report', () => {
    expect(cut('Saraqeb fell', [mark(100, 107)], 100)[0]).toMatchObject({ text: 'Saraqeb', marks: [{ role: 'place' }] });
  });
  it('keeps both marks where they overlap', () => {
    const both = cut('abcdef', [mark(0, 4, 'agent'), mark(2, 6, 'place')]).find((p) => p.text === 'cd');
    expect(both!.marks.map((m) => m.role)).toEqual(['agent', 'place']);
  });
});
