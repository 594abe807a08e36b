/** Which page an address names. Addresses are plain paths; a page's filters live in the address's query. */

export type Route =
  | { page: 'map' }
  | { page: 'event'; id: string }
  | { page: 'report'; id: string }
  | { page: 'review' }
  | { page: 'rounds' }
  | { page: 'control' }
  | { page: 'figures' }
  | { page: 'deadlines' }
  | { page: 'sources' }
  | { page: 'login' }
  | { page: 'missing'; path: string };

const FIXED: Record<string, Route> = {
  '/': { page: 'map' },
  '/review': { page: 'review' },
  '/review/rounds': { page: 'rounds' },
  '/ledgers/control': { page: 'control' },
  '/ledgers/figures': { page: 'figures' },
  '/ledgers/deadlines': { page: 'deadlines' },
  '/ledgers/sources': { page: 'sources' },
  '/login': { page: 'login' },
};

export function route(path: string): Route {
  const clean = path.length > 1 ? path.replace(/\/+$/, '') : path;
  const fixed = FIXED[clean || '/'];
  if (fixed) return fixed;
  const item = /^\/(events|reports)\/([^/]+)$/.exec(clean);
  if (!item) return { page: 'missing', path };
  const id = decode(item[2]!);
  return item[1] === 'events' ? { page: 'event', id } : { page: 'report', id };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export const eventPath = (id: string): string => `/events/${encodeURIComponent(id)}`;
export const reportPath = (id: string, claim?: string): string =>
  `/reports/${encodeURIComponent(id)}${claim ? `?claim=${encodeURIComponent(claim)}` : ''}`;

/** A path of this site, from an untrusted value; anything else is the map. */
export const safePath = (next: string | null): string =>
  next && /^\/(?![/\\])/.test(next) && !next.startsWith('/api/') ? next : '/';
