/** The filters that every list of events shares, and the address's query that holds them. */
import type { Params } from './api';

export interface Filters {
  q: string;
  place: string;
  country: string;
  actor: string;
  source: string;
  type: string[];
  status: string[];
  since: string;
  until: string;
  box: string;
}

const WORDS = ['q', 'place', 'country', 'actor', 'source'] as const;
const DATES = ['since', 'until'] as const;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

export const none = (): Filters => ({
  q: '', place: '', country: '', actor: '', source: '', type: [], status: [], since: '', until: '', box: '',
});

/** Read the filters of an address; what is not well formed is left out. */
export function readFilters(params: URLSearchParams): Filters {
  const f = none();
  for (const name of WORDS) f[name] = (params.get(name) ?? '').trim();
  for (const name of DATES) {
    const value = params.get(name) ?? '';
    if (DATE.test(value) && !Number.isNaN(Date.parse(value))) f[name] = value;
  }
  f.type = [...new Set(params.getAll('type').filter(Boolean))];
  f.status = [...new Set(params.getAll('status').filter(Boolean))];
  const box = params.get('box') ?? '';
  if (box.split(',').length === 4 && box.split(',').every((n) => n !== '' && Number.isFinite(Number(n)))) f.box = box;
  return f;
}

/** Write filters into a query, leaving its other names as they are. */
export function writeFilters(filters: Filters, into: URLSearchParams = new URLSearchParams()): URLSearchParams {
  const out = new URLSearchParams(into);
  for (const [name, value] of Object.entries(filters)) {
    out.delete(name);
    if (typeof value === 'string') {
      if (value) out.set(name, value);
    } else for (const v of value as string[]) out.append(name, v);
  }
  return out;
}

/** As parameters of a call; `box` only where asked for. */
export const asParams = (f: Filters, withBox = false): Params => ({ ...f, box: withBox ? f.box : '' });

/** Each filter that is set, as words, with the filters that are left without it. */
export function chosen(f: Filters): { name: string; value: string; without: Filters }[] {
  const names = { q: 'Words', place: 'Place', country: 'Country', actor: 'Actor', source: 'Source', since: 'From', until: 'Until' };
  const one = Object.entries(names) as [keyof typeof names, string][];
  return [
    ...one.filter(([k]) => f[k]).map(([k, name]) => ({ name, value: f[k], without: { ...f, [k]: '' } })),
    ...(['type', 'status'] as const).flatMap((k) =>
      f[k].map((value) => ({ name: k === 'type' ? 'Type' : 'Status', value, without: { ...f, [k]: f[k].filter((v) => v !== value) } }))),
  ];
}

/** How many filters narrow the list (the window of the map is not one). */
export const active = (f: Filters): number =>
  [...WORDS, ...DATES].filter((n) => f[n]).length + f.type.length + f.status.length;
