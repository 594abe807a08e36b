// The order in which deadlines are read: what is open first, the next one due on top; then the past, the latest first.

import type { Deadline } from './types';

export const STATES = ['open', 'missed', 'late', 'met'] as const;
export type State = (typeof STATES)[number];

export const SAYS: Readonly<Record<State, string>> = {
  open: 'the day is yet to come',
  missed: 'the day has passed and no report tells that it was done, which is no proof that it was not',
  late: 'a report tells that it was done, after the day',
  met: 'a report tells that it was done in time',
};

export function ordered(deadlines: readonly Deadline[]): Deadline[] {
  const open = deadlines.filter((d) => d.state === 'open').sort((a, b) => compare(a.due, b.due));
  const past = deadlines.filter((d) => d.state !== 'open').sort((a, b) => compare(b.due, a.due));
  return [...open, ...past];
}

/** How many there are of each state. */
export const counts = (deadlines: readonly Deadline[]): Record<State, number> => {
  const out = { open: 0, missed: 0, late: 0, met: 0 };
  for (const d of deadlines) out[d.state] += 1;
  return out;
};

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
