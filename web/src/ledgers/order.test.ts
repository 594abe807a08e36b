import { describe, expect, it } from 'vitest';
import { counts, ordered } from './deadlines';
import { sorted } from './sorting';
import type { Deadline, Voice } from './types';

const deadline = (due: string, state: Deadline['state']): Deadline => ({
  due, state, announced: '2020-02-01', who: 'TUR', whom: 'SYR', type: 'threaten', words: 'warned', place: '', voice: '',
  answer: '', claim: due + state, event: '',
});
const voice = (name: string, claims: number): Voice => ({
  name, claims, kind: 'media', reports: 1, events: 1, shared: 0, first: 0, contradicted: 0,
});

describe('deadlines', () => {
  it('are open first, the next one due on top, then the past', () => {
    const all = [
      deadline('2020-01-01', 'met'), deadline('2020-03-09', 'open'), deadline('2020-02-01', 'missed'),
      deadline('2020-03-01', 'open'),
    ];
    expect(ordered(all).map((d) => d.due)).toEqual(['2020-03-01', '2020-03-09', '2020-02-01', '2020-01-01']);
    expect(counts(all)).toEqual({ open: 2, missed: 1, late: 0, met: 1 });
  });
});

describe('sources', () => {
  const all = [voice('Zeta', 3), voice('alpha', 10), voice('Beta', 3)];
  it('are ordered by number, equal ones by name', () => {
    expect(sorted(all, 'claims', true).map((v) => v.name)).toEqual(['alpha', 'Beta', 'Zeta']);
    expect(sorted(all, 'claims', false).map((v) => v.name)).toEqual(['Beta', 'Zeta', 'alpha']);
  });
  it('are ordered by name whatever its capitals', () => {
    expect(sorted(all, 'name', false).map((v) => v.name)).toEqual(['alpha', 'Beta', 'Zeta']);
  });
});
