// The find box of the desk: arrows move over the hits, Enter opens, Escape returns to the box.

const box = document.querySelector("[data-find-box]");
const hits = document.getElementById("find-hits");

function all() {
  return [...hits.querySelectorAll("a.hit")];
}

function mark(hit) {
  for (const other of all()) other.classList.toggle("is-next", other === hit);
}

function fromBox(event) {
  if (event.isComposing) return;
  const first = all()[0];
  if (event.key === "ArrowDown" && first) {
    event.preventDefault();
    first.focus();
  } else if (event.key === "Escape") {
    box.value = "";
    hits.replaceChildren();
  } else if (event.key === "Enter" && first) {
    event.preventDefault();
    first.click();
  }
}

function fromHits(event) {
  const list = all();
  const at = list.indexOf(event.target.closest("a.hit"));
  if (at < 0) return;
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: list.length - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    (list[to] ?? (to < 0 ? box : list[at])).focus();
  } else if (event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    box.focus();
    box.select();
  }
}

if (box && hits) {
  box.addEventListener("keydown", fromBox);
  hits.addEventListener("keydown", fromHits);
  hits.addEventListener("focusin", (event) => mark(event.target.closest("a.hit")));
  hits.addEventListener("htmx:afterSwap", () => mark(all()[0]));
  box.addEventListener("focus", () => mark(all()[0]));
}
