/** One thing read from the server, read anew when what it depends on changes. */
import { aborted, get, type Params } from '../api';

export interface Resource<T> {
  readonly value: T | null;
  readonly error: unknown;
  readonly loading: boolean;
  again(): void;
}

/** `ask` says what to read; null for nothing. The last value stays until the next is there. */
export function resource<T>(ask: () => { path: string; params?: Params } | null): Resource<T> {
  let value = $state.raw<T | null>(null);
  let error = $state.raw<unknown>(null);
  let loading = $state(true);
  let turn = $state(0);

  $effect(() => {
    void turn;
    const what = ask();
    const stop = new AbortController();
    if (!what) {
      value = null;
      error = null;
      loading = false;
      return;
    }
    loading = true;
    get<T>(what.path, what.params ?? {}, stop.signal)
      .then((found) => {
        value = found;
        error = null;
        loading = false;
      })
      .catch((e: unknown) => {
        if (aborted(e)) return;
        error = e;
        loading = false;
      });
    return () => stop.abort();
  });

  return {
    get value() {
      return value;
    },
    get error() {
      return error;
    },
    get loading() {
      return loading;
    },
    again: () => (turn += 1),
  };
}
