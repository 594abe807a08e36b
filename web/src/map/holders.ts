/** A colour for each holder of places, the same whenever the same holders are shown. */
export const COLOURS = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#8c6bb1', '#a6761d', '#7f8c8d'];

export function colours(holders: readonly string[]): Map<string, string> {
  const out = new Map<string, string>();
  const free = new Set(COLOURS);
  for (const name of [...new Set(holders)].sort()) {
    let at = [...name].reduce((h, c) => (h * 31 + c.codePointAt(0)!) >>> 0, 7) % COLOURS.length;
    if (free.size) while (!free.has(COLOURS[at]!)) at = (at + 1) % COLOURS.length;
    free.delete(COLOURS[at]!);
    out.set(name, COLOURS[at]!);
  }
  return out;
}
