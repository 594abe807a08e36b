import { describe, expect, it } from 'vitest';
import type { Claim, EventRecord, Span, Version } from '../types';
import { differs, marksIn, sayers, voices } from './voices';

const TEXT = 'Earlier words. The army 🪖 entered\n\nthe town on Friday, it said.';
const FROM = [...'Earlier words. '].length;

function span(words: string): Span {
  const start = [...TEXT.slice(0, TEXT.indexOf(words))].length;
  return { text: words, start, end: start + [...words].length };
}
function claim(id: string, more: Partial<Claim> = {}): Claim {
  return {
    id, report_id: 'r', type: 'advance', codes: { plover: null, cameo: null, acled: null, ucdp: null },
    trigger: span('entered'), sentence: { start: FROM, end: [...TEXT].length }, agents: [], targets: [], place: null,
    time: null, modality: 'asserted', sources: [], figures: [], background: false, evidence: [], quoted: false,
    confidence: 0.9, ...more,
  };
}
const version = (id: string, voice: string): Version => ({
  claim: claim(id), voice, quote: { before: '', text: '', after: '' }, reviewed: null,
  report: { id: 'r', title: '', outlet: 'Wire', published: null, url: '', sha256: '' },
});
const marked = (text: string, c: Claim) =>
  marksIn({ before: '', text, after: '' }, c).map((m) => [m.role, [...text].slice(m.start, m.end).join('')]);

describe('marksIn', () => {
  const told = claim('c', { time: { ...span('Friday'), earliest: null, latest: null, precision: 1 } });
  it('finds the words at their offsets, in code points', () => {
    expect(marked([...TEXT].slice(FROM).join(''), told)).toEqual([['trigger', 'entered'], ['time', 'Friday']]);
  });
  it('finds them where white space was evened out', () => {
    expect(marked('The army 🪖 entered the town on Friday, it said.', told)).toEqual([['trigger', 'entered'], ['time', 'Friday']]);
  });
  it('leaves out what stands elsewhere or nowhere', () => {
    const more = { ...told, trigger: span('Earlier'), time: { ...told.time!, start: null, end: null } };
    expect(marked('The army entered the town.', more)).toEqual([]);
  });
});

describe('voices', () => {
  it('gather the claims of one source, in order', () => {
    const all = voices([version('a', 'Agency'), version('b', 'Monitor'), version('c', 'Agency')]);
    expect(all.map((v) => [v.name, v.versions.map((x) => x.claim.id)])).toEqual([['Agency', ['a', 'c']], ['Monitor', ['b']]]);
  });
  it('are named once for a value, with their first claim of it', () => {
    const all = [version('a', 'Agency'), version('b', 'Monitor'), version('c', 'Agency')];
    expect(sayers(['c', 'b', 'a'], all)).toEqual([{ name: 'Agency', claim: 'c' }, { name: 'Monitor', claim: 'b' }]);
    expect(sayers(['gone'], all)).toEqual([{ name: 'gone', claim: 'gone' }]);
  });
});

describe('differs', () => {
  it('tells the fields on which a claim stands against another', () => {
    const event = {
      disagreements: [
        { field: 'happened', values: [{ value: 'yes', claims: ['a'] }, { value: 'no', claims: ['b'] }] },
        { field: 'figures.killed', values: [{ value: '3', claims: ['a'] }, { value: '9', claims: ['c'] }] },
      ],
    } as unknown as EventRecord;
    expect([...differs(event, 'a')]).toEqual(['happened', 'figures']);
    expect([...differs(event, 'c')]).toEqual(['figures']);
    expect([...differs(event, 'd')]).toEqual([]);
  });
});
