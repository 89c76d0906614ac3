// The command palette: every entry of the navigation and every [data-action] of the page, filtered while typing.

const palette = document.getElementById("palette");
const box = document.getElementById("palette-box");
const list = document.getElementById("palette-list");
let shown = [];
let at = 0;

function commands() {
  const links = [...document.querySelectorAll("[data-nav] a, [data-action]")];
  return links
    .map((element) => ({ element, label: (element.dataset.action || element.textContent).trim().replace(/\s+/g, " ") }))
    .filter((one, index, every) => one.label && every.findIndex((other) => other.label === one.label) === index);
}

function matches(label, words) {
  const plain = label.toLowerCase();
  return words.every((word) => plain.includes(word));
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
  shown = commands().filter((one) => matches(one.label, words));
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
  one.element.focus();
  one.element.click();
}

function keys(event) {
  if (event.isComposing) return;
  if (event.key === "ArrowDown") at = Math.min(at + 1, shown.length - 1);
  else if (event.key === "ArrowUp") at = Math.max(at - 1, 0);
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
  });
  box.addEventListener("input", () => {
    at = 0;
    draw();
  });
  box.addEventListener("keydown", keys);
}
