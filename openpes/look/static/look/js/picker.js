// A text field with suggestions (ARIA combobox). The server answers `?q=` with JSON: [{"value", "label", "more"}].
// Without scripts it stays a plain text field that takes a code or a name. With `data-free` any text may stand in it,
// and Enter takes an option only when one is pointed at. With `data-beside` (an id) the field of that id is asked about
// as `?beside=` while this one is empty: ↓ and the focus show what it suggests.

let count = 0;

function picker(frame) {
  const field = frame.querySelector("input");
  if (!field || field.getAttribute("role") === "combobox") return;
  const list = document.createElement("ul");
  list.className = "picker-list";
  list.id = `picker-${++count}`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", frame.querySelector("label")?.textContent.trim() ?? "");
  list.hidden = true;
  const room = document.createElement("div");
  room.className = "picker";
  field.before(room);
  room.append(field, list);
  for (const [name, value] of Object.entries({
    role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) field.setAttribute(name, value);

  const beside = frame.dataset.beside ? document.getElementById(frame.dataset.beside) : null;
  let options = [];
  let at = -1;
  let timer = 0;
  let asked = null;

  const close = () => {
    list.hidden = true;
    at = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const point = (to) => {
    at = to;
    [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === at)));
    field.setAttribute("aria-activedescendant", `${list.id}-${at}`);
    list.children[at]?.scrollIntoView({ block: "nearest" });
  };
  const take = (option) => {
    field.value = option.value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    close();
  };
  const draw = () => {
    list.replaceChildren(
      ...options.map((option, index) => {
        const item = document.createElement("li");
        item.id = `${list.id}-${index}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        item.append(option.label);
        if (option.more) {
          const more = document.createElement("small");
          more.textContent = option.more;
          item.append(more);
        }
        item.addEventListener("mousedown", (event) => {
          event.preventDefault();
          take(option);
        });
        return item;
      }),
    );
    list.hidden = options.length === 0;
    field.setAttribute("aria-expanded", String(options.length > 0));
  };
  const ask = async () => {
    asked?.abort();
    if (!field.value.trim() && !beside?.value.trim()) return close();
    asked = new AbortController();
    const url = new URL(frame.dataset.optionsUrl, location.href);
    url.searchParams.set("q", field.value.trim());
    if (beside) url.searchParams.set("beside", beside.value.trim().slice(0, 120));
    try {
      const answer = await fetch(url, { signal: asked.signal, headers: { Accept: "application/json" } });
      options = answer.ok ? await answer.json() : [];
      at = -1;
      draw();
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 120);
  });
  if (beside) field.addEventListener("focus", () => field.value.trim() || ask());
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const open = !list.hidden;
    if (event.key === "ArrowDown" && open) point((at + 1) % options.length);
    else if (event.key === "ArrowDown") ask();
    else if (event.key === "ArrowUp" && open) point((at - 1 + options.length) % options.length);
    else if (event.key === "Enter" && open && options.length && (at >= 0 || (field.value.trim() && !("free" in frame.dataset)))) take(options[Math.max(at, 0)]);
    else if (event.key === "Escape" && open) close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  field.addEventListener("blur", close);
  field.form?.addEventListener("submit", () => {
    clearTimeout(timer);
    asked?.abort();
    close();
  });
}

const all = (scope) => scope.querySelectorAll("[data-picker]").forEach(picker);
all(document);
document.body.addEventListener("htmx:afterSwap", (event) => all(event.detail.elt));
