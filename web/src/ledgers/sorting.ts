// The order of the sources' table.

import type { Voice } from './types';

export type Column = keyof Voice;

/** Sources by one column; equal ones by name. */
export function sorted(voices: readonly Voice[], by: Column, down: boolean): Voice[] {
  const sign = down ? -1 : 1;
  return [...voices].sort((a, b) => {
    const [x, y] = [a[by], b[by]];
    const order = typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y), 'en');
    return order * sign || a.name.localeCompare(b.name, 'en');
  });
}
