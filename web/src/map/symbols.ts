/** Pictures of the map, drawn on a canvas when they are first needed: event symbols, clusters, names.
 *
 *  The shape tells the status (a diamond is contested, a hollow disc is denied or planned), the sign inside tells
 *  the family of the type; neither hangs on colour alone. */
import type { Status } from '../types';

export type Palette = Record<Status | 'card' | 'ink' | 'soft' | 'accent' | 'onAccent' | 'land' | 'sea' | 'border', string>;

/** The page's colours as they are now, light or dark. */
export function palette(): Palette {
  const css = getComputedStyle(document.documentElement);
  const of = (name: string) => css.getPropertyValue(`--${name}`).trim();
  return {
    'single-source': of('single'), corroborated: of('corroborated'), contested: of('contested'),
    denied: of('denied'), planned: of('planned'), card: of('card'), ink: of('ink'), soft: of('soft'),
    accent: of('accent'), onAccent: of('on-accent'), land: of('land'), sea: of('sea'), border: of('border'),
  };
}

/** Signs in a box of 16 by 16, as paths to stroke. */
export const SIGNS: Record<string, string> = {
  violence: 'M8 2v12M2 8h12M4 4l8 8M12 4l-8 8',
  casualties: 'M8 2.5v11M4.5 6h7',
  territory: 'M4.5 14V2.5h8L10 5.2l2.5 2.8h-8',
  forces: 'M3 8.5 8 4l5 4.5M3 13l5-4.5 5 4.5',
  damage: 'M3 13.5V7l5-4.5L13 7v6.5zM8 2.5 6.5 7 10 9.5 8 13.5',
  coercion: 'M4 7.5h8v6H4zM5.5 7.5V5.3a2.5 2.5 0 0 1 5 0v2.2',
  people: 'M8 6.6a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM3.8 14c0-3.6 1.6-5.2 4.2-5.2s4.2 1.6 4.2 5.2',
  protest: 'M8 2v8M8 13.2v.6',
  words: 'M2.5 3.5h11v7h-6l-3 3v-3h-2z',
};
const SCALE = 2;

interface Picture {
  width: number;
  height: number;
  draw: (c: CanvasRenderingContext2D) => void;
}

/** Pixels of a picture by its name: `event|FAMILY|STATUS|N`, `cluster|N|CONTESTED`, `name|TEXT`, `country|TEXT`,
 *  `holder|COLOUR|CONTESTED`. */
export function picture(name: string, colours: Palette): ImageData | null {
  const [kind, ...rest] = name.split('|');
  const p = kind === 'event' ? event(rest[0] ?? '', rest[1] as Status, Number(rest[2] ?? 1), colours)
    : kind === 'cluster' ? cluster(Number(rest[0]), Number(rest[1]), colours)
    : kind === 'name' || kind === 'country' ? words(rest.join('|'), kind === 'country', colours)
    : kind === 'holder' ? holder(rest[0] ?? '', rest[1] === '1', colours)
    : null;
  if (!p) return null;
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(p.width * SCALE);
  canvas.height = Math.ceil(p.height * SCALE);
  const c = canvas.getContext('2d');
  if (!c) return null;
  c.scale(SCALE, SCALE);
  p.draw(c);
  return c.getImageData(0, 0, canvas.width, canvas.height);
}
export const pixelRatio = SCALE;

function event(family: string, status: Status, n: number, colours: Palette): Picture {
  const colour = colours[status] ?? colours['single-source'];
  const hollow = status === 'denied' || status === 'planned';
  return {
    width: 38,
    height: 38,
    draw(c) {
      const body = new Path2D();
      if (status === 'contested') {
        body.moveTo(19, 2.5);
        for (const [x, y] of [[35.5, 19], [19, 35.5], [2.5, 19]] as const) body.lineTo(x, y);
        body.closePath();
      } else body.arc(19, 19, 12, 0, 7);
      c.fillStyle = hollow ? colours.card : colour;
      c.strokeStyle = hollow ? colour : colours.card;
      c.lineWidth = hollow ? 2.2 : 1.8;
      if (status === 'planned') c.setLineDash([3.2, 2.4]);
      c.fill(body);
      c.stroke(body);
      c.setLineDash([]);
      c.save();
      c.translate(12, 12);
      c.scale(0.875, 0.875);
      c.lineWidth = 1.9;
      c.lineCap = c.lineJoin = 'round';
      c.strokeStyle = hollow ? colour : colours.card;
      c.stroke(new Path2D(SIGNS[family] ?? 'M8 7.5v1'));
      c.restore();
      if (status === 'denied') stroke(c, colour, 2.2, 'M10.5 27.5 27.5 10.5');
      if (n > 1) count(c, n, colours);
    },
  };
}

function stroke(c: CanvasRenderingContext2D, colour: string, width: number, path: string): void {
  c.strokeStyle = colour;
  c.lineWidth = width;
  c.stroke(new Path2D(path));
}

function count(c: CanvasRenderingContext2D, n: number, colours: Palette): void {
  const text = n > 99 ? '99+' : String(n);
  c.font = '700 10px system-ui, sans-serif';
  const wide = Math.max(14, c.measureText(text).width + 7);
  c.fillStyle = colours.ink;
  c.strokeStyle = colours.card;
  c.lineWidth = 1.5;
  c.beginPath();
  c.roundRect(37 - wide, 1, wide, 14, 7);
  c.fill();
  c.stroke();
  c.fillStyle = colours.card;
  c.textAlign = 'center';
  c.textBaseline = 'middle';
  c.fillText(text, 37 - wide / 2, 8.4);
}

function cluster(n: number, contested: number, colours: Palette): Picture {
  const r = Math.min(30, 13 + 4 * Math.log10(Math.max(1, n)));
  const mid = r + 7;
  return {
    width: mid * 2,
    height: mid * 2,
    draw(c) {
      c.fillStyle = colours.accent;
      c.beginPath();
      c.arc(mid, mid, r, 0, 7);
      c.fill();
      if (contested > 0) {
        // an arc as long as the share that is contested
        c.strokeStyle = colours.contested;
        c.lineWidth = 4;
        c.beginPath();
        c.arc(mid, mid, r + 2, -Math.PI / 2, -Math.PI / 2 + 2 * Math.PI * Math.max(0.05, contested / n));
        c.stroke();
      }
      if (contested > 0) {
        const x = mid + r * 0.72;
        const y = mid - r * 0.72;
        c.fillStyle = colours.contested;
        c.strokeStyle = colours.card;
        c.lineWidth = 1.5;
        const diamond = new Path2D(`M${x} ${y - 7}L${x + 7} ${y}L${x} ${y + 7}L${x - 7} ${y}z`);
        c.fill(diamond);
        c.stroke(diamond);
      }
      c.fillStyle = colours.onAccent;
      c.font = '650 12px system-ui, sans-serif';
      c.textAlign = 'center';
      c.textBaseline = 'middle';
      c.fillText(n >= 10000 ? `${Math.round(n / 1000)}k` : String(n), mid, mid + 0.5);
    },
  };
}

function words(text: string, country: boolean, colours: Palette): Picture {
  const font = country ? '600 12px system-ui, sans-serif' : '500 11.5px system-ui, sans-serif';
  const probe = document.createElement('canvas').getContext('2d');
  if (probe) probe.font = font;
  const width = (probe?.measureText(text).width ?? text.length * 7) + 8;
  return {
    width,
    height: 20,
    draw(c) {
      c.font = font;
      c.textBaseline = 'middle';
      c.lineJoin = 'round';
      c.strokeStyle = colours.land;
      c.lineWidth = 3.5;
      c.strokeText(text, 4, 10.5);
      c.fillStyle = country ? colours.soft : colours.ink;
      c.fillText(text, 4, 10.5);
    },
  };
}

function holder(colour: string, contested: boolean, colours: Palette): Picture {
  return {
    width: 26,
    height: 26,
    draw(c) {
      c.fillStyle = colour;
      c.strokeStyle = contested ? colours.contested : colours.card;
      c.lineWidth = contested ? 3 : 1.5;
      c.beginPath();
      c.roundRect(5, 5, 16, 16, 3);
      c.fill();
      c.stroke();
      if (contested) stroke(c, colours.contested, 2, 'M5 21 21 5');
    },
  };
}
