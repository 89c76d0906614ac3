// The command palette: every page that the reader's role opens and every act of this page, found by words or by pinyin
// initials, with keys alone.

const palette = document.getElementById("palette");
const box = document.getElementById("palette-box");
const list = document.getElementById("palette-list");
const ACTS = "[data-action], [data-nav] a, main .card-foot a, .pane-person .card-foot a, main .button-row a";
const HAN = /[\u3400-\u9fff]/;
let initials = null;
let shown = [];
let at = 0;

function pages() {
  const told = document.getElementById("palette-pages")?.textContent;
  return (told ? JSON.parse(told) || [] : []).map((one) => ({ label: one.label, url: one.url }));
}

// Acts of the page come first, then the navigation, then all pages; the same way under the same name stands once.
function commands() {
  const acts = [...document.querySelectorAll(ACTS)]
    .filter((element) => element.dataset.action || element.closest("[data-nav]") || element.checkVisibility())
    .map((element) => ({ element, label: (element.dataset.action || element.textContent).trim().replace(/\s+/g, " ") }));
  const inNavigation = (one) => Number(Boolean(one.element.closest("[data-nav]")));
  const ordered = [...acts.sort((one, other) => inNavigation(one) - inNavigation(other)), ...pages()];
  const way = (one) => `${one.label} ${one.url ? new URL(one.url, location.href).href : (one.element.href ?? "")}`;
  const seen = new Set();
  return ordered.filter((one) => one.label && !seen.has(way(one)) && seen.add(way(one)));
}

// Once a page, and only for readers of Chinese: which letters each character of the labels may begin with.
async function learn() {
  if (initials || !document.documentElement.lang.startsWith("zh")) return;
  initials = {};
  try {
    initials = await (await fetch(palette.dataset.initials)).json();
  } catch {
    return; // the line is down: words still find everything
  }
  if (palette.open) draw();
}

function letters(label) {
  return [...label.toLowerCase()].map((sign) => (HAN.test(sign) ? (initials?.[sign] ?? "") : sign)).filter((sign) => /\S/.test(sign));
}

export function startsAnywhere(signs, word) {
  return signs.some((_sign, start) => [...word].every((letter, n) => (signs[start + n] ?? "").includes(letter)));
}

function matches(label, words) {
  const plain = label.toLowerCase();
  return words.every((word) => plain.includes(word) || (/^[a-z]+$/.test(word) && HAN.test(label) && startsAnywhere(letters(label), word)));
}

function line(one, index) {
  const item = document.createElement("li");
  item.id = `command-${index}`;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", String(index === at));
  item.textContent = one.label;
  item.addEventListener("click", () => run(one));
  return item;
}

function draw() {
  const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  const whole = words.join(" ");
  const isWhole = (one) => Number(one.label.toLowerCase() === whole);
  shown = commands().filter((one) => matches(one.label, words)).sort((one, other) => isWhole(other) - isWhole(one));
  at = Math.min(at, Math.max(shown.length - 1, 0));
  list.replaceChildren(...shown.map(line));
  if (shown.length) box.setAttribute("aria-activedescendant", `command-${at}`);
  else {
    box.removeAttribute("aria-activedescendant");
    const none = document.createElement("li");
    none.className = "palette-none";
    none.setAttribute("role", "option");
    none.setAttribute("aria-disabled", "true");
    none.textContent = palette.dataset.none;
    list.append(none);
  }
  list.children[at]?.scrollIntoView({ block: "nearest" });
}

function run(one) {
  palette.close();
  if (one.url) {
    location.assign(one.url);
    return;
  }
  one.element.focus();
  one.element.click();
}

const MOVES = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };

function keys(event) {
  if (event.isComposing) return;
  if (event.key in MOVES) at = Math.max(0, Math.min(at + MOVES[event.key], shown.length - 1));
  else if (event.key === "Enter" && shown[at]) run(shown[at]);
  else return;
  event.preventDefault();
  draw();
}

if (palette) {
  palette.addEventListener("opened", () => {
    box.value = "";
    at = 0;
    draw();
    box.focus();
    learn();
  });
  box.addEventListener("input", () => {
    at = 0;
    draw();
  });
  box.addEventListener("keydown", keys);
}
