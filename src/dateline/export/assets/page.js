"use strict";
(() => {
  const marks = new Map();
  for (const m of document.querySelectorAll("mark[data-keys]"))
    for (const key of m.dataset.keys.split(" ")) {
      if (!marks.has(key)) marks.set(key, []);
      marks.get(key).push(m);
    }
  const all = (key) => [...marks].filter(([k]) => k === key || (k.startsWith(key) && /^[a-z]/.test(k.slice(key.length)))).flatMap(([, m]) => m);
  const light = (key, whole) => {
    for (const m of document.querySelectorAll("mark.lit")) m.classList.remove("lit");
    if (key) for (const m of whole ? all(key) : marks.get(key) || []) m.classList.add("lit");
  };
  for (const el of document.querySelectorAll("[data-key]")) {
    const whole = el.classList.contains("card");
    const on = (event) => { if (el.dataset.key) { event.stopPropagation(); light(el.dataset.key, whole); } };
    el.addEventListener("mouseover", on);
    el.addEventListener("focusin", on);
    el.addEventListener("mouseleave", () => light(""));
  }
  for (const m of document.querySelectorAll("mark[data-keys]"))
    m.addEventListener("click", () => {
      const card = document.getElementById(m.dataset.keys.split(" ")[0].replace(/([atfs]\d+|[pw])$/, ""));
      if (card) { card.scrollIntoView({ block: "nearest" }); card.focus({ preventScroll: true }); }
    });
})();
