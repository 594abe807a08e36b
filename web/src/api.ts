/** Calls of the server: JSON in, JSON out, failures as `ApiError`. */
import type { Session } from './types';

export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

export type Params = Record<string, string | number | boolean | null | undefined | readonly string[]>;

let csrf: string | null = null;

/** `?a=1&b=2` of what is set; a list repeats its name; empty values are left out. */
export function query(params: Params): string {
  const q = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value === null || value === undefined || value === '' || value === false) continue;
    if (typeof value === 'object') for (const v of value) q.append(name, v);
    else q.set(name, String(value));
  }
  const text = q.toString();
  return text ? `?${text}` : '';
}

async function call<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (method !== 'GET' && csrf) headers['X-CSRF-Token'] = csrf;
  let answer: Response;
  try {
    answer = await fetch(path, {
      method,
      headers,
      credentials: 'same-origin',
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal ?? null,
    });
  } catch (e) {
    if (e instanceof DOMException && e.name === 'AbortError') throw e;
    throw new ApiError(0, 'The server cannot be reached. Is it still running?');
  }
  if (!answer.ok) throw new ApiError(answer.status, await reason(answer));
  return (answer.status === 204 ? null : await answer.json()) as T;
}

async function reason(answer: Response): Promise<string> {
  try {
    const body: unknown = await answer.json();
    if (body && typeof body === 'object' && 'detail' in body && typeof body.detail === 'string') return body.detail;
  } catch {
    // not JSON: the status must do
  }
  return `The server answered ${answer.status} ${answer.statusText}`.trim();
}

export const get = <T>(path: string, params: Params = {}, signal?: AbortSignal): Promise<T> =>
  call<T>('GET', path + query(params), undefined, signal);
export const post = <T>(path: string, body: unknown = {}): Promise<T> => call<T>('POST', path, body);
export const put = <T>(path: string, body: unknown = {}): Promise<T> => call<T>('PUT', path, body);
export const del = <T>(path: string): Promise<T> => call<T>('DELETE', path);

/** Was the call given up by us? Then there is nothing to say. */
export const aborted = (e: unknown): boolean => e instanceof DOMException && e.name === 'AbortError';

export const message = (e: unknown): string => (e instanceof Error ? e.message : String(e));

/** Keep the token that the session's answer brings; every later change carries it. */
export function remember(session: Session): Session {
  csrf = session.csrf;
  return session;
}
export const fetchSession = async (): Promise<Session> => remember(await get<Session>('/api/session'));
export const logIn = async (user: string, password: string): Promise<Session> =>
  remember(await post<Session>('/api/session', { user, password }));
export async function logOut(): Promise<Session> {
  await del<unknown>('/api/session');
  return fetchSession();
}
