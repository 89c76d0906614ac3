// Some of many: a text field that finds the choices by typing, the chosen ones as chips (ARIA combobox, several values).
// The boxes of the fieldset stay what is sent; without scripts they are ticked by hand.

const SHORT = 3; // fewer Latin letters than this are only looked for at the beginning of a word
let count = 0;

// How well a choice answers to a word: 0 its name begins so, 1 a word of it does, 2 it is inside, -1 not at all.
function rank(choice, word) {
  if (choice.name.startsWith(word)) return 0;
  if (choice.words.some((one) => one.startsWith(word))) return 1;
  const short = word.length < SHORT && /^[a-z]+$/.test(word);
  return !short && choice.line.includes(word) ? 2 : -1;
}

export function found(choices, text) {
  const words = text.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
  const ranked = choices.map((choice) => ({ choice, ranks: words.map((word) => rank(choice, word)) }));
  const kept = ranked.filter((one) => !one.ranks.includes(-1));
  const sum = (one) => one.ranks.reduce((total, value) => total + value, 0);
  return kept.sort((one, other) => sum(one) - sum(other)).map((one) => one.choice);
}

function made(tag, attributes, ...content) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...content);
  return element;
}

function choicesOf(boxes) {
  return boxes.map((box) => {
    const label = box.closest("label").textContent.trim();
    const line = box.dataset.foundBy || label.toLowerCase();
    return { box, label, name: label.normalize("NFKC").toLowerCase(), line, words: line.split(/[\s()、,]+/) };
  });
}

function many(frame) {
  const boxes = [...frame.querySelectorAll("input[type=checkbox]")];
  const group = boxes[0]?.closest("fieldset > div");
  if (!group || group.hidden) return;
  const fieldset = group.parentElement;
  const legend = fieldset.querySelector("legend");
  const said = frame.dataset;
  const most = Number(boxes[0].dataset.most) || Infinity;
  const choices = choicesOf(boxes);
  const id = `many-${++count}`;
  legend.id = `${id}-name`;

  const list = made("ul", { id: `${id}-list`, class: "picker-list", role: "listbox", "aria-multiselectable": "true", "aria-labelledby": legend.id });
  const field = made("input", {
    type: "text", class: "many-field", role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false",
    "aria-controls": list.id, "aria-labelledby": legend.id, "aria-describedby": [`${id}-hint`, fieldset.getAttribute("aria-describedby")].filter(Boolean).join(" "),
  });
  // The error summary leads to the first box by its id; the box is hidden now, so the field takes the id over.
  field.id = boxes[0].id;
  boxes[0].removeAttribute("id");
  if (frame.classList.contains("has-error")) field.setAttribute("aria-invalid", "true");
  const chips = made("ul", { class: "chips", "aria-labelledby": legend.id });
  const status = made("span", { class: "only-read", role: "status" });
  const none = made("div", { class: "picker-list many-none" }, said.none);
  const room = made("div", { class: "picker many-box" }, chips, field, list, none);
  group.hidden = list.hidden = none.hidden = true;
  group.after(room, made("div", { class: "field-help", id: `${id}-hint` }, said.hint), status);

  let shown = [];
  let at = -1;
  const say = (words, what) => { status.textContent = words.replace(/\{what\}|\{n\}/, what); };
  const chosen = () => choices.filter((choice) => choice.box.checked);

  const close = () => {
    list.hidden = none.hidden = true;
    at = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const point = (to) => {
    at = to;
    [...list.children].forEach((item, index) => item.classList.toggle("is-at", index === at));
    field.setAttribute("aria-activedescendant", `${list.id}-${at}`);
    list.children[at]?.scrollIntoView({ block: "nearest" });
  };
  const drawList = () => {
    shown = found(choices, field.value);
    list.replaceChildren(...shown.map((choice, index) => {
      const item = made("li", { id: `${list.id}-${index}`, role: "option", "aria-selected": String(choice.box.checked) }, choice.label);
      item.addEventListener("mousedown", (event) => {
        event.preventDefault();
        toggle(choice);
        drawList();
      });
      return item;
    }));
    at = -1;
    field.removeAttribute("aria-activedescendant");
    list.hidden = shown.length === 0;
    none.hidden = !list.hidden;
    field.setAttribute("aria-expanded", String(!list.hidden));
    if (field.value.trim()) say(shown.length ? said.found : said.none, shown.length);
  };
  const drawChips = () => {
    chips.replaceChildren(...chosen().map((choice) => {
      const name = said.remove.replace("{what}", choice.label);
      const button = made("button", { type: "button", class: "chip is-on", tabindex: "-1", title: name, "aria-label": name }, choice.label, made("span", { "aria-hidden": "true" }, "×"));
      button.addEventListener("click", () => {
        toggle(choice);
        field.focus();
      });
      return made("li", {}, button);
    }));
    chips.hidden = chips.children.length === 0;
  };
  const toggle = (choice) => {
    if (!choice.box.checked && chosen().length >= most) return say(said.full, most);
    choice.box.checked = !choice.box.checked;
    choice.box.dispatchEvent(new Event("change", { bubbles: true }));
    drawChips();
    say(choice.box.checked ? said.added : said.removed, choice.label);
  };
  const take = (choice) => {
    field.value = "";
    close();
    toggle(choice);
  };
  const buttons = () => [...chips.querySelectorAll("button")];

  field.addEventListener("input", drawList);
  field.addEventListener("click", () => list.hidden && drawList());
  field.addEventListener("blur", () => {
    field.value = "";
    close();
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey) return;
    const open = !list.hidden;
    if (event.key === "ArrowDown" && open) point((at + 1) % shown.length);
    else if (event.key === "ArrowDown") { drawList(); if (shown.length) point(0); }
    else if (event.key === "ArrowUp" && open) point((at - 1 + shown.length) % shown.length);
    else if (event.key === "Enter" && open) take(shown[Math.max(at, 0)]);
    else if (event.key === "Enter" && field.value.trim()) say(said.none, 0);
    else if (event.key === "Escape" && (open || !none.hidden)) { field.value = ""; close(); }
    else if (event.key === "Backspace" && !field.value && chosen().length) toggle(chosen().at(-1));
    else if (event.key === "ArrowLeft" && !field.value && chosen().length) buttons().at(-1).focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  chips.addEventListener("keydown", (event) => {
    const all = buttons();
    const here = all.indexOf(document.activeElement);
    if (event.key === "ArrowLeft") all[Math.max(here - 1, 0)].focus();
    else if (event.key === "ArrowRight") (all[here + 1] ?? field).focus();
    else if (event.key === "Backspace" || event.key === "Delete") {
      all[here].click();
      (buttons()[Math.max(here - 1, 0)] ?? field).focus();
    } else return;
    event.preventDefault();
  });
  room.addEventListener("mousedown", (event) => {
    if (event.target !== room && event.target !== chips) return;
    event.preventDefault();
    field.focus();
  });
  drawChips();
}

const all = (scope) => scope.querySelectorAll("[data-many]").forEach(many);
all(document);
document.body.addEventListener("htmx:afterSwap", (event) => all(event.detail.elt));
