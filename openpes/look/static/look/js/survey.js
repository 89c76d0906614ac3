// A household at the door. What is typed stays on this device, sealed under a key that never leaves it, until the office
// has it: a page that is closed fills itself in again, and what was sent without a line is sent by itself later, under
// the key of its form, so that it counts once.

const line = document.querySelector("[data-survey-line]");
const form = document.querySelector("form[data-survey]");
const owner = line?.dataset.surveyOwner ?? "";
const NOT_KEPT = new Set(["csrfmiddlewaretoken"]);
const OF_THE_PAGE = new Set(["idempotency_key", "seen"]);
const PATIENCE = 20000;
const canKeep = Boolean(globalThis.indexedDB && globalThis.crypto?.subtle);
let sending = false;

function asked(request) {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

async function stored(mode, name) {
  const opening = indexedDB.open("openpes-survey", 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore("drafts", { keyPath: "id" });
    opening.result.createObjectStore("keys");
  };
  const shelf = await asked(opening);
  return shelf.transaction(name, mode).objectStore(name);
}

async function key() {
  const found = await asked((await stored("readonly", "keys")).get("draft"));
  if (found) return found;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await asked((await stored("readwrite", "keys")).put(made, "draft"));
  return made;
}

async function keep(draft, entries) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const text = new TextEncoder().encode(JSON.stringify(entries));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(), text);
  await asked((await stored("readwrite", "drafts")).put({ ...draft, iv, sealed }));
}

async function entriesOf(draft) {
  const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv: draft.iv }, await key(), draft.sealed);
  return JSON.parse(new TextDecoder().decode(text));
}

async function drop(id) {
  await asked((await stored("readwrite", "drafts")).delete(id));
}

async function drafts() {
  const all = await asked((await stored("readonly", "drafts")).getAll());
  return all.filter((one) => one.owner === owner);
}

function say(words, values = {}) {
  line.textContent = Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), words);
  line.hidden = false;
}

function token() {
  return JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";
}

// The answer of the office, or nothing when there is no line; a page that asks to sign in is no answer.
async function sent(action, entries) {
  try {
    const answer = await fetch(action, {
      method: "POST", body: new URLSearchParams(entries), signal: AbortSignal.timeout(PATIENCE),
      headers: { "X-CSRFToken": token(), "X-Requested-With": "survey" },
    });
    return answer.url.includes("/sign-in/") || answer.status >= 500 ? null : answer;
  } catch {
    return null;
  }
}

// The office has taken it, and says which page comes next.
function taken(answer) {
  return answer.status === 204;
}

function mine() {
  return { id: `${owner}:${form.dataset.survey}`, owner, action: location.pathname, seen: form.dataset.surveySeen };
}

function typed() {
  return [...new FormData(form)].filter(([name]) => !NOT_KEPT.has(name));
}

async function submitted(event) {
  event.preventDefault();
  if (sending) return;
  sending = true;
  event.submitter?.setAttribute("aria-busy", "true");
  const entries = typed();
  const answer = await sent(location.pathname, entries);
  sending = false;
  event.submitter?.removeAttribute("aria-busy");
  if (answer && taken(answer)) {
    if (canKeep) await drop(mine().id);
    location.assign(answer.headers.get("HX-Redirect"));
  } else if (answer) {
    HTMLFormElement.prototype.submit.call(form); // the page with what is to be mended
  } else if (canKeep) {
    await keep({ ...mine(), queued: true }, entries);
    say(line.dataset.kept, { n: (await drafts()).filter((one) => one.queued).length });
    line.scrollIntoView({ block: "nearest" });
  } else {
    say(line.dataset.lost);
  }
}

// Everything that waits for a line; the keys of its forms let it count once however often it is sent.
async function deliver() {
  if (!canKeep || sending) return;
  const waiting = (await drafts()).filter((one) => one.queued);
  if (!waiting.length) return;
  sending = true;
  let left = waiting.length;
  let refused = "";
  for (const draft of waiting) {
    const answer = await sent(draft.action, await entriesOf(draft));
    if (!answer) break;
    left -= 1;
    if (taken(answer)) await drop(draft.id);
    else {
      refused = draft.action;
      await keep({ ...draft, queued: false }, await entriesOf(draft));
    }
  }
  sending = false;
  if (refused) say(line.dataset.refused, { what: refused });
  else if (left) say(line.dataset.kept, { n: left });
  else say(line.dataset.sent);
}

function fill(entries) {
  const values = new Map(entries.filter(([name]) => !OF_THE_PAGE.has(name)));
  for (const field of form.elements) {
    if (!field.name || OF_THE_PAGE.has(field.name) || NOT_KEPT.has(field.name)) continue;
    if (field.type === "radio" || field.type === "checkbox") field.checked = values.get(field.name) === field.value;
    else if (values.has(field.name)) field.value = values.get(field.name);
  }
  for (const fold of form.querySelectorAll("details"))
    fold.open ||= [...fold.querySelectorAll("input[type=text]")].some((field) => field.name.startsWith("new") && field.value);
}

async function fillAgain() {
  const draft = (await drafts()).find((one) => one.id === mine().id);
  if (!draft || draft.queued || document.querySelector("[data-errors]")) return;
  fill(await entriesOf(draft));
  say(draft.seen === form.dataset.surveySeen ? line.dataset.draft : line.dataset.stale);
  silence(form);
}

// Who was not met answers nothing: the questions go out of sight.
function silence(one) {
  const result = one.querySelector("input[name=outcome]:checked, input[name=is_met]:checked");
  one.toggleAttribute("data-silent", Boolean(result) && !["met", "yes"].includes(result.value));
}

for (const one of document.querySelectorAll("form.survey")) {
  one.addEventListener("change", () => silence(one));
  silence(one);
}
if (form && line) {
  let pause;
  form.addEventListener("submit", submitted);
  form.addEventListener("input", () => {
    clearTimeout(pause);
    if (canKeep) pause = setTimeout(() => sending || keep({ ...mine(), queued: false }, typed()), 400);
  });
}
if (line && canKeep) {
  deliver().then(() => form && fillAgain());
  addEventListener("online", deliver);
  setInterval(deliver, 10000);
}
