import { describe, expect, it } from 'vitest';
import { caretExtent, count, move, snap, wordAt, words, wordsAt } from './selection';

const PLAIN = 'Shells fell on Binnish at dawn.';
const EMOJI = '🚨🚨 Shells fell on Binnish 🇸🇾 at dawn, 1,200 fled.';
const ARABIC = 'سقطت قذائف على بِنِّش فجراً، قال المرصد';

/** The record's way of counting, written the other way round. */
const chars = (text: string): string[] => Array.from(text);

describe('count', () => {
  it.each([PLAIN, EMOJI, ARABIC, '', '🙂', 'a🙂b'])('agrees with code points in %j', (text) => {
    const counted = count(text);
    expect(counted.length).toBe(chars(text).length);
    for (let n = 0; n <= counted.length; n++) {
      expect(text.slice(0, counted.unit(n))).toBe(chars(text).slice(0, n).join(''));
      expect(counted.point(counted.unit(n))).toBe(n);
    }
  });

  it('gives the second half of a pair to the emoji that it is part of', () => {
    expect(count('a🙂b').point(2)).toBe(1);
    expect(count('a🙂b').point(3)).toBe(2);
  });

  it('stays within the text', () => {
    const counted = count('a🙂b');
    expect(counted.unit(99)).toBe(4);
    expect(counted.point(99)).toBe(3);
    expect(counted.unit(-1)).toBe(0);
  });
});

describe('words', () => {
  it.each([PLAIN, EMOJI, ARABIC])('are the same as the code points say in %j', (text) => {
    const counted = count(text);
    for (const word of words(counted)) {
      expect(wordsAt(counted, word)).toBe(chars(text).slice(word.start, word.end).join(''));
      expect(wordsAt(counted, word)).toMatch(/^[\p{L}\p{M}\p{N}.,]+$/u);
    }
  });

  it('keep Arabic vowel signs with their letters', () => {
    const counted = count(ARABIC);
    expect(words(counted).map((w) => wordsAt(counted, w))).toContain('بِنِّش');
  });

  it('keep numbers whole and part hyphens and apostrophes', () => {
    const counted = count("Turkey-backed men, Turkey's 1,200 and 3.5");
    expect(words(counted).map((w) => wordsAt(counted, w))).toEqual([
      'Turkey',
      'backed',
      'men',
      'Turkey',
      's',
      '1,200',
      'and',
      '3.5',
    ]);
  });
});

describe('snap', () => {
  const counted = count(EMOJI);
  const all = words(counted);

  it('widens to whole words after emoji', () => {
    const at = chars(EMOJI).join('').indexOf('innish');
    const start = counted.point(at);
    const found = snap(all, { start, end: start + 2 });
    expect(found && wordsAt(counted, found)).toBe('Binnish');
    expect(found?.start).toBe(chars(EMOJI).indexOf('B'));
  });

  it('leaves the white space out', () => {
    const start = chars(EMOJI).indexOf('f') - 1;
    const found = snap(all, { start, end: start + 6 });
    expect(found && wordsAt(counted, found)).toBe('fell');
  });

  it('is nothing where there is no word', () => {
    expect(snap(all, { start: 0, end: 2 })).toBeNull();
    expect(snap(all, { start: 8, end: 8 })).toBeNull();
  });
});

describe('the caret', () => {
  const counted = count(PLAIN);
  const all = words(counted);
  const said = (c: { anchor: number; head: number }): string => {
    const extent = caretExtent(all, c);
    return extent ? wordsAt(counted, extent) : '';
  };

  it('moves word by word and extends either way', () => {
    let caret = move({ anchor: 0, head: 0 }, 2, all.length, false);
    expect(said(caret)).toBe('on');
    caret = move(caret, caret.head + 1, all.length, true);
    expect(said(caret)).toBe('on Binnish');
    caret = move(caret, caret.head - 2, all.length, true);
    expect(said(caret)).toBe('fell on');
  });

  it('stops at the ends', () => {
    expect(said(move({ anchor: 0, head: 0 }, -1, all.length, false))).toBe('Shells');
    expect(said(move({ anchor: 0, head: 0 }, 99, all.length, false))).toBe('dawn');
    expect(caretExtent([], move({ anchor: 0, head: 0 }, 1, 0, false))).toBeNull();
  });

  it('finds the word at a place', () => {
    expect(wordAt(all, 0)).toBe(0);
    expect(wordAt(all, 6)).toBe(1);
    expect(wordAt(all, 999)).toBe(all.length - 1);
  });
});
