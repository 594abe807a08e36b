/** The address as state: `here` follows the browser, `go` moves it, links are taken over by `follow`. */
import { route } from './router';

const now = () => ({ path: location.pathname, search: location.search });
let at = $state(now());

export const here = {
  get path() {
    return at.path;
  },
  get search() {
    return at.search;
  },
  get params(): URLSearchParams {
    return new URLSearchParams(at.search);
  },
  get route() {
    return route(at.path);
  },
};

/** Go to a path (with its query). `replace` leaves no step in the browser's history. */
export function go(to: string, options: { replace?: boolean } = {}): void {
  const url = new URL(to, location.href);
  const moved = url.pathname !== at.path;
  if (url.pathname === at.path && url.search === at.search) return;
  history[options.replace ? 'replaceState' : 'pushState'](null, '', url.pathname + url.search);
  at = now();
  if (moved) scrollTo(0, 0);
}

/** Write the query of the page that is shown; the path stays. */
export function setQuery(params: URLSearchParams, options: { replace?: boolean } = { replace: true }): void {
  const text = params.toString();
  go(at.path + (text ? `?${text}` : ''), options);
}

/** Let a click on a link of this site change the page without loading it anew. */
export function follow(e: MouseEvent): void {
  if (e.defaultPrevented || e.button !== 0 || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return;
  const link = (e.target as Element | null)?.closest('a');
  if (!link?.href || link.target || link.hasAttribute('download')) return;
  const url = new URL(link.href);
  if (url.origin !== location.origin || url.pathname.startsWith('/api/')) return;
  if (url.hash && url.pathname === at.path && url.search === at.search) return;
  e.preventDefault();
  go(url.pathname + url.search);
}

export function listen(): () => void {
  const moved = () => (at = now());
  addEventListener('popstate', moved);
  document.addEventListener('click', follow);
  return () => {
    removeEventListener('popstate', moved);
    document.removeEventListener('click', follow);
  };
}
