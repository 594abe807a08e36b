import { describe, expect, it } from 'vitest';
import type { Claim } from '../types';
import { changed, detail, put, take, toFields, wordless } from './draft';

const actor = (text: string, start: number | null, end: number | null): Claim['agents'][number] => ({
  text,
  start,
  end,
  name: text,
  country: '',
  sector: 'MIL',
  group: '',
  actor_id: null,
});
const claim: Claim = {
  id: 'c1',
  report_id: 'r1',
  type: 'shelling',
  codes: { plover: null, cameo: null, acled: null, ucdp: null },
  trigger: { text: 'shelled', start: 5, end: 12 },
  sentence: { start: 0, end: 60 },
  agents: [actor('Army', 0, 4)],
  targets: [],
  place: null,
  time: null,
  modality: 'asserted',
  sources: [],
  figures: [{ text: '3 men', start: 20, end: 25, kind: 'killed', low: 3, high: 3, of: 'men', includes: [] }],
  background: false,
  evidence: [],
  quoted: false,
  confidence: 0.7,
};

describe('a draft', () => {
  it('adds to a field that holds several, in order of the text', () => {
    const draft = put(claim, {}, 'agents', { start: 30, end: 35 }, 'navy');
    expect(toFields(claim, draft)).toEqual({
      agents: [
        { start: 0, end: 4 },
        { start: 30, end: 35 },
      ],
    });
  });

  it('replaces the one value of a field that holds one', () => {
    const draft = put(
      claim,
      put(claim, {}, 'place', { start: 1, end: 2 }, 'x'),
      'place',
      { start: 30, end: 35 },
      'Sarmin',
    );
    expect(toFields(claim, draft)).toEqual({ place: { start: 30, end: 35 } });
  });

  it('does not add the same words twice', () => {
    expect(changed(claim, put(claim, {}, 'agents', { start: 0, end: 4 }, 'Army'))).toEqual([]);
  });

  it('empties a field', () => {
    expect(toFields(claim, take(claim, {}, 'agents', 0))).toEqual({ agents: [] });
    const placed: Claim = {
      ...claim,
      place: {
        ...actor('Sarmin', 40, 46),
        geonameid: 1,
        admin1: '',
        feature: '',
        lat: null,
        lon: null,
        radius_km: null,
        precision: 1,
        relation: null,
      },
    };
    expect(toFields(placed, take(placed, {}, 'place', 0))).toEqual({ place: null });
  });

  it('empties a field whose value rests on no words', () => {
    const inherited = { ...claim, agents: [actor('Army', null, null)] };
    expect(toFields(inherited, take(inherited, {}, 'agents', 0))).toEqual({ agents: [] });
  });

  it('leaves the details of words that are there already', () => {
    expect(put(claim, {}, 'figures', { start: 20, end: 25 }, '3 men')).toEqual({});
  });

  it('sends only what differs', () => {
    expect(toFields(claim, { type: 'shelling', modality: 'denied' })).toEqual({ modality: 'denied' });
  });

  it('keeps the numbers of the figures that stand', () => {
    const draft = put(claim, {}, 'figures', { start: 50, end: 58 }, '12 women');
    expect(toFields(claim, draft)['figures']).toEqual([
      { start: 20, end: 25, kind: 'killed', low: 3, high: 3 },
      { start: 50, end: 58, kind: 'killed' },
    ]);
  });

  it('names values that it cannot send', () => {
    const inherited = { ...claim, agents: [actor('Army', null, null)] };
    const draft = put(inherited, {}, 'agents', { start: 30, end: 35 }, 'navy');
    expect(wordless(inherited, draft).map((p) => p.text)).toEqual(['Army']);
    expect(toFields(inherited, draft)).toEqual({ agents: [{ start: 30, end: 35 }] });
  });

  it('lets the reviewer say what the words do not', () => {
    const draft = put(claim, {}, 'time', { start: 50, end: 58 }, 'that day');
    expect(toFields(claim, draft)).toEqual({ time: { start: 50, end: 58 } });
    const said = detail(claim, draft, 'time', 0, { earliest: '2020-02-01', latest: '' });
    expect(toFields(claim, said)).toEqual({ time: { start: 50, end: 58, earliest: '2020-02-01', latest: null } });
    const dates = detail(claim, { time: [{ text: '', start: null, end: null }] }, 'time', 0, { latest: '2020-02-03' });
    expect(toFields(claim, dates)).toEqual({ time: { earliest: null, latest: '2020-02-03' } });
    expect(wordless(claim, dates)).toEqual([]);
  });
});
