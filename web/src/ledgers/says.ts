// What a statement on a place says, in words.

const SAYS = new Map([
  ['holds', 'takes or holds it'],
  ['kept', 'keeps it'],
  ['lost', 'loses or leaves it'],
  ['enters', 'enters it'],
  ['surrounds', 'surrounds it'],
  ['not holds', 'does not hold it'],
  ['not kept', 'has not kept it'],
  ['not lost', 'has not lost it'],
  ['not enters', 'has not entered it'],
  ['not surrounds', 'does not surround it'],
]);

export const says = (code: string): string => SAYS.get(code) ?? code;

const SHORT: ReadonlySet<string> = new Set(['ngo', 'igo']);

/** A kind of source: "Armed group", "NGO". */
export const kindOf = (kind: string): string =>
  SHORT.has(kind) ? kind.toUpperCase() : kind.charAt(0).toUpperCase() + kind.slice(1).replaceAll('-', ' ');
