// The desk's keys: what each does, in one table that the help overlay shows too.

export type Action =
  | {
      do:
        'next' | 'previous' | 'accept' | 'reject' | 'merge' | 'split' | 'link' | 'comment' | 'undo' | 'help' | 'leave';
    }
  | { do: 'field'; n: number };

export interface Key {
  keys: string;
  says: string;
}

/** What the help overlay lists. */
export const HELP: readonly Key[] = [
  { keys: 'j', says: 'next claim' },
  { keys: 'k', says: 'previous claim' },
  { keys: 'a', says: 'accept the claim' },
  { keys: 'r', says: 'reject the claim' },
  { keys: '1 … 9', says: 'pick a field, then select its words in the report' },
  { keys: '← → ↑ ↓', says: 'in the report: move word by word, line by line' },
  { keys: 'Shift + arrows', says: 'in the report: select words' },
  { keys: 'Enter', says: 'in the report: set the picked field to the selected words' },
  { keys: 'Escape', says: 'leave the picked field' },
  { keys: 'Ctrl + Enter', says: 'save the corrections' },
  { keys: 'm', says: 'merge the event with others' },
  { keys: 's', says: 'split claims off the event' },
  { keys: 'l', says: 'link two events: must or cannot be one' },
  { keys: 'c', says: 'comment' },
  { keys: 'u', says: 'undo the last act on this claim' },
  { keys: '?', says: 'this help' },
];

const LETTERS = new Map<string, Action>(
  Object.entries({
    j: { do: 'next' },
    k: { do: 'previous' },
    a: { do: 'accept' },
    r: { do: 'reject' },
    m: { do: 'merge' },
    s: { do: 'split' },
    l: { do: 'link' },
    c: { do: 'comment' },
    u: { do: 'undo' },
    '?': { do: 'help' },
    Escape: { do: 'leave' },
  } satisfies Record<string, Action>),
);

/** What of a key press the map looks at. */
export interface Press {
  key: string;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
  isComposing?: boolean;
}

/** What a key asks for; null for a key that is not the desk's, so that the browser keeps its own. */
export function action(press: Press): Action | null {
  if (press.ctrlKey || press.altKey || press.metaKey || press.isComposing) return null;
  if (/^[1-9]$/.test(press.key)) return { do: 'field', n: Number(press.key) };
  return LETTERS.get(press.key) ?? null;
}

/** Whether someone is writing or choosing there, so that letters are theirs. */
export function typing(target: { tagName?: string; type?: string; isContentEditable?: boolean } | null): boolean {
  if (!target) return false;
  if (target.isContentEditable || target.tagName === 'TEXTAREA' || target.tagName === 'SELECT') return true;
  return target.tagName === 'INPUT' && !['checkbox', 'radio', 'button', 'submit'].includes(target.type ?? 'text');
}

export type Step = { by: 'word'; n: 1 | -1 } | { by: 'line'; n: 1 | -1 } | { by: 'end'; n: 1 | -1 };

const STEPS: Readonly<Record<string, Step>> = {
  ArrowRight: { by: 'word', n: 1 },
  ArrowLeft: { by: 'word', n: -1 },
  ArrowDown: { by: 'line', n: 1 },
  ArrowUp: { by: 'line', n: -1 },
  Home: { by: 'end', n: -1 },
  End: { by: 'end', n: 1 },
};

/** Where a key moves the report's caret; in a right-to-left text left is forward. */
export function step(key: string, rtl = false): Step | null {
  const found = STEPS[key] ?? null;
  if (!found || !rtl || found.by !== 'word') return found;
  return { by: 'word', n: found.n === 1 ? -1 : 1 };
}

/** Where a word stands on the screen. */
export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** The word a line above (-1) or below (1) that is nearest in the row; the same word where there is no such line. */
export function vertical(boxes: readonly Box[], from: number, n: 1 | -1): number {
  const here = boxes[from];
  if (!here) return from;
  const beyond = (b: Box): boolean => (n > 0 ? b.top >= here.bottom - 1 : b.bottom <= here.top + 1);
  const others = boxes.map((box, i) => ({ box, i })).filter(({ box }) => beyond(box));
  const first = n > 0 ? others[0] : others[others.length - 1];
  if (!first) return from;
  const middle = (b: Box): number => (b.left + b.right) / 2;
  const row = others.filter(({ box }) => box.top < first.box.bottom && box.bottom > first.box.top);
  const far = ({ box }: { box: Box }): number => Math.abs(middle(box) - middle(here));
  return row.reduce((best, other) => (far(other) < far(best) ? other : best), first).i;
}
