/** The versions of an event gathered by who says it, and what the words of a quote are. */
import { marksOf } from '../claims';
import type { Mark } from '../spans';
import type { Claim, EventRecord, Quote, Version } from '../types';

export interface Voice {
  name: string;
  kind: string;
  versions: Version[];
}

/** One entry a voice, in the order in which they first spoke. */
export function voices(versions: readonly Version[]): Voice[] {
  const out = new Map<string, Voice>();
  for (const v of versions) {
    const found = out.get(v.voice);
    if (found) found.versions.push(v);
    else out.set(v.voice, { name: v.voice, kind: v.claim.sources[0]?.kind ?? 'media', versions: [v] });
  }
  return [...out.values()];
}

/** The claim's marks with offsets into the quote's middle part; marks that do not lie in it are left out. */
export function marksIn(quote: Quote, claim: Claim): Mark[] {
  const points = [...quote.text];
  const slice = (from: number, n: number) => points.slice(from, from + n).join('');
  const source = spansOf(claim);
  const out: Mark[] = [];
  for (const m of marksOf(claim)) {
    const words = source.get(`${m.start},${m.end}`) ?? '';
    const n = m.end - m.start;
    const at = m.start - claim.sentence.start;
    // white space may have been evened out on the way: then look for the words themselves
    const start = at >= 0 && slice(at, n) === words ? at : find(quote.text, words);
    if (start >= 0) out.push({ ...m, start, end: start + n });
  }
  return out;
}

function find(text: string, words: string): number {
  const i = words ? text.indexOf(words) : -1;
  return i < 0 ? -1 : [...text.slice(0, i)].length;
}

function spansOf(c: Claim): Map<string, string> {
  const all = [c.trigger, ...c.agents, ...c.targets, c.place, c.time, ...c.sources, ...c.figures];
  return new Map(all.filter((s) => s !== null).map((s) => [`${s.start},${s.end}`, s.text]));
}

/** The fields on which a claim stands against another. */
export function differs(event: EventRecord, claim: string): Set<string> {
  return new Set(
    event.disagreements.filter((d) => d.values.some((v) => v.claims.includes(claim))).map((d) => d.field.split('.')[0]!),
  );
}

/** Who gives a value: the voices of its claims, each once, with the first claim of each. */
export function sayers(claims: readonly string[], versions: readonly Version[]): { name: string; claim: string }[] {
  const out = new Map<string, string>();
  for (const claim of claims) {
    const name = versions.find((v) => v.claim.id === claim)?.voice ?? claim;
    if (!out.has(name)) out.set(name, claim);
  }
  return [...out].map(([name, claim]) => ({ name, claim }));
}
