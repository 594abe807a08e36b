// Double coding: a claim stripped of the program's reading, a coder's answer, and answers in words.

import { date, interval, range } from '../format';
import type { Claim } from '../types';
import { current, wire, type Draft, type Part, type SpanField } from './draft';

/** The fields that coders give; the trigger is given to them. */
export const CODED: readonly SpanField[] = ['agents', 'targets', 'place', 'time', 'figures'];

/** A claim of which only the words that are asked about are left. */
export const blank = (claim: Claim): Claim => ({
  ...claim,
  type: '',
  modality: 'asserted',
  background: false,
  quoted: false,
  agents: [],
  targets: [],
  place: null,
  time: null,
  sources: [],
  figures: [],
});

/** What a coder says of a claim, as the server takes it; null while no type is given. `nothing`: there is no event. */
export function answer(empty: Claim, draft: Draft, nothing: boolean): Record<string, unknown> | null {
  if (nothing) return { type: null };
  if (!draft.type) return null;
  return {
    type: draft.type,
    modality: draft.modality ?? 'asserted',
    background: draft.background ?? false,
    ...Object.fromEntries(CODED.map((field) => [field, wire(field, current(empty, draft, field))])),
  };
}

/** An answer given before, to be changed. */
export function draftOf(fields: Record<string, unknown>): Draft {
  const draft: Draft = {};
  if (typeof fields['type'] === 'string') draft.type = fields['type'];
  if (typeof fields['modality'] === 'string') draft.modality = fields['modality'];
  if (typeof fields['background'] === 'boolean') draft.background = fields['background'];
  for (const field of CODED) {
    const value = fields[field] as Part | Part[] | null | undefined;
    if (value !== undefined) draft[field] = value === null ? [] : Array.isArray(value) ? value : [value];
  }
  return draft;
}

/** A value of a field in words. */
export function inWords(field: string, value: unknown): string {
  if (value === null || value === undefined) return field === 'type' ? 'no event' : 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.length ? value.map((v) => inWords(field, v)).join('; ') : 'none';
  if (typeof value !== 'object') return String(value);
  const v = value as Part & { name?: string; country?: string };
  if (field === 'figures') return `${v.kind ?? ''} ${range(v.low ?? null, v.high ?? null)}`.trim();
  if (field === 'time') return interval(v.earliest ?? null, v.latest ?? null) || date(v.earliest);
  return v.name || v.text;
}

/** How alpha is read, after Krippendorff (2019). */
export const reading = (alpha: number | null): string =>
  alpha === null ? 'not defined' : alpha >= 0.8 ? 'reliable' : alpha >= 0.667 ? 'tentative' : 'unreliable';
