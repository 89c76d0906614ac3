// A kiosk: the keypad types, the answer is put into the page (no address, no history), and everything is wiped when
// nobody touches the screen for a while. Nothing is stored.

const body = document.querySelector("[data-kiosk]");
const form = body.querySelector("[data-kiosk-form]");
const fields = [...form.querySelectorAll("[data-kiosk-field]")];
const answer = body.querySelector("[data-kiosk-answer]");
const count = body.querySelector("[data-kiosk-count]");
const idle = Number(body.dataset.seconds) || 60;
const WARN = 20;
let last = performance.now();
let current = fields[0];

function isClean() {
  return !answer.textContent.trim() && fields.every((field) => !field.value);
}

function wipe() {
  for (const field of fields) field.value = "";
  answer.replaceChildren();
  body.classList.remove("kiosk-shown");
  location.replace(location.pathname + location.search);
}

function touch() {
  last = performance.now();
  count.hidden = true;
}

// Every second: the rest is told for the last twenty seconds, then the page is as nobody had been here.
function tick() {
  if (isClean()) {
    touch();
    return;
  }
  const left = Math.ceil(idle - (performance.now() - last) / 1000);
  if (left <= 0) wipe();
  else if (left <= WARN) {
    count.hidden = false;
    count.textContent = count.dataset.text.replace("{n}", left);
  }
}

function type(key) {
  if (key === "back") current.value = current.value.slice(0, -1);
  else if (current.value.length < current.maxLength) current.value += key;
  if (current === fields[0] && current.value.length === current.maxLength && key !== "back") current = fields[1];
  current.focus();
}

async function ask(event) {
  event.preventDefault();
  const told = new FormData(form);
  for (const field of fields) field.value = "";
  current = fields[0];
  try {
    const said = await fetch(form.action, { method: "POST", body: told, cache: "no-store", redirect: "error" });
    answer.innerHTML = await said.text();
    body.classList.toggle("kiosk-shown", said.ok);
    if (!said.ok) current.focus();
    else answer.focus();
  } catch {
    answer.textContent = body.dataset.failed;
  }
  touch();
}

for (const field of fields) field.addEventListener("focus", () => (current = field));
form.addEventListener("submit", ask);
body.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.key) type(button.dataset.key);
  if (button && "kioskDone" in button.dataset) wipe();
  if (button && "print" in button.dataset) print();
});
for (const name of ["pointerdown", "keydown"]) addEventListener(name, touch);
addEventListener("pageshow", (event) => event.persisted && wipe());
addEventListener("pagehide", () => {
  for (const field of fields) field.value = "";
  answer.replaceChildren();
});
setInterval(tick, 1000);
