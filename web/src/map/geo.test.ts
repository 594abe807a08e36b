import { describe, expect, it } from 'vitest';
import type { MapEvent } from '../types';
import { bounds, circle, readBox, rings, stacks, writeBox, type Mapped } from './geo';

const event = (id: string, lon: number, lat: number, more: Partial<MapEvent> = {}): Mapped['features'][number] => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: [lon, lat] },
  properties: {
    kind: 'event', id, type: 'shelling', family: 'violence', label: 'Shelling', title: id, status: 'single-source',
    when: '2020-02-07', place: 'Saraqeb', radius_km: 5, precision: 1, claims: 1, ...more,
  },
});
const points = (...features: Mapped['features']): Mapped => ({ type: 'FeatureCollection', features });

function km([x0, y0]: number[], [x1, y1]: number[]): number {
  const r = Math.PI / 180;
  const a = Math.sin(((y1! - y0!) * r) / 2) ** 2
    + Math.cos(y0! * r) * Math.cos(y1! * r) * Math.sin(((x1! - x0!) * r) / 2) ** 2;
  return 2 * 6371.0088 * Math.asin(Math.sqrt(a));
}

describe('circle', () => {
  it('is closed, and every corner lies as far away as told', () => {
    const ring = circle(36.8, 35.9, 25);
    expect(ring[0]).toEqual(ring.at(-1));
    for (const p of ring) expect(km([36.8, 35.9], p)).toBeCloseTo(25, 6);
  });
});

describe('rings', () => {
  const all = points(event('a', 1, 1), event('b', 1, 1), event('c', 2, 2, { radius_km: 0.5 }), event('d', 3, 3, { radius_km: null }));
  it('draws one ring for a place and radius, none for exact places', () => {
    expect(rings(all, 9).features).toHaveLength(1);
  });
  it('draws none that a symbol would hide', () => {
    expect(rings(all, 4).features).toHaveLength(0);
    expect(rings(all, 13).features).toHaveLength(2);
  });
});

describe('stacks', () => {
  it('puts the contested event in front and keeps every id', () => {
    const [one, ...rest] = stacks(points(event('a', 1, 1), event('b', 1, 1, { status: 'contested' })), 3).features;
    expect(rest).toEqual([]);
    expect(one!.properties).toMatchObject({ id: 'b', icon: 'event|violence|contested|2' });
    expect(JSON.parse(one!.properties!['ids'] as string)).toEqual(['b', 'a']);
  });
});

describe('heaps', () => {
  const crowd = points(...[0, 1, 2, 3, 4, 5].map((i) => event(`e${i}`, 36 + i / 1000, 35, i ? {} : { status: 'contested' })));
  it('gather many places that would hide one another', () => {
    const [one, ...rest] = stacks(crowd, 4).features;
    expect(rest).toEqual([]);
    expect(one!.properties).toMatchObject({ kind: 'cluster', count: 6, contested: 1, icon: 'cluster|6|1', box: [36, 35, 36.005, 35] });
    expect(one!.geometry.coordinates[0]).toBeCloseTo(36.0025, 6);
  });
  it('come apart from near', () => {
    expect(stacks(crowd, 12).features).toHaveLength(6);
  });
  it('leave few places as they are, and lose no event at any zoom', () => {
    expect(stacks(points(event('a', 36, 35), event('b', 36.001, 35)), 4).features).toHaveLength(2);
    const many = points(...Array.from({ length: 300 }, (_, i) => event(`e${i}`, (i * 37) % 90, (i * 53) % 80)));
    for (const zoom of [0.5, 2, 5, 9, 13]) {
      const ids = stacks(many, zoom).features.flatMap((f) => JSON.parse(f.properties!['ids'] as string) as string[]);
      expect(new Set(ids).size).toBe(300);
      expect(ids).toHaveLength(300);
    }
  });
});

describe('boxes', () => {
  it('cover points and clusters', () => {
    const cluster: Mapped['features'][number] = {
      type: 'Feature', geometry: { type: 'Point', coordinates: [10, 10] },
      properties: { kind: 'cluster', count: 4, contested: 1, box: [8, 9, 12, 13] },
    };
    expect(bounds(points(event('a', 1, 1), cluster))).toEqual([1, 1, 12, 13]);
    expect(bounds(points())).toBeNull();
  });
  it('are written in the world’s own degrees and read again', () => {
    expect(writeBox([30, 33.12345, 40, 38])).toBe('30,33.123,40,38');
    expect(writeBox([-200, -95, 200, 95])).toBe('-180,-90,180,90');
    expect(writeBox([170, 0, 190, 10])).toBe('170,0,-170,10');
    expect(readBox('[1, 2,3,4]')).toEqual([1, 2, 3, 4]);
    expect(readBox('1,2,x,4')).toBeNull();
  });
});
