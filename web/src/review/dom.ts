// Where a place on the screen stands in the report's text.

/**
 * The code point of a place in the shown text, whose pieces carry `data-start`; null outside of them.
 * `node` and `offset` are as the browser's selection gives them.
 */
export function pointAt(root: Element, node: Node, offset: number): number | null {
  if (!root.contains(node)) return null;
  const range = root.ownerDocument.createRange();
  const piece = (node instanceof Element ? node : node.parentElement)?.closest('[data-start]');
  if (!piece || !root.contains(piece)) return edge(root, node, offset);
  range.selectNodeContents(piece);
  range.setEnd(node, offset);
  return Number(piece.getAttribute('data-start')) + [...range.toString()].length;
}

/** Between pieces (a paragraph's edge): where the next piece begins, or the last one ends. */
function edge(root: Element, node: Node, offset: number): number | null {
  const all = Array.from(root.querySelectorAll('[data-start]'));
  const range = root.ownerDocument.createRange();
  range.setStart(node, offset);
  const next = all.find((p) => range.comparePoint(p, 0) >= 0);
  if (next) return Number(next.getAttribute('data-start'));
  const last = all[all.length - 1];
  return last ? Number(last.getAttribute('data-start')) + [...(last.textContent ?? '')].length : null;
}
