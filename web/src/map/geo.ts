/** Small geometry of the map: circles of uncertainty, boxes, points that lie on one another. */
import type { MapCluster, MapEvent, Points, Status } from '../types';

export type Box = [number, number, number, number];
export type Mapped = Points<MapEvent | MapCluster>;
type Feature = Mapped['features'][number];

/** The ring of a circle of `km` around a point: the honest extent of an uncertain place. */
export function circle(lon: number, lat: number, km: number, corners = 64): GeoJSON.Position[] {
  const rad = Math.PI / 180;
  const d = km / 6371.0088;
  const out: GeoJSON.Position[] = [];
  for (let i = 0; i <= corners; i++) {
    const bearing = ((i % corners) * 2 * Math.PI) / corners;
    const sin = Math.sin(lat * rad) * Math.cos(d) + Math.cos(lat * rad) * Math.sin(d) * Math.cos(bearing);
    const y = Math.asin(sin);
    const x = Math.atan2(
      Math.sin(bearing) * Math.sin(d) * Math.cos(lat * rad), Math.cos(d) - Math.sin(lat * rad) * sin);
    out.push([lon + x / rad, y / rad]);
  }
  return out;
}

/** Circles for places that are not sure, one for each place and radius, where they reach beyond a symbol. */
export function rings(points: Mapped, zoom: number): GeoJSON.FeatureCollection {
  const seen = new Map<string, GeoJSON.Feature>();
  for (const f of points.features) {
    const p = f.properties;
    if (p.kind !== 'event' || p.radius_km === null) continue;
    const [lon, lat] = f.geometry.coordinates as [number, number];
    const pixel = (40075 * Math.cos((lat * Math.PI) / 180)) / (512 * 2 ** zoom); // kilometres
    if (p.radius_km < 14 * pixel) continue;
    const key = `${lon},${lat},${p.radius_km}`;
    if (seen.has(key)) continue;
    seen.set(key, {
      type: 'Feature',
      geometry: { type: 'Polygon', coordinates: [circle(lon, lat, p.radius_km)] },
      properties: { status: p.status, radius_km: p.radius_km },
    });
  }
  return { type: 'FeatureCollection', features: [...seen.values()] };
}

const WEIGHT: Record<Status, number> = { contested: 5, corroborated: 4, denied: 3, 'single-source': 2, planned: 1 };
export const weight = (s: Status): number => WEIGHT[s] ?? 0;

const CELL = 44; // pixels: as wide as a symbol
const CROWD = 4; // more places than this in one cell hide one another
const CLOSE = 10; // the zoom from which every place is shown

/** The cell of the drawn map that a point falls into (Web Mercator, 512 pixels around the world at zoom 0). */
function cell([lon, lat]: [number, number], zoom: number): string {
  const size = (512 * 2 ** zoom) / CELL;
  const y = Math.log(Math.tan(Math.PI / 4 + (Math.max(-85, Math.min(85, lat)) * Math.PI) / 360));
  return `${Math.floor(((lon + 180) / 360) * size)}/${Math.floor((0.5 - y / (2 * Math.PI)) * size)}`;
}

/** What is drawn.  Events at one and the same point become one symbol: the weightiest in front, with how many lie
 *  there.  Where many places crowd into the room of one symbol, they become one heap, as the server's clusters are. */
export function stacks(points: Mapped, zoom: number): GeoJSON.FeatureCollection<GeoJSON.Point> {
  const cells = new Map<string, Map<string, Feature[]>>();
  const out: GeoJSON.Feature<GeoJSON.Point>[] = [];
  for (const f of points.features) {
    const p = f.properties;
    if (p.kind === 'cluster') {
      out.push({ ...f, properties: { ...p, icon: `cluster|${p.count}|${p.contested}`, order: 10 } });
      continue;
    }
    const at = f.geometry.coordinates as [number, number];
    const here = zoom >= CLOSE ? at.join() : cell(at, zoom);
    const places = cells.get(here) ?? new Map<string, Feature[]>();
    const same = places.get(at.join());
    if (same) same.push(f);
    else cells.set(here, places.set(at.join(), [f]));
  }
  for (const places of cells.values()) {
    if (places.size > CROWD) out.push(heap([...places.values()].flat()));
    else for (const same of places.values()) out.push(stack(same));
  }
  return { type: 'FeatureCollection', features: out };
}

const eventsOf = (features: Feature[]) => features.map((f) => f.properties as MapEvent);

function stack(same: Feature[]): GeoJSON.Feature<GeoJSON.Point> {
  const events = eventsOf(same).sort((a, b) => weight(b.status) - weight(a.status));
  const top = events[0]!;
  const ids = JSON.stringify(events.map((e) => e.id));
  const icon = `event|${top.family}|${top.status}|${events.length}`;
  return { type: 'Feature', geometry: same[0]!.geometry, properties: { ...top, ids, icon, order: weight(top.status) } };
}

function heap(features: Feature[]): GeoJSON.Feature<GeoJSON.Point> {
  const events = eventsOf(features);
  const count = events.length;
  const contested = events.filter((e) => e.status === 'contested').length;
  const box = bounds({ type: 'FeatureCollection', features })!;
  const mean = (axis: 0 | 1) => features.reduce((sum, f) => sum + (f.geometry.coordinates[axis] ?? 0), 0) / count;
  const properties = {
    kind: 'cluster', count, contested, box, ids: JSON.stringify(events.map((e) => e.id)),
    icon: `cluster|${count}|${contested}`, order: 9,
  };
  return { type: 'Feature', geometry: { type: 'Point', coordinates: [mean(0), mean(1)] }, properties };
}

/** Where all points lie, or null where there is none. Clusters count with their boxes. */
export function bounds(points: Mapped): Box | null {
  let box: Box | null = null;
  for (const f of points.features) {
    const [x, y] = f.geometry.coordinates as [number, number];
    const b: Box = f.properties.kind === 'cluster' ? (readBox(f.properties.box) ?? [x, y, x, y]) : [x, y, x, y];
    box = box
      ? [Math.min(box[0], b[0]), Math.min(box[1], b[1]), Math.max(box[2], b[2]), Math.max(box[3], b[3])]
      : b;
  }
  return box;
}

/** A box from "w,s,e,n" or a list (which the map's worker may have turned into text). */
export function readBox(box: string | readonly number[]): Box | null {
  const n = (typeof box === 'string' ? box.replace(/[[\]\s]/g, '').split(',') : box).map(Number);
  return n.length === 4 && n.every(Number.isFinite) ? (n as unknown as Box) : null;
}

/** "w,s,e,n" to three places; the whole round of the world at most. */
export function writeBox([w, s, e, n]: Box): string {
  const whole = e - w >= 360;
  const x = (v: number) => Math.round((((v + 540) % 360) + 360) % 360 * 1000 - 180000) / 1000;
  const r = (v: number) => Math.round(Math.max(-90, Math.min(90, v)) * 1000) / 1000;
  return whole ? `-180,${r(s)},180,${r(n)}` : `${x(w)},${r(s)},${x(e)},${r(n)}`;
}
