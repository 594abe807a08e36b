// A correction on its way: what the reviewer has changed of a claim, and the form in which the server wants it.

import type { Mark } from '../spans';
import type { Claim, Extent, Span } from '../types';

/** Fields whose value is words of the report, in the order of their keys 1 to 7. */
export const SPAN_FIELDS = ['trigger', 'agents', 'targets', 'place', 'time', 'sources', 'figures'] as const;
export type SpanField = (typeof SPAN_FIELDS)[number];
export type PlainField = 'type' | 'modality' | 'background' | 'quoted';
export type Field = SpanField | PlainField;
/** What the keys 1 to 9 pick. */
export const KEYED: readonly Field[] = [...SPAN_FIELDS, 'type', 'modality'];

export const LABELS: Readonly<Record<Field, string>> = {
  trigger: 'Trigger',
  agents: 'Who did it',
  targets: 'To whom',
  place: 'Where',
  time: 'When',
  sources: 'Says who',
  figures: 'How many',
  type: 'Type',
  modality: 'Modality',
  background: 'Background',
  quoted: 'Quoted',
};
/** The role under which a field's words are marked in the text. */
export const ROLES: Readonly<Record<SpanField, string>> = {
  trigger: 'trigger',
  agents: 'agent',
  targets: 'target',
  place: 'place',
  time: 'time',
  sources: 'source',
  figures: 'figure',
};
export const MODALITIES = ['asserted', 'denied', 'uncertain', 'future'] as const;
export const STANCES = ['reports', 'claims', 'denies', 'confirms', 'accuses'] as const;

const MANY: ReadonlySet<Field> = new Set<Field>(['agents', 'targets', 'sources', 'figures']);
/** Whether a field holds several values. */
export const many = (field: Field): boolean => MANY.has(field);

/** Words of the report with what a reviewer may say about them. */
export interface Part extends Span {
  name?: string;
  kind?: string;
  low?: number | null;
  high?: number | null;
  stance?: string;
  earliest?: string | null;
  latest?: string | null;
}
export type Draft = Partial<Record<SpanField, Part[]>> & {
  type?: string;
  modality?: string;
  background?: boolean;
  quoted?: boolean;
};

/** A field's values as the claim has them. */
export function partsOf(claim: Claim, field: SpanField): Part[] {
  const value: Span | Span[] | null = claim[field];
  return value === null ? [] : Array.isArray(value) ? value : [value];
}

/** A field's values with the reviewer's changes. */
export const current = (claim: Claim, draft: Draft, field: SpanField): Part[] => draft[field] ?? partsOf(claim, field);

/** Puts words into a field: instead of what is there, or beside it where a field holds several. */
export function put(claim: Claim, draft: Draft, field: SpanField, { start, end }: Extent, text: string): Draft {
  const part: Part = { text, start, end };
  if (field === 'figures') part.kind = 'killed';
  if (!many(field)) return { ...draft, [field]: [part] };
  const others = current(claim, draft, field);
  if (others.some((p) => p.start === start && p.end === end)) return draft;
  return { ...draft, [field]: [...others, part].sort((a, b) => (a.start ?? -1) - (b.start ?? -1)) };
}

/** Takes the value at `index` out of a field. */
export const take = (claim: Claim, draft: Draft, field: SpanField, index: number): Draft => ({
  ...draft,
  [field]: current(claim, draft, field).filter((_, i) => i !== index),
});

/** Says more about the value at `index`: a figure's numbers, a source's stance, a time's days. */
export const detail = (claim: Claim, draft: Draft, field: SpanField, index: number, more: Partial<Part>): Draft => ({
  ...draft,
  [field]: current(claim, draft, field).map((p, i) => (i === index ? { ...p, ...more } : p)),
});

/** The fields that differ from the claim. */
export const changed = (claim: Claim, draft: Draft): Field[] =>
  (Object.keys(draft) as Field[]).filter((field) => {
    if (!isSpanField(field)) return draft[field] !== claim[field];
    return state(field, draft[field] ?? []) !== state(field, partsOf(claim, field));
  });

const state = (field: SpanField, parts: readonly Part[]): string =>
  JSON.stringify(parts.map((p) => [sendable(field, p) || p.text, one(field, p)]));

export const isSpanField = (field: Field): field is SpanField => (SPAN_FIELDS as readonly string[]).includes(field);

/** The changed fields as the server takes them. */
export function toFields(claim: Claim, draft: Draft): Record<string, unknown> {
  return Object.fromEntries(
    changed(claim, draft).map((field) => [field, isSpanField(field) ? wire(field, draft[field] ?? []) : draft[field]]),
  );
}

/** Values that rest on no words of the report cannot be sent; a time's days can. */
export const wordless = (claim: Claim, draft: Draft): Part[] =>
  changed(claim, draft)
    .filter(isSpanField)
    .flatMap((field) => (draft[field] ?? []).filter((p) => !sendable(field, p)));

const placed = (p: Part): boolean => p.start !== null && p.end !== null;
const dated = (p: Part): boolean => !!p.earliest || !!p.latest;
const sendable = (field: SpanField, p: Part): boolean => placed(p) || (field === 'time' && dated(p));

export function wire(field: SpanField, parts: readonly Part[]): unknown {
  const sent = parts.filter((p) => sendable(field, p)).map((p) => one(field, p));
  return many(field) ? sent : (sent[0] ?? null);
}

/** Numbers, days and stance are sent only where the reviewer or the claim has them: else the server reads the words. */
function one(field: SpanField, p: Part): Record<string, unknown> {
  const span = placed(p) ? { start: p.start, end: p.end } : {};
  if (field === 'figures') {
    const told = (p.low ?? null) !== null || (p.high ?? null) !== null;
    return { ...span, kind: p.kind, ...(told ? { low: p.low ?? null, high: p.high ?? null } : {}) };
  }
  if (field === 'sources') return p.stance ? { ...span, stance: p.stance } : span;
  if (field === 'time' && dated(p)) return { ...span, earliest: p.earliest || null, latest: p.latest || null };
  return span;
}

/** The claim's sentence and the words of its fields, with the reviewer's changes, as marks for the text. */
export function marksFor(claim: Claim, draft: Draft): Mark[] {
  const words = SPAN_FIELDS.flatMap((field) =>
    current(claim, draft, field).flatMap(({ start, end }) =>
      start === null || end === null ? [] : [{ start, end, role: ROLES[field], title: LABELS[field] }],
    ),
  );
  return [{ ...claim.sentence, role: 'claim' }, ...words];
}
