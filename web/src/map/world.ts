/** The base map: countries of Natural Earth at 1:50 million, served with the page; nothing is fetched elsewhere. */
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import address from 'world-atlas/countries-50m.json?url';

type Atlas = Topology<{ countries: GeometryCollection<{ name: string }>; land: GeometryCollection }>;

export interface World {
  land: GeoJSON.FeatureCollection;
  borders: GeoJSON.MultiLineString;
  labels: GeoJSON.FeatureCollection<GeoJSON.Point, { name: string; size: number }>;
}

let world: Promise<World> | null = null;

/** Loaded once a visit; a failed try may be made again. */
export function loadWorld(): Promise<World> {
  world ??= read().catch((e: unknown) => {
    world = null;
    throw e;
  });
  return world;
}

async function read(): Promise<World> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`The base map could not be loaded (${answer.status}).`);
  const atlas = (await answer.json()) as Atlas;
  const { countries, land } = atlas.objects;
  return {
    land: whole(feature(atlas, land)),
    borders: { type: 'MultiLineString', coordinates: mesh(atlas, countries, (a, b) => a !== b).coordinates.map(unwrap) },
    labels: {
      type: 'FeatureCollection',
      features: feature(atlas, countries).features.flatMap((f) => labelOf(f)),
    },
  };
}

function labelOf(
  f: GeoJSON.Feature<GeoJSON.Geometry, { name: string }>,
): GeoJSON.Feature<GeoJSON.Point, { name: string; size: number }>[] {
  const polygons = f.geometry.type === 'Polygon' ? [f.geometry.coordinates]
    : f.geometry.type === 'MultiPolygon' ? f.geometry.coordinates : [];
  let best: { area: number; at: [number, number] } | null = null;
  for (const rings of polygons) {
    const found = ringCentre(unwrap(rings[0] ?? []));
    if (!best || found.area > best.area) best = found;
  }
  if (!best || !f.properties.name) return [];
  const geometry = { type: 'Point' as const, coordinates: best.at };
  return [{ type: 'Feature', geometry, properties: { name: f.properties.name, size: Math.round(best.area * 100) } }];
}

/** Lands that cross the date line, drawn in one piece beyond it rather than back around the world. */
function whole(lands: GeoJSON.FeatureCollection): GeoJSON.FeatureCollection {
  const coordinates = lands.features.flatMap((f) =>
    f.geometry.type === 'Polygon' ? [f.geometry.coordinates] : f.geometry.type === 'MultiPolygon' ? f.geometry.coordinates : []);
  const features = coordinates.map((rings): GeoJSON.Feature => (
    { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: rings.map((r) => close(unwrap(r))) } }));
  return { type: 'FeatureCollection', features };
}

/** A line whose neighbouring points are never more than half the world apart. */
export function unwrap(line: GeoJSON.Position[]): GeoJSON.Position[] {
  let turn = 0;
  return line.map((p, i) => {
    const step = i ? p[0]! - line[i - 1]![0]! : 0;
    if (step > 180) turn -= 360;
    else if (step < -180) turn += 360;
    return [p[0]! + turn, p[1]!];
  });
}

/** A ring that goes once around the world holds a pole: it is closed along the pole's edge of the map. */
function close(ring: GeoJSON.Position[]): GeoJSON.Position[] {
  const [a, b] = [ring[0]!, ring.at(-1)!];
  if (Math.abs(a[0]! - b[0]!) < 1) return ring;
  const pole = a[1]! < 0 ? -90 : 90;
  return [...ring, [b[0]!, pole], [a[0]!, pole], a];
}

/** Area (square degrees) and centre of mass of a ring. */
export function ringCentre(ring: GeoJSON.Position[]): { area: number; at: [number, number] } {
  let [twice, x, y] = [0, 0, 0];
  for (let i = 0; i + 1 < ring.length; i++) {
    const [x0, y0] = ring[i] as [number, number];
    const [x1, y1] = ring[i + 1] as [number, number];
    const c = x0 * y1 - x1 * y0;
    twice += c;
    x += (x0 + x1) * c;
    y += (y0 + y1) * c;
  }
  if (twice === 0) return { area: 0, at: [ring[0]?.[0] ?? 0, ring[0]?.[1] ?? 0] };
  return { area: Math.abs(twice / 2), at: [x / (3 * twice), y / (3 * twice)] };
}
