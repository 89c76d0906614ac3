// A board on a wall turns its pages, because nobody scrolls there: the cards that fit under the key figures, then the
// next ones. Whoever holds the board, or has the focus inside, stays on a page; the arrow keys turn it by hand.
const board = document.querySelector("[data-board]");
const mark = document.querySelector("[data-wall-page]");
const pause = document.querySelector("[data-board-pause]");
const goOn = pause.textContent;
const large = matchMedia("(min-width: 1200px) and (min-height: 640px)");
const fits = () => document.documentElement.scrollHeight <= innerHeight + 1;
let pages = [];
let at = 0;

function cards() {
  return [...(board.querySelector(".board-grid")?.children ?? [])];
}

// As many cards in their order as fit beside each other and one under the other; one that is too tall has its own page.
function divide() {
  const all = cards();
  for (const card of all) card.hidden = false;
  if (!large.matches || fits()) return [all];
  for (const card of all) card.hidden = true;
  const found = [];
  let page = [];
  for (const card of all) {
    card.hidden = false;
    if (page.length && !fits()) {
      for (const before of page) before.hidden = true;
      found.push(page);
      page = [];
    }
    page.push(card);
  }
  return [...found, page];
}

function show() {
  at = (at + pages.length) % pages.length;
  pages.forEach((page, n) => page.forEach((card) => (card.hidden = n !== at)));
  mark.hidden = pages.length < 2;
  mark.textContent = `${at + 1} / ${pages.length}`;
}

function lay() {
  pages = divide();
  show();
}

function turn(step) {
  at += step;
  show();
}

document.addEventListener("keydown", (event) => {
  if (pages.length < 2 || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "ArrowRight" || event.key === "PageDown") turn(1);
  else if (event.key === "ArrowLeft" || event.key === "PageUp") turn(-1);
  else return;
  event.preventDefault();
});
new MutationObserver(lay).observe(board, { childList: true, subtree: true });
addEventListener("resize", lay);
document.fonts?.ready.then(lay);
lay();
setInterval(() => {
  const held = pause.textContent !== goOn || board.contains(document.activeElement);
  if (pages.length > 1 && !held && !document.hidden) turn(1);
}, Number(board.dataset.turns) * 1000);
