/** Values as words: dates with their uncertainty, ranges of numbers, names of codes. */
import type { Place, Relation } from './types';

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** "7 Feb 2020", "7 Feb 2020, 14:30" where an hour is given; the text as it stands if it is no date. */
export function date(iso: string | null | undefined): string {
  if (!iso) return '';
  const m = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}:\d{2}))?/.exec(iso);
  if (!m) return iso;
  const day = `${Number(m[3])} ${MONTHS[Number(m[2]) - 1] ?? '?'} ${m[1]}`;
  return m[4] && m[4] !== '00:00' ? `${day}, ${m[4]}` : day;
}

/** An honest interval: one day, "3–7 Feb 2020", "1 Feb – 3 Mar 2020", "since …", "by …". */
export function interval(earliest: string | null, latest: string | null): string {
  if (!earliest && !latest) return 'date not told';
  if (!earliest) return `by ${date(latest)}`;
  if (!latest) return `from ${date(earliest)}`;
  const [a, b] = [earliest.slice(0, 10), latest.slice(0, 10)];
  if (a === b) return date(earliest === latest ? earliest : a);
  if (a.slice(0, 7) === b.slice(0, 7)) return `${Number(a.slice(8))}–${date(b)}`;
  return a.slice(0, 4) === b.slice(0, 4) ? `${date(a).replace(/ \d{4}$/, '')} – ${date(b)}` : `${date(a)} – ${date(b)}`;
}

/** "2020-02-03/2020-02-07", as the map gives a time; nothing where it is no date. */
export function told(when: string | null): string {
  const [a, b = a] = (when ?? '').split('/').map((d) => (/^\d{4}-/.test(d) ? d : null));
  return a || b ? interval(a ?? null, b ?? null) : '';
}

/** Days from first to last, both counted; null where an end is open. */
export function days(earliest: string | null, latest: string | null): number | null {
  if (!earliest || !latest) return null;
  return Math.round((Date.parse(latest.slice(0, 10)) - Date.parse(earliest.slice(0, 10))) / 864e5) + 1;
}

export const number = (n: number): string =>
  Number.isInteger(n) ? n.toLocaleString('en-GB') : n.toLocaleString('en-GB', { maximumFractionDigits: 2 });

/** "15", "10–20", "at least 24", "up to 10", "not told". */
export function range(low: number | null, high: number | null): string {
  if (low === null && high === null) return 'number not told';
  if (high === null) return `at least ${number(low!)}`;
  if (low === null) return `up to ${number(high)}`;
  return low === high ? number(low) : `${number(low)}–${number(high)}`;
}

/** "single-source" → "Single source". */
export function label(code: string): string {
  const text = code.replaceAll(/[-_]/g, ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export const plural = (n: number, one: string, many = `${one}s`): string => `${number(n)} ${n === 1 ? one : many}`;

export const percent = (p: number): string => `${Math.round(p * 100)} %`;

/** "10 km south of", "near": how the place lies to the one named. */
export function relation(r: Relation | null): string {
  if (!r) return '';
  const far = r.distance_km === null ? '' : `${number(r.distance_km)} km `;
  if (r.bearing) return `${far}${r.bearing} of`.trim();
  return far ? `${far}from` : r.kind === 'in' ? '' : r.kind;
}

/** "Saraqeb, Idlib, SYR". */
export function place(p: Place | null): string {
  if (!p) return 'place not told';
  const parts = [p.name || p.text, p.admin1, p.country].filter(Boolean);
  return `${relation(p.relation)} ${[...new Set(parts)].join(', ')}`.trim();
}

/** Day numbers since 1970 (UTC), for arithmetic on dates. */
export const dayNumber = (iso: string): number => Math.round(Date.parse(`${iso.slice(0, 10)}T00:00:00Z`) / 864e5);
export const dayOf = (n: number): string => new Date(n * 864e5).toISOString().slice(0, 10);
