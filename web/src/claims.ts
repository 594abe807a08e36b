/** The words that a claim rests on, as marks for a text. */
import type { Claim, Span } from './types';
import type { Mark } from './spans';

export function marksOf(claim: Claim): Mark[] {
  const out: Mark[] = [];
  const add = (span: Span | null, role: string, title: string) => {
    if (span && span.start !== null && span.end !== null)
      out.push({ start: span.start, end: span.end, role, title, id: claim.id });
  };
  add(claim.trigger, 'trigger', `tells of: ${claim.type}`);
  for (const a of claim.agents) add(a, 'agent', `who did it: ${a.name || a.text}`);
  for (const t of claim.targets) add(t, 'target', `to whom: ${t.name || t.text}`);
  add(claim.place, 'place', `where: ${claim.place?.name ?? ''}`);
  add(claim.time, 'time', `when: ${claim.time?.earliest ?? ''} to ${claim.time?.latest ?? ''}`);
  for (const s of claim.sources) add(s, 'source', `says who: ${s.name || s.text}`);
  for (const f of claim.figures) add(f, 'figure', `how many: ${f.kind}`);
  return out;
}

const ORDER = ['trigger', 'figure', 'place', 'time', 'agent', 'target', 'source', 'claim'];

/** The roles of marks, the one to show first. */
export const rolesOf = (marks: readonly Mark[]): string[] =>
  [...new Set(marks.map((m) => m.role))].sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b));
