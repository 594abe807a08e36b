/** Text cut where marked spans begin and end. Offsets count code points, as the record's do. */

export interface Mark {
  start: number;
  end: number;
  /** The role of the words: trigger, agent, target, place, time, source, figure, claim… */
  role: string;
  title?: string;
  id?: string;
}
export interface Piece {
  text: string;
  marks: Mark[];
}

/** The pieces of a text, each with the marks that cover it; `from` is the offset of the text's first character. */
export function cut(text: string, marks: readonly Mark[], from = 0): Piece[] {
  const points = [...text];
  const inside = marks
    .map((m) => ({ mark: m, start: Math.max(0, m.start - from), end: Math.min(points.length, m.end - from) }))
    .filter((m) => m.end > m.start);
  const edges = new Set([0, points.length]);
  for (const m of inside) edges.add(m.start).add(m.end);
  const at = [...edges].sort((a, b) => a - b);
  const out: Piece[] = [];
  for (let i = 0; i + 1 < at.length; i++) {
    const [a, b] = [at[i]!, at[i + 1]!];
    out.push({
      text: points.slice(a, b).join(''),
      marks: inside.filter((m) => m.start <= a && m.end >= b).map((m) => m.mark),
    });
  }
  return out;
}
