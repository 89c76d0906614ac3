// The frame of every page: folded menu, navigation that fits one row, preferences without a reload, error focus.

const root = document.documentElement;

function menu() {
  const button = document.querySelector("[data-menu]");
  if (!button) return;
  const fold = document.getElementById(button.getAttribute("aria-controls"));
  const open = (yes) => {
    fold.classList.toggle("is-open", yes);
    button.setAttribute("aria-expanded", String(yes));
  };
  button.addEventListener("click", () => open(button.getAttribute("aria-expanded") !== "true"));
  fold.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || button.getAttribute("aria-expanded") !== "true") return;
    open(false);
    button.focus();
  });
}

// Entries that do not fit move behind "More", the last first; the current one always stays in sight.
function fitNavigation(list) {
  const more = list.querySelector("[data-nav-more]");
  const rest = list.querySelector("[data-nav-rest]");
  const items = [...list.children].filter((item) => item !== more);
  const folded = matchMedia("(max-width: 68.74em)");
  const fit = () => {
    for (const item of items) list.insertBefore(item, more);
    more.hidden = true;
    if (folded.matches || list.scrollWidth <= list.clientWidth) return;
    more.hidden = false;
    const movable = items.filter((item) => !item.querySelector("[aria-current]")).reverse();
    for (const item of movable) {
      if (list.scrollWidth <= list.clientWidth) break;
      rest.prepend(item);
    }
  };
  new ResizeObserver(fit).observe(list.parentElement);
  fit();
}

function folds() {
  document.addEventListener("click", (event) => {
    for (const fold of document.querySelectorAll("details.fold[open]"))
      if (!fold.contains(event.target)) fold.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const fold = document.activeElement?.closest("details.fold[open]");
    if (!fold) return;
    fold.open = false;
    fold.querySelector("summary").focus();
  });
}

// The links work without scripts through a redirect; a theme needs no new page, so with scripts it is set here.
function preferences() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-prefer]");
    if (!link || event.ctrlKey || event.metaKey) return;
    const [name, value] = link.dataset.prefer.split("=");
    event.preventDefault();
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = `theme=${value}; path=/; max-age=31536000; samesite=lax${secure}`;
    root.dataset.theme = value;
    const dark = value === "auto" ? matchMedia("(prefers-color-scheme: dark)").matches : value !== "light";
    root.dataset.bsTheme = dark ? "dark" : "light";
    for (const other of link.closest(".menu").querySelectorAll("a")) other.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
  });
}

// A list that was narrowed without a reload has another address by now: a switch leads back to that one.
function returning() {
  const settle = (event) => {
    const link = event.target.closest("a[data-return]");
    if (!link) return;
    const switched = new URL(link.href);
    switched.searchParams.set("next", location.pathname + location.search);
    link.href = switched.href;
  };
  for (const kind of ["click", "auxclick"]) document.addEventListener(kind, settle);
}

function focusErrors(scope) {
  (scope.querySelector("[data-errors]") ?? scope.querySelector("[data-focus]"))?.focus();
}

// A link of the error summary goes to the field itself, not only to its place on the page.
function errorLinks() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-errors] a[href^='#']");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.scrollIntoView({ block: "center" });
  });
}

function failures() {
  const toast = document.getElementById("toast");
  if (!toast) return;
  const show = (text) => {
    const line = document.createElement("div");
    line.className = "notice notice-bad";
    line.textContent = text;
    toast.replaceChildren(line);
    setTimeout(() => line.remove(), 8000);
  };
  document.body.addEventListener("htmx:sendError", () => show(toast.dataset.lost));
  document.body.addEventListener("htmx:responseError", () => show(toast.dataset.failed));
}

// Filters stand open beside the list on a wide screen and folded above it on a phone.
function openWide() {
  const wide = matchMedia("(min-width: 68.75em)");
  const set = () => document.querySelectorAll("details[data-open-wide]").forEach((one) => (one.open = wide.matches));
  wide.addEventListener("change", set);
  set();
}

function back() {
  for (const button of document.querySelectorAll("[data-back]")) {
    button.hidden = history.length < 2;
    button.addEventListener("click", () => history.back());
  }
}

// A receipt goes on paper; the page has print styles of its own.
function printing() {
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });
}

// A table that is wider than its place is moved with the arrows, so it takes the focus when nothing in it does.
function wideTables() {
  const mark = (frame) => {
    const hidden = frame.scrollWidth > frame.clientWidth;
    if (hidden && !frame.querySelector("a, button, input, select, summary")) frame.tabIndex = 0;
    else frame.removeAttribute("tabindex");
  };
  const watch = new ResizeObserver((seen) => seen.forEach((one) => mark(one.target)));
  const all = (scope) => scope.querySelectorAll(".table-wrap").forEach((frame) => watch.observe(frame));
  document.body.addEventListener("htmx:afterSwap", (event) => all(event.detail.elt));
  all(document);
}

menu();
back();
printing();
wideTables();
openWide();
document.querySelectorAll("[data-nav]").forEach(fitNavigation);
folds();
preferences();
returning();
errorLinks();
failures();
focusErrors(document);
document.body.addEventListener("htmx:afterSwap", (event) => focusErrors(event.detail.elt));
