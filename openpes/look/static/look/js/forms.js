// Forms: Enter goes to the next field, dates as people type them, one sending at a time, choosing rows in bulk.

const FIELDS = "input:not([type=hidden]):not([disabled]), select:not([disabled]), textarea:not([disabled]), button[data-save]";

function nextField(event) {
  if (event.key !== "Enter" || event.isComposing || event.altKey || event.ctrlKey || event.shiftKey) return;
  const field = event.target;
  const form = field.form;
  if (!form?.hasAttribute("data-enter-next") || field.tagName === "TEXTAREA" || field.type === "submit") return;
  if (field.getAttribute("aria-expanded") === "true") return;
  event.preventDefault();
  const all = [...form.elements].filter((one) => one.matches(FIELDS) && one.offsetParent !== null);
  const group = (one) => (one.type === "radio" ? one.name : one);
  const after = all.slice(all.indexOf(field) + 1).find((one) => group(one) !== group(field));
  after?.focus();
  if (after?.select && after.type !== "checkbox" && after.type !== "radio" && after.tagName === "INPUT") after.select();
}

// 20261101, 2026.11.1, 2026/11/1 and 2026年11月1日 become 2026-11-01; anything else is left for the server to name.
export function plainDate(text) {
  const ascii = text.normalize("NFKC").trim();
  const parts =
    /^(\d{4})(\d{2})(\d{2})$/.exec(ascii) ?? /^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?$/.exec(ascii.replace(/\s+/g, ""));
  if (!parts) return text;
  const [, year, month, date] = parts;
  return `${year}-${month.padStart(2, "0")}-${date.padStart(2, "0")}`;
}

function dates(event) {
  const field = event.target;
  if (field.matches?.("[data-date]")) field.value = plainDate(field.value);
}

// A second press while the first is under way does nothing; the idempotency key guards the rest.
function sendOnce(event) {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  const button = event.submitter;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  button?.setAttribute("aria-busy", "true");
}

function sendAgain() {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
  }
}

function bulk(event) {
  const table = event.target.closest?.("[data-bulk]");
  if (!table || event.target.type !== "checkbox") return;
  const all = table.querySelector("[data-bulk-all]");
  const rows = [...table.querySelectorAll("tbody input[type=checkbox]")];
  if (event.target === all) for (const row of rows) row.checked = all.checked;
  const chosen = rows.filter((row) => row.checked).length;
  all.checked = chosen === rows.length && chosen > 0;
  all.indeterminate = chosen > 0 && chosen < rows.length;
  const count = table.querySelector("[data-bulk-count]");
  count.textContent = count.dataset.bulkCount.replace("{n}", String(chosen));
  for (const button of table.querySelectorAll(".bulk button")) button.disabled = chosen === 0;
}

// Rows are chosen with keys alone: the arrows go from box to box, the space bar ticks, Shift with an arrow ticks on the way.
function rows(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const box = event.target.closest?.("[data-bulk] tbody input[type=checkbox]");
  if (!step || !box || event.altKey || event.ctrlKey || event.metaKey) return;
  const boxes = [...box.closest("tbody").querySelectorAll(".pick input[type=checkbox]")];
  const next = boxes[boxes.indexOf(box) + step];
  event.preventDefault();
  if (!next) return;
  if (event.shiftKey && next.checked !== box.checked) next.click();
  next.focus();
}

// A request that comes from no form with a key gets one of its own, so that a retry on the line happens once.
function ownKey(event) {
  const { verb, parameters, headers } = event.detail;
  if (verb === "get" || parameters.idempotency_key) return;
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  headers["Idempotency-Key"] = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

document.addEventListener("keydown", nextField);
document.addEventListener("focusout", dates);
document.addEventListener("submit", sendOnce);
document.addEventListener("change", bulk);
document.addEventListener("keydown", rows);
document.body.addEventListener("htmx:configRequest", ownKey);
document.body.addEventListener("htmx:afterRequest", sendAgain);
addEventListener("pageshow", sendAgain);
for (const button of document.querySelectorAll("[data-bulk] .bulk button")) button.disabled = true;
