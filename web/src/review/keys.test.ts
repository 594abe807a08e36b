import { describe, expect, it } from 'vitest';
import { HELP, action, step, typing, vertical } from './keys';

const press = (key: string, more = {}): Parameters<typeof action>[0] => ({
  key,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  ...more,
});

describe('action', () => {
  it('knows each key that the help lists as a letter', () => {
    for (const { keys } of HELP.filter((k) => k.keys.length === 1)) {
      expect(action(press(keys)), keys).not.toBeNull();
    }
  });

  it('takes digits as fields, but not 0', () => {
    expect(action(press('3'))).toEqual({ do: 'field', n: 3 });
    expect(action(press('0'))).toBeNull();
  });

  it("leaves the browser's own keys alone", () => {
    expect(action(press('r', { ctrlKey: true }))).toBeNull();
    expect(action(press('a', { metaKey: true }))).toBeNull();
    expect(action(press('1', { altKey: true }))).toBeNull();
    expect(action(press('j', { isComposing: true }))).toBeNull();
    expect(action(press('Tab'))).toBeNull();
    expect(action(press('constructor'))).toBeNull();
  });
});

describe('typing', () => {
  it('is on in fields where letters are written', () => {
    expect(typing({ tagName: 'INPUT', type: 'text' })).toBe(true);
    expect(typing({ tagName: 'TEXTAREA' })).toBe(true);
    expect(typing({ tagName: 'SELECT' })).toBe(true);
    expect(typing({ tagName: 'DIV', isContentEditable: true })).toBe(true);
  });

  it('is off elsewhere', () => {
    expect(typing(null)).toBe(false);
    expect(typing({ tagName: 'BUTTON' })).toBe(false);
    expect(typing({ tagName: 'INPUT', type: 'checkbox' })).toBe(false);
  });
});

describe('step', () => {
  it('follows the reading direction', () => {
    expect(step('ArrowRight')).toEqual({ by: 'word', n: 1 });
    expect(step('ArrowRight', true)).toEqual({ by: 'word', n: -1 });
    expect(step('ArrowDown', true)).toEqual({ by: 'line', n: 1 });
    expect(step('x')).toBeNull();
  });
});

describe('vertical', () => {
  const box = (left: number, top: number): Parameters<typeof vertical>[0][number] => ({
    left,
    right: left + 40,
    top,
    bottom: top + 10,
  });
  const boxes = [box(0, 0), box(50, 0), box(100, 0), box(0, 20), box(90, 20), box(0, 40)];

  it('goes to the nearest word of the next line', () => {
    expect(vertical(boxes, 2, 1)).toBe(4);
    expect(vertical(boxes, 0, 1)).toBe(3);
    expect(vertical(boxes, 4, -1)).toBe(2);
    expect(vertical(boxes, 4, 1)).toBe(5);
  });

  it('stays at the first and last line', () => {
    expect(vertical(boxes, 1, -1)).toBe(1);
    expect(vertical(boxes, 5, 1)).toBe(5);
    expect(vertical([], 0, 1)).toBe(0);
  });
});
