import { describe, expect, it } from 'vitest';
import { query } from './api';
import { active, asParams, chosen, none, readFilters, writeFilters, type Filters } from './filters';

const full: Filters = {
  q: 'air & ground', place: 'Saraqeb', country: 'SYR', actor: 'Turkish army', source: 'Observers’ Network',
  type: ['shelling', 'air-strike'], status: ['contested'], since: '2020-02-01', until: '2020-02-29', box: '30,33,40,38',
};

describe('filters in the address', () => {
  it('come back as they were', () => {
    expect(readFilters(writeFilters(full))).toEqual(full);
    expect(readFilters(new URLSearchParams(writeFilters(full).toString()))).toEqual(full);
    expect(writeFilters(none()).toString()).toBe('');
  });
  it('leave other names of the address alone', () => {
    const q = writeFilters({ ...none(), type: ['shelling'] }, new URLSearchParams('sort=time&type=protest&q=x'));
    expect(q.toString()).toBe('sort=time&type=shelling');
  });
  it('are left out where they are no filters', () => {
    const f = readFilters(new URLSearchParams('since=yesterday&until=2020-13-01&box=1,2,3&type=&type=a&type=a&q=+x+'));
    expect(f).toEqual({ ...none(), type: ['a'], q: 'x' });
    expect(readFilters(new URLSearchParams('box=1,2,,4')).box).toBe('');
  });
});

describe('filters of a call', () => {
  it('repeat lists and leave out what is empty', () => {
    expect(query(asParams({ ...none(), type: ['a', 'b'], q: 'x y' }))).toBe('?q=x+y&type=a&type=b');
    expect(query({})).toBe('');
    expect(query({ zoom: 0, box: null })).toBe('?zoom=0');
  });
  it('hold the map’s window only where asked', () => {
    expect(asParams(full)['box']).toBe('');
    expect(asParams(full, true)['box']).toBe(full.box);
  });
});

describe('chosen', () => {
  it('names every filter and can leave out each alone', () => {
    const all = chosen(full);
    expect(all).toHaveLength(active(full));
    for (const c of all) expect(active(c.without)).toBe(active(full) - 1);
    expect(all.find((c) => c.value === 'shelling')!.without.type).toEqual(['air-strike']);
    expect(chosen({ ...none(), box: '1,2,3,4' })).toEqual([]);
  });
});

describe('active', () => {
  it('counts what narrows the list', () => {
    expect(active(none())).toBe(0);
    expect(active({ ...none(), box: '1,2,3,4' })).toBe(0);
    expect(active(full)).toBe(10);
  });
});
