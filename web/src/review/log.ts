// Which acts of the log can be taken back.

import type { LogEntry } from './types';

const TAKEN_BACK: ReadonlySet<string> = new Set(['accept', 'reject', 'correct-claim', 'merge', 'split', 'link', 'comment']);

export const undoable = (e: Pick<LogEntry, 'action'>): boolean => TAKEN_BACK.has(e.action);

/** The numbers of the acts that a later one undid. */
export const undone = (entries: readonly Pick<LogEntry, 'action' | 'subject'>[]): Set<number> =>
  new Set(entries.filter((e) => e.action === 'undo').map((e) => Number(e.subject)));

/** The last act that can still be taken back. */
export function lastAct(entries: readonly LogEntry[]): LogEntry | null {
  const gone = undone(entries);
  return [...entries].sort((a, b) => b.seq - a.seq).find((e) => undoable(e) && !gone.has(e.seq)) ?? null;
}

/** Several answers as one log, the last act first. */
export const together = (...parts: readonly (readonly LogEntry[])[]): LogEntry[] =>
  [...new Map(parts.flat().map((e) => [e.seq, e])).values()].sort((a, b) => b.seq - a.seq);

const NAMES: Readonly<Record<string, string>> = {
  accept: 'accepted',
  reject: 'rejected',
  'correct-claim': 'corrected',
  merge: 'merged',
  split: 'split off',
  link: 'linked',
  comment: 'commented',
  undo: 'undid',
};

/** An act in words: "corrected place, agents", "undid 12", "linked: cannot be one". */
export function said(e: LogEntry): string {
  const name = NAMES[e.action] ?? e.action;
  const body = (e.body ?? {}) as { fields?: Record<string, unknown>; kind?: string };
  if (e.action === 'undo') return `${name} ${e.subject}`;
  if (e.action === 'link' && body.kind) return `${name}: ${body.kind} be one`;
  return e.action === 'correct-claim' && body.fields ? `${name} ${Object.keys(body.fields).join(', ')}` : name;
}

const VERDICTS: Readonly<Record<string, string>> = { accept: 'accepted', reject: 'rejected', 'correct-claim': 'corrected' };

/** The verdict in force on a claim, in words; "" where none is. */
export function verdict(entries: readonly LogEntry[], claim: string): string {
  const gone = undone(entries);
  const mine = entries.filter((e) => e.subject === claim && e.action in VERDICTS && !gone.has(e.seq));
  const last = mine.sort((a, b) => b.seq - a.seq)[0];
  return last ? (VERDICTS[last.action] ?? '') : '';
}
