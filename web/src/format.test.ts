import { describe, expect, it } from 'vitest';
import { date, dayNumber, dayOf, days, interval, label, percent, place, plural, range, relation, told } from './format';
import type { Place } from './types';

describe('dates', () => {
  it('read as days and hours', () => {
    expect(date('2020-02-07')).toBe('7 Feb 2020');
    expect(date('2020-02-07T14:30:00')).toBe('7 Feb 2020, 14:30');
    expect(date(null)).toBe('');
    expect(date('long ago')).toBe('long ago');
  });
  it.each([
    ['2020-02-07', '2020-02-07', '7 Feb 2020'],
    ['2020-02-03', '2020-02-07', '3–7 Feb 2020'],
    ['2020-02-03', '2020-03-07', '3 Feb – 7 Mar 2020'],
    ['2019-12-31', '2020-01-01', '31 Dec 2019 – 1 Jan 2020'],
    ['2020-02-07T10:00', '2020-02-07T12:00', '7 Feb 2020'],
    [null, '2020-02-29', 'by 29 Feb 2020'],
    ['2020-02-29', null, 'from 29 Feb 2020'],
    [null, null, 'date not told'],
  ])('%s to %s is %s', (a, b, text) => expect(interval(a, b)).toBe(text));
  it('read from the map’s short form', () => {
    expect(told('2020-02-07')).toBe('7 Feb 2020');
    expect(told('2020-02-03/2020-02-07')).toBe('3–7 Feb 2020');
    expect(told('')).toBe('');
    expect(told(null)).toBe('');
  });
  it('count both ends', () => {
    expect(days('2020-02-28', '2020-03-01')).toBe(3);
    expect(days('2020-02-28', null)).toBeNull();
    expect(dayOf(dayNumber('2020-02-29') + 1)).toBe('2020-03-01');
  });
});

describe('ranges', () => {
  it.each([
    [16, 16, '16'],
    [10, 20, '10–20'],
    [10, null, 'at least 10'],
    [null, 150, 'up to 150'],
    [2000000, null, 'at least 2,000,000'],
    [0, 0, '0'],
    [null, null, 'number not told'],
  ])('%s to %s is %s', (a, b, text) => expect(range(a, b)).toBe(text));
});

describe('words', () => {
  it('are made of codes', () => {
    expect(label('single-source')).toBe('Single source');
    expect(plural(1, 'event')).toBe('1 event');
    expect(plural(0, 'event')).toBe('0 events');
    expect(percent(0.804)).toBe('80 %');
  });
  it('tell how a place lies', () => {
    expect(relation({ bearing: 'S', distance_km: 10, kind: 'near' })).toBe('10 km S of');
    expect(relation({ bearing: null, distance_km: null, kind: 'outskirts' })).toBe('outskirts');
    expect(relation({ bearing: null, distance_km: null, kind: 'in' })).toBe('');
    const p = { name: 'Idlib', admin1: 'Idlib', country: 'SYR', text: 'Idlib', relation: null } as Place;
    expect(place(p)).toBe('Idlib, SYR');
    expect(place(null)).toBe('place not told');
  });
});
