// A board on a wall turns its pages, because nobody scrolls there: the cards that fit under the key figures, then the
// next ones. What leaves room is shown larger. Whoever holds the board, or has the focus inside, stays on a page; the
// arrow keys turn it by hand, and a listener is told where that led.
const board = document.querySelector("[data-board]");
const mark = document.querySelector("[data-wall-page]");
const told = document.querySelector("[data-board-told]");
const pause = document.querySelector("[data-board-pause]");
const goOn = pause.textContent;
const large = matchMedia("(min-width: 1200px) and (min-height: 640px)");
const fits = () => document.documentElement.scrollHeight <= innerHeight + 1;
const narrow = (wrap) => wrap.scrollWidth <= wrap.clientWidth + 1;
const LARGEST = 16; // tenths of the usual size
let pages = [];
let at = 0;

function cards() {
  return [...(board.querySelector(".board-grid")?.children ?? [])];
}

// As many cards in their order as fit beside each other and one under the other; one that is too tall has its own page.
function divide() {
  const all = cards();
  size(10);
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

function size(tenths) {
  board.querySelector(".board-grid")?.style.setProperty("zoom", tenths / 10);
}

// As large as the page allows in height, with no table that would have to be moved sideways.
function fill() {
  const wraps = [...board.querySelectorAll(".table-wrap")];
  for (let tenths = large.matches ? LARGEST : 10; tenths >= 10; tenths -= 1) {
    size(tenths);
    if (fits() && wraps.every(narrow)) return;
  }
}

function show() {
  at = (at + pages.length) % pages.length;
  pages.forEach((page, n) => page.forEach((card) => (card.hidden = n !== at)));
  mark.hidden = pages.length < 2;
  mark.textContent = `${at + 1} / ${pages.length}`;
  fill();
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
  told.textContent = mark.textContent;
});
new MutationObserver(lay).observe(board, { childList: true, subtree: true });
addEventListener("resize", lay);
document.fonts?.ready.then(lay);
lay();
setInterval(() => {
  const held = pause.textContent !== goOn || board.contains(document.activeElement);
  if (pages.length > 1 && !held && !document.hidden) turn(1);
}, Number(board.dataset.turns) * 1000);
