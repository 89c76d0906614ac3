// Keys: Alt+S saves on every page; where the help of the keys stands, / find, Alt+N next number, Ctrl+K commands, ? help.

function typing(target) {
  return target.matches?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
}

function open(name) {
  const dialog = document.getElementById(name);
  if (!dialog || dialog.open) return;
  for (const other of document.querySelectorAll("dialog[open]")) other.close();
  dialog.showModal();
  dialog.dispatchEvent(new CustomEvent("opened"));
}

function save() {
  const form = document.activeElement?.form ?? document.activeElement?.closest("form");
  const here = form && [...form.elements].find((one) => one.matches("[data-save]"));
  (here ?? document.querySelector("main [data-save]"))?.click();
}

function find() {
  const box = document.querySelector("[data-find-box]") ?? document.querySelector("input[type=search]");
  box?.focus();
  box?.select();
}

function chord(event) {
  if (event.altKey && !event.ctrlKey && event.code === "KeyS") return save;
  if (!document.getElementById("keys")) return null;
  if (event.altKey && !event.ctrlKey && event.code === "KeyN")
    return () => document.querySelector("[data-next-number]")?.click();
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.code === "KeyK") return () => open("palette");
  if (event.altKey || event.ctrlKey || event.metaKey || typing(event.target)) return null;
  if (event.key === "/") return find;
  if (event.key === "?") return () => open("keys");
  return null;
}

document.addEventListener("keydown", (event) => {
  const act = event.isComposing ? null : chord(event);
  if (!act) return;
  event.preventDefault();
  act();
});

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (opener) open(opener.dataset.open);
  if (event.target.closest("[data-close]")) event.target.closest("dialog").close();
  if (event.target.matches("dialog")) event.target.close();
});
