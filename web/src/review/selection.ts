// From what a reader selects on the screen to the record's offsets.
// The record counts Unicode code points; JavaScript's strings count UTF-16 units. An emoji is one of the first and two
// of the second, so the two part ways after the first one in a text.

import type { Extent } from '../types';

/** A text with both ways of counting. */
export interface Counted {
  text: string;
  /** How many code points it has. */
  length: number;
  /** The UTF-16 offset at which code point `n` begins; beyond either end, that end. */
  unit(n: number): number;
  /** How many code points begin before UTF-16 offset `n`; the second half of a pair belongs to its first. */
  point(n: number): number;
}

/** Counts a text once, so that each later question is one look-up. */
export function count(text: string): Counted {
  const units: number[] = [];
  const points = new Uint32Array(text.length + 1);
  for (let at = 0; at < text.length;) {
    const size = (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
    points.fill(units.length, at, at + size);
    units.push(at);
    at += size;
  }
  points[text.length] = units.length;
  const length = units.length;
  units.push(text.length);
  return {
    text,
    length,
    unit: (n) => units[Math.min(Math.max(n, 0), length)] ?? text.length,
    point: (n) => points[Math.min(Math.max(n, 0), text.length)] ?? length,
  };
}

/** The words at an extent. */
export function wordsAt(counted: Counted, { start, end }: Extent): string {
  return counted.text.slice(counted.unit(start), counted.unit(end));
}

// A word is a run of letters, marks and digits; a number keeps its inner points and commas ("1,200"). Apostrophes and
// hyphens part words, so that "Turkey" can be had out of "Turkey's" and "Turkey-backed".
const WORD = /\p{N}+(?:[.,]\p{N}+)+|[\p{L}\p{M}\p{N}]+/gu;

/** Every word of a text, in order. */
export function words(counted: Counted): Extent[] {
  return Array.from(counted.text.matchAll(WORD), (m) => ({
    start: counted.point(m.index),
    end: counted.point(m.index + m[0].length),
  }));
}

/** A selection widened to whole words and freed of white space; null where it holds no word. */
export function snap(all: readonly Extent[], { start, end }: Extent): Extent | null {
  if (start >= end) return null;
  const inside = all.filter((w) => w.start < end && w.end > start);
  const first = inside[0];
  const last = inside[inside.length - 1];
  return first && last ? { start: first.start, end: last.end } : null;
}

/** The keyboard's selection: from one word to another, by their numbers; equal for a single word. */
export interface Caret {
  anchor: number;
  head: number;
}

/** Moves the caret to word `to`; `extend` keeps the other end where it is. */
export function move(caret: Caret, to: number, count: number, extend: boolean): Caret {
  const head = Math.min(Math.max(to, 0), Math.max(count - 1, 0));
  return { anchor: extend ? caret.anchor : head, head };
}

/** What the caret selects; null in a text without words. */
export function caretExtent(all: readonly Extent[], caret: Caret): Extent | null {
  const first = all[Math.min(caret.anchor, caret.head)];
  const last = all[Math.max(caret.anchor, caret.head)];
  return first && last ? { start: first.start, end: last.end } : null;
}

/** The number of the word at a place in the text, or of the next one; the last where none follows. */
export function wordAt(all: readonly Extent[], at: number): number {
  const found = all.findIndex((w) => w.end > at);
  return found < 0 ? Math.max(all.length - 1, 0) : found;
}
