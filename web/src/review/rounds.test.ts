import { describe, expect, it } from 'vitest';
import type { Claim } from '../types';
import { answer, blank, draftOf, inWords, reading } from './rounds';

const claim = {
  id: 'c1', report_id: 'r1', type: 'shelling', trigger: { text: 'shelled', start: 5, end: 12 },
  sentence: { start: 0, end: 60 }, agents: [{ text: 'Army', start: 0, end: 4, name: 'Army' }], targets: [], place: null,
  time: null, modality: 'denied', sources: [], figures: [], background: true, evidence: [], quoted: true, confidence: 0.7,
} as unknown as Claim;

describe('blind coding', () => {
  it('hides the reading of the program', () => {
    const empty = blank(claim);
    expect(empty.type).toBe('');
    expect(empty.agents).toEqual([]);
    expect(empty.modality).toBe('asserted');
    expect(empty.trigger).toEqual(claim.trigger);
  });

  it('waits for a type and sends every field', () => {
    expect(answer(blank(claim), {}, false)).toBeNull();
    const draft = { type: 'clash', agents: [{ text: 'Army', start: 0, end: 4 }] };
    expect(answer(blank(claim), draft, false)).toEqual({
      type: 'clash', modality: 'asserted', background: false, agents: [{ start: 0, end: 4 }], targets: [], place: null,
      time: null, figures: [],
    });
  });

  it('can say that there is no event', () => {
    expect(answer(blank(claim), { type: 'clash' }, true)).toEqual({ type: null });
  });

  it('takes an earlier answer up again', () => {
    const given = { type: 'clash', modality: 'denied', background: false, agents: [{ start: 0, end: 4, text: 'Army' }], place: null };
    const draft = draftOf(given);
    expect(answer(blank(claim), draft, false)).toMatchObject({ ...given, agents: [{ start: 0, end: 4 }] });
  });
});

describe('values in words', () => {
  it.each([
    ['type', null, 'no event'], ['place', null, 'none'], ['agents', [], 'none'], ['background', false, 'no'],
    ['agents', [{ text: 'the army', name: 'Syria' }, { text: 'rebels', name: '' }], 'Syria; rebels'],
    ['figures', [{ kind: 'killed', low: 3, high: null }], 'killed at least 3'],
    ['time', { earliest: '2020-02-01', latest: '2020-02-01' }, '1 Feb 2020'],
  ])('%s %j', (field, value, words) => expect(inWords(field, value)).toBe(words));

  it('reads alpha', () => {
    expect([0.9, 0.7, 0.2, null].map(reading)).toEqual(['reliable', 'tentative', 'unreliable', 'not defined']);
  });
});
