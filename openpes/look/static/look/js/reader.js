// A card reader at a desk: one port, four drivers. What a card says goes into the find box or the form of a newcomer and
// is kept nowhere else: no storage, no address, no log.
//
// A driver is a function (settings, tell) that gives { read, stop }. It hands a card on by tell.card(payload) and says
// by tell.trouble() that the reader does not answer. `settings` has the port of a local service and the mock's card.

const GAP = 60; // milliseconds: a reader types faster than any hand
const PAUSE = 600; // milliseconds: a busy machine hands keys on late, but not that late
const SHORTEST = 15; // the digits of the older identity number
const AGAIN = 5000;
const PATIENCE = 8000;

// What readers call their fields, ours first.
const FIELDS = {
  id_number: ["id_number", "idNumber", "idCardNo", "cardNo", "certNumber", "IDNumber", "身份证号码", "公民身份号码", "id"],
  name: ["name", "partyName", "Name", "姓名"],
  ethnic_group: ["ethnic_group", "nation", "Nation", "民族"],
  address: ["address", "certAddress", "Address", "住址"],
};

function plain(text) {
  return String(text ?? "").normalize("NFKC").trim();
}

function isNumber(text) {
  return /^(\d{15}|\d{17}[\dXx])$/.test(text);
}

// A card from what a reader sent: an object, JSON, or texts between bars or tabs; nothing when it names no number.
export function cardOf(payload) {
  let told = payload;
  if (typeof told === "string") {
    try {
      told = JSON.parse(told);
    } catch {
      told = fromLine(told);
    }
  }
  if (typeof told === "number") told = { id_number: String(payload) };
  if (!told || typeof told !== "object") return null;
  const inner = told.data && typeof told.data === "object" ? told.data : told;
  const card = {};
  for (const [field, names] of Object.entries(FIELDS)) {
    const found = names.find((name) => plain(inner[name]));
    card[field] = found ? plain(inner[found]) : "";
  }
  card.id_number = card.id_number.toUpperCase();
  return isNumber(card.id_number) ? card : null;
}

function fromLine(line) {
  const parts = line.split(/[|\t;,]/).map(plain);
  const number = parts.find(isNumber);
  const name = parts.find((part) => part && part !== number && /^[\u3400-\u9fff·]{2,}$/.test(part));
  return { id_number: number, name };
}

// The keys of one line are those since the last pause. Each key remembers what stood in its field before it.
function wedge(_settings, tell) {
  let keys = [];
  let last = 0;
  const listen = (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const gap = event.timeStamp - last;
    last = event.timeStamp;
    if (gap >= PAUSE) keys = [];
    if (event.key.length === 1) {
      const field = event.target;
      keys.push({ key: event.key, gap, field, value: "value" in field ? field.value : null });
      return;
    }
    if (event.key === "Enter" || event.key === "Tab") {
      const line = lineOfReader(keys);
      if (line) {
        event.preventDefault();
        event.stopPropagation();
        if (line[0].value !== null) line[0].field.value = line[0].value; // the field had the focus by chance
        tell.card(textOf(line));
      }
    }
    if (event.key !== "Shift" && event.key !== "Tab") keys = [];
  };
  document.addEventListener("keydown", listen, true);
  return { read() {}, stop: () => document.removeEventListener("keydown", listen, true) };
}

function textOf(keys) {
  return keys.map((one) => one.key).join("");
}

// The whole line, or what came after the last key of a hand; a line is quick when most of its keys are.
function lineOfReader(keys) {
  const slow = keys.findLastIndex((one) => one.gap >= GAP);
  for (const line of [keys, keys.slice(Math.max(slow, 0))]) {
    const gaps = line.slice(1).map((one) => one.gap).sort((a, b) => a - b);
    if (line.length >= SHORTEST && gaps[gaps.length >> 1] < GAP && cardOf(textOf(line))) return line;
  }
  return null;
}

function ws(settings, tell) {
  let line = null;
  let timer = 0;
  let over = false;
  const open = () => {
    line = new WebSocket(`ws://127.0.0.1:${settings.port}/`);
    line.addEventListener("message", (event) => tell.card(event.data));
    line.addEventListener("close", () => {
      if (!over) timer = setTimeout(open, AGAIN);
    });
  };
  open();
  return {
    read() {
      if (line.readyState === WebSocket.OPEN) line.send("read");
      else if (line.readyState === WebSocket.CONNECTING) line.addEventListener("open", () => line.send("read"), { once: true });
      else tell.trouble();
      if (line.readyState === WebSocket.CONNECTING) line.addEventListener("error", () => tell.trouble(), { once: true });
    },
    stop() {
      over = true;
      clearTimeout(timer);
      line.close();
    },
  };
}

function http(settings, tell) {
  return {
    async read() {
      try {
        const answer = await fetch(`http://127.0.0.1:${settings.port}/read`, { cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(PATIENCE) });
        tell.card(await answer.text());
      } catch {
        tell.trouble();
      }
    },
    stop() {},
  };
}

function mock(settings, tell) {
  return { read: () => tell.card(settings.card), stop() {} };
}

export const DRIVERS = { wedge, ws, http, mock };

function put(field, value) {
  if (!field || !value) return;
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

function fill(card) {
  const form = document.getElementById("newcomer");
  const box = document.querySelector("[data-find-box]");
  if (!form) {
    put(box, card.id_number);
    box?.focus();
    return;
  }
  put(form.elements.id_number, card.id_number);
  put(form.elements.name, card.name);
  const group = [...(form.elements.ethnic_group?.options ?? [])].find((one) => card.ethnic_group && one.text.startsWith(card.ethnic_group.replace(/族$/, "")));
  if (group) put(form.elements.ethnic_group, group.value);
  if (!form.elements.address?.value) put(form.elements.address, card.address);
  form.elements.name?.focus();
}

const place = document.querySelector("[data-reader]");

if (place) {
  const [name, port] = (document.cookie.match(/(?:^|; )reader=([a-z]+):?(\d{0,5})/) ?? []).slice(1);
  const driver = DRIVERS[name] ?? wedge;
  const said = place.querySelector("[data-reader-said]");
  const tell = {
    card(payload) {
      const card = cardOf(payload);
      said.textContent = card ? "" : place.dataset.unread;
      if (card) fill(card);
    },
    trouble() {
      said.textContent = place.dataset.trouble;
    },
  };
  const reader = driver({ port, card: place.dataset.mock }, tell);
  const button = place.querySelector("[data-read-card]");
  button.hidden = driver === wedge;
  button.addEventListener("click", () => reader.read());
  addEventListener("pagehide", () => reader.stop());
}
