/** The drawn map: one MapLibre map with its layers, and how data come into it. Loaded only when a map is shown. */
import * as gl from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import workerAddress from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import type { ControlPoint, Points } from '../types';
import { bounds, readBox, rings, stacks, type Box, type Mapped } from './geo';
import { colours as holderColours } from './holders';
import { palette, picture, pixelRatio } from './symbols';
import type { World } from './world';

gl.setWorkerUrl(workerAddress);

export interface Hooks {
  /** The window was moved; `byUser` is false for moves of the program. */
  onmove: (box: Box, zoom: number, byUser: boolean) => void;
  /** A symbol was chosen: the events at that point. */
  onpick: (ids: string[], at: [number, number]) => void;
  onhover: (id: string | null) => void;
  /** A place of the control layer was chosen. */
  onplace: (place: ControlPoint, at: [number, number]) => void;
}

const empty: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] };

export class Drawn {
  readonly map: gl.Map;
  private popup: gl.Popup | null = null;
  private points: GeoJSON.FeatureCollection<GeoJSON.Point> = { type: 'FeatureCollection', features: [] };
  private readonly dark = matchMedia('(prefers-color-scheme: dark)');

  constructor(
    private readonly box: HTMLElement,
    world: World,
    private readonly hooks: Hooks,
    start: Box | null,
  ) {
    this.map = new gl.Map({
      container: box,
      style: style(world),
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      maxPitch: 0,
      minZoom: 0.5,
      maxZoom: 13,
      fadeDuration: 0,
      // on a phone one finger scrolls the page, two move the map
      cooperativeGestures: matchMedia('(max-width: 800px)').matches,
      ...(start ? { bounds: start, fitBoundsOptions: { animate: false } } : { center: [38, 33], zoom: 3.2 }),
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.addControl(new gl.NavigationControl({ showCompass: false }), 'top-right');
    this.map.addControl(new gl.ScaleControl({}), 'bottom-left');
    this.map.addControl(new gl.AttributionControl({ compact: false, customAttribution: 'Base map: Natural Earth' }));
    this.map.setMissingStyleImageResolver((id) => this.addPicture(id));
    this.map.on('moveend', (e: object) => this.moved('originalEvent' in e || 'byUser' in e));
    this.listen();
    this.dark.addEventListener('change', this.recolour);
  }

  private addPicture(id: string): void {
    const pixels = picture(id, palette());
    if (pixels && !this.map.hasImage(id)) this.map.addImage(id, pixels, { pixelRatio });
  }

  private listen(): void {
    const layers = ['events'];
    const map = this.map;
    map.on('click', layers, (e) => {
      const f = e.features?.[0];
      if (!f) return;
      const at = (f.geometry as GeoJSON.Point).coordinates as [number, number];
      if (f.properties['kind'] === 'cluster') this.open(f.properties['box'] as string, at);
      else this.hooks.onpick(JSON.parse(f.properties['ids'] as string) as string[], at);
    });
    map.on('click', 'control', (e) => {
      const f = e.features?.[0];
      if (!f || map.queryRenderedFeatures(e.point, { layers }).length) return;
      const at = (f.geometry as GeoJSON.Point).coordinates as [number, number];
      this.hooks.onplace(JSON.parse(f.properties['told'] as string) as ControlPoint, at);
    });
    map.on('mousemove', layers, (e) => {
      map.getCanvas().style.cursor = 'pointer';
      this.hooks.onhover((e.features?.[0]?.properties['id'] as string | undefined) ?? null);
    });
    map.on('mouseleave', layers, () => {
      map.getCanvas().style.cursor = '';
      this.hooks.onhover(null);
    });
  }

  /** Look into a cluster. */
  private open(box: string, at: [number, number]): void {
    const b = readBox(box);
    const byUser = { byUser: true };
    if (b && (b[2] > b[0] || b[3] > b[1])) this.map.fitBounds(b, { padding: 60, maxZoom: 11 }, byUser);
    else this.map.easeTo({ center: at, zoom: this.map.getZoom() + 2 }, byUser);
  }

  private moved(byUser: boolean): void {
    this.hooks.onmove(this.window(), this.map.getZoom(), byUser);
  }

  window(): Box {
    const b = this.map.getBounds();
    return [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()];
  }
  get zoom(): number {
    return this.map.getZoom();
  }

  ready(): Promise<void> {
    return new Promise((done) => {
      if (this.map.isStyleLoaded()) done();
      else void this.map.once('style.load', () => done());
    });
  }

  /** The base map has been painted once. */
  painted(): Promise<void> {
    return new Promise((done) => {
      if (this.map.loaded()) done();
      else void this.map.once('load', () => done());
    });
  }

  show(points: Mapped): void {
    const zoom = this.map.getZoom();
    this.points = stacks(points, zoom);
    this.put('points', this.points);
    this.put('rings', rings(points, zoom));
  }

  showControl(points: Points<ControlPoint> | null): void {
    if (!points) return this.put('control', empty);
    const of = holderColours(points.features.map((f) => f.properties.holder));
    const features = points.features.map((f) => ({
      ...f,
      properties: {
        told: JSON.stringify(f.properties),
        name: `name|${f.properties.place}: ${f.properties.holder}`,
        icon: `holder|${of.get(f.properties.holder)}|${f.properties.contested ? 1 : 0}`,
      },
    }));
    this.put('control', { type: 'FeatureCollection', features });
  }

  /** Show where an event lies; null for none. */
  mark(id: string | null): void {
    const f = id ? this.points.features.find((p) => (p.properties?.['ids'] as string | undefined)?.includes(`"${id}"`)) : null;
    this.put('marked', f ? { type: 'FeatureCollection', features: [f] } : empty);
  }

  fit(points: Mapped): void {
    const b = bounds(points);
    if (b) this.map.fitBounds(b, { padding: 50, maxZoom: 8, animate: false });
  }
  fitBox(box: Box): void {
    this.map.fitBounds(box, { animate: false });
  }
  center(at: [number, number], zoom = 7): void {
    this.map.easeTo({ center: at, zoom: Math.max(zoom, this.map.getZoom()) }, { byUser: true });
  }

  openPopup(at: [number, number], content: HTMLElement, onclose: () => void): void {
    this.closePopup();
    this.popup = new gl.Popup({ maxWidth: '320px', offset: 14, focusAfterOpen: true }).setLngLat(at).setDOMContent(content).addTo(this.map);
    this.popup.on('close', onclose);
  }
  closePopup(): void {
    this.popup?.remove();
    this.popup = null;
  }

  private put(source: string, data: GeoJSON.FeatureCollection): void {
    this.map.getSource<gl.GeoJSONSource>(source)?.setData(data);
  }

  private readonly recolour = (): void => {
    const c = palette();
    for (const id of this.map.listImages()) {
      this.map.removeImage(id);
      this.addPicture(id);
    }
    this.map.setPaintProperty('sea', 'background-color', c.sea);
    this.map.setPaintProperty('land', 'fill-color', c.land);
    this.map.setPaintProperty('borders', 'line-color', c.border);
    const colour = statusColour(c);
    this.map.setPaintProperty('rings', 'fill-color', colour);
    this.map.setPaintProperty('ring-lines', 'line-color', colour);
    this.map.setPaintProperty('marked', 'circle-stroke-color', c.ink);
  };

  resize(): void {
    this.map.resize();
  }
  remove(): void {
    this.dark.removeEventListener('change', this.recolour);
    this.map.remove();
    this.box.replaceChildren();
  }
}

type Palette = ReturnType<typeof palette>;

function statusColour(c: Palette): gl.ExpressionSpecification {
  return [
    'match', ['get', 'status'],
    'contested', c.contested, 'corroborated', c.corroborated, 'denied', c.denied, 'planned', c.planned,
    c['single-source'],
  ];
}

function style(world: World): gl.StyleSpecification {
  const c = palette();
  const geojson = (data: GeoJSON.GeoJSON) => ({ type: 'geojson' as const, data });
  const label = { 'icon-optional': false, 'icon-padding': 4 };
  return {
    version: 8,
    sources: {
      land: geojson(world.land), borders: geojson(world.borders), countries: geojson(world.labels),
      rings: geojson(empty), points: geojson(empty), control: geojson(empty), marked: geojson(empty),
    },
    layers: [
      { id: 'sea', type: 'background', paint: { 'background-color': c.sea } },
      { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': c.land } },
      {
        id: 'borders', type: 'line', source: 'borders',
        paint: { 'line-color': c.border, 'line-width': ['interpolate', ['linear'], ['zoom'], 1, 0.6, 6, 1.6] },
      },
      { id: 'rings', type: 'fill', source: 'rings', paint: { 'fill-color': statusColour(c), 'fill-opacity': 0.07 } },
      {
        id: 'ring-lines', type: 'line', source: 'rings',
        paint: { 'line-color': statusColour(c), 'line-opacity': 0.65, 'line-width': 1.2, 'line-dasharray': [3, 3] },
      },
      {
        id: 'countries', type: 'symbol', source: 'countries', maxzoom: 8,
        filter: ['>=', ['get', 'size'], ['step', ['zoom'], 3000, 2.5, 700, 3.5, 60, 5, 0]],
        layout: { ...label, 'icon-image': ['concat', 'country|', ['get', 'name']], 'symbol-sort-key': ['-', ['get', 'size']] },
      },
      {
        id: 'control', type: 'symbol', source: 'control',
        layout: { 'icon-image': ['get', 'icon'], 'icon-allow-overlap': true, 'icon-ignore-placement': true, 'icon-offset': [-22, -14] },
      },
      {
        id: 'control-names', type: 'symbol', source: 'control', minzoom: 5,
        layout: { ...label, 'icon-image': ['get', 'name'], 'icon-anchor': 'right', 'icon-offset': [-34, -14] },
      },
      {
        id: 'marked', type: 'circle', source: 'marked',
        paint: {
          'circle-radius': 22, 'circle-color': 'rgba(0,0,0,0)', 'circle-stroke-width': 3, 'circle-stroke-color': c.ink,
        },
      },
      {
        id: 'events', type: 'symbol', source: 'points',
        layout: {
          'icon-image': ['get', 'icon'], 'icon-allow-overlap': true, 'icon-ignore-placement': true,
          'symbol-sort-key': ['get', 'order'],
        },
      },
      {
        id: 'names', type: 'symbol', source: 'points', minzoom: 6.5,
        filter: ['all', ['==', ['get', 'kind'], 'event'], ['!=', ['get', 'place'], '']],
        layout: { ...label, 'icon-image': ['concat', 'name|', ['get', 'place']], 'icon-anchor': 'top', 'icon-offset': [0, 17] },
      },
    ],
  };
}
