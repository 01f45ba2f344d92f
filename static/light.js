// What one points at, or has the focus on, lights up wherever it is shown: each element that shows an entry or a request
// names it in `data-entry`. It is one rule of style, so nothing is drawn anew for it, and what is drawn later has it too.
const lit = new CSSStyleSheet();
document.adoptedStyleSheets = [lit];

const names = (element) => element?.closest?.("[data-entry]")?.dataset.entry ?? "";
let [pointed, focused, shown] = ["", "", ""];

const light = () => {
  const wanted = pointed || focused;
  if (wanted === shown) return;
  shown = wanted;
  const all = wanted.split(" ").filter(Boolean).map((name) => `[data-entry~="${name}"]`).join();
  lit.replaceSync(all && `:is(${all}) { outline: 3px solid var(--lit); outline-offset: 1px; border-radius: 6px; }
    :is(td, li):is(${all}) { outline-offset: -2px; }
    g:is(${all}) > rect { stroke: var(--lit); stroke-width: 3; }`);
};
addEventListener("pointerover", ({ target }) => { pointed = names(target); light(); });
document.documentElement.addEventListener("pointerleave", () => { pointed = ""; light(); });
addEventListener("focusin", ({ target }) => { focused = target.matches(":focus-visible") ? names(target) : ""; light(); });
addEventListener("focusout", () => { focused = ""; light(); });
