"use strict";
(() => {
  // Which pieces of the text each claim's key stands in; a key is a card's id, a letter for the field, a number.
  const pieces = new Map();
  const put = (key, piece, letter) => {
    if (!pieces.has(key)) pieces.set(key, []);
    pieces.get(key).push([piece, letter]);
  };
  for (const piece of document.querySelectorAll("mark[data-keys]"))
    for (const key of piece.dataset.keys.split(" ")) {
      const [, card, letter] = /^(r\d+c\d+)([a-z])\d*$/.exec(key);
      put(key, piece, letter);
      put(card, piece, letter);
    }

  const order = "yatpwfsz"; // whose colour shows where several stand on the same words
  let lit = [], cards = [];
  const clear = () => {
    for (const piece of lit) delete piece.dataset.lit;
    for (const card of cards) card.classList.remove("lit");
    lit = []; cards = [];
  };
  const light = (keys, withCards) => {
    clear();
    for (const key of keys) {
      for (const [piece, letter] of pieces.get(key) || []) {
        const now = piece.dataset.lit;
        if (!now || order.indexOf(letter) < order.indexOf(now)) piece.dataset.lit = letter;
        lit.push(piece);
      }
      const card = withCards && document.getElementById(key.replace(/^(r\d+c\d+).*$/, "$1"));
      if (card) { card.classList.add("lit"); cards.push(card); }
    }
  };

  const keysOf = (target) => {
    const field = target.closest("[data-key]");
    if (field) return [[field.dataset.key], false];
    const many = target.closest("[data-cards]");
    if (many) return [many.dataset.cards.split(" "), true];
    const piece = target.closest("mark[data-keys]");
    if (!piece) return null;
    const own = piece.dataset.keys.split(" ").filter((key) => !/z$/.test(key));
    return [own.map((key) => key.replace(/^(r\d+c\d+).*$/, "$1")), true];
  };
  const follow = (event) => {
    const found = event.target.closest && keysOf(event.target);
    if (found && found[0].length) light(...found); else clear();
  };
  document.addEventListener("pointerover", follow);
  document.addEventListener("focusin", follow);
  document.addEventListener("pointerleave", clear);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") clear(); });

  // A word's own link opens its card; a field's link goes to its words and leaves them lit.
  document.addEventListener("click", (event) => {
    const word = event.target.closest("mark a");
    const card = word && document.getElementById(word.hash.slice(1));
    if (card) {
      event.preventDefault();
      card.open = true;
      card.scrollIntoView({ block: "nearest" });
      card.querySelector("summary").focus({ preventScroll: true });
    }
  });
})();
