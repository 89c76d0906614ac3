// A hall screen: as many whole rows as fit, pages that flip, a clock, and the last content kept when the line drops.

const body = document.querySelector("[data-screen]");
const rows = body.querySelector("[data-rows]");
const main = body.querySelector(".screen-main");
const pageMark = body.querySelector("[data-page-mark]");
const progress = body.querySelector("[data-page-progress]");
const offlineMark = body.querySelector("[data-offline-mark]");
const freshMark = body.querySelector("[data-fresh-mark]");
const seconds = Number(body.dataset.seconds) || 12;
const refresh = Number(body.dataset.refresh) || 60;
const source = body.dataset.source;
const zone = "Asia/Shanghai";
const language = document.documentElement.lang;
let page = 0;
let shown = "";
let turnedAt = performance.now();
let offline = false;
let asking = false;
let freshAt = body.dataset.answeredAt ? new Date(body.dataset.answeredAt) : new Date();

function perPage() {
  for (const row of rows.children) row.hidden = false;
  const head = rows.parentElement.tHead?.getBoundingClientRect().height ?? 0;
  const tallest = Math.max(...[...rows.children].map((row) => row.getBoundingClientRect().height), 1);
  return Math.max(Math.floor((main.clientHeight - head) / tallest), 1);
}

function draw() {
  const all = [...rows.children];
  if (!all.length || all[0].hasAttribute("data-none")) {
    pageMark.textContent = "";
    return;
  }
  const size = perPage();
  const pages = Math.ceil(all.length / size);
  page %= pages;
  all.forEach((row, index) => {
    row.hidden = Math.floor(index / size) !== page;
    row.classList.toggle("is-even", (index % size) % 2 === 1);
  });
  pageMark.textContent = body.dataset.page.replace("{n}", page + 1).replace("{m}", pages);
  rows.classList.remove("is-turning");
  void rows.offsetWidth;
  rows.classList.add("is-turning");
}

function turn() {
  page += 1;
  turnedAt = performance.now();
  draw();
}

function clockTime(moment) {
  return moment.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone });
}

function dayTime(moment) {
  const day = (one) => one.toLocaleDateString(language, { month: "long", day: "numeric", timeZone: zone });
  return day(moment) === day(new Date()) ? clockTime(moment) : `${day(moment)} ${clockTime(moment)}`;
}

// How long ago in the largest whole unit: 3 minutes ago, 2 hours ago, 5 days ago.
function age(moment) {
  const minutes = Math.max(Math.round((Date.now() - moment) / 60000), 0);
  const words = new Intl.RelativeTimeFormat(language, { numeric: minutes ? "always" : "auto" });
  if (minutes < 60) return words.format(-minutes, "minute");
  return minutes < 2880 ? words.format(-Math.floor(minutes / 60), "hour") : words.format(-Math.floor(minutes / 1440), "day");
}

function showFreshness() {
  freshMark.textContent = freshMark.dataset.freshMark.replace("{time}", dayTime(freshAt));
  freshMark.hidden = offline;
  offlineMark.hidden = !offline;
  const words = body.dataset.offline.replace("{time}", dayTime(freshAt)).replace("{age}", age(freshAt));
  if (offline && offlineMark.textContent !== words) offlineMark.textContent = words;
}

// A line marked data-sub is no row: it says anew what stands below the heading.
function put(html) {
  if (html === shown) return;
  shown = html;
  const fragment = new DOMParser().parseFromString(`<table><tbody>${html}</tbody></table>`, "text/html");
  const sub = fragment.querySelector("tr[data-sub]");
  if (sub) body.querySelector(".screen-sub").textContent = sub.textContent.trim();
  rows.replaceChildren(...fragment.querySelectorAll("tbody > tr:not([data-sub])"));
  draw();
}

// One question at a time, or a kept answer that comes late could hide a fresh one.
async function fetchRows() {
  if (!source || asking) return;
  asking = true;
  try {
    const answer = await fetch(source, { cache: "no-store", signal: AbortSignal.timeout(15000) });
    if (!answer.ok) throw new Error(String(answer.status));
    put((await answer.text()).trim());
    offline = answer.headers.has("X-Kept");
    freshAt = new Date(answer.headers.get("X-Answered-At") ?? Date.now());
  } catch {
    offline = true;
  }
  asking = false;
  showFreshness();
}

// The keeper shows the last good page when the box is started without a line. It is there on secure addresses only.
async function callKeeper() {
  const { keeper, keeperScope } = body.dataset;
  if (!keeper || !navigator.serviceWorker) return;
  await navigator.serviceWorker.register(keeper, { scope: keeperScope });
  const { active } = await navigator.serviceWorker.ready;
  const parts = performance.getEntriesByType("resource").map((part) => part.name);
  const ours = parts.filter((name) => new URL(name).origin === location.origin);
  active.postMessage({ keep: [...new Set([location.href, new URL(source, location.href).href, ...ours])] });
}

function tick() {
  const now = new Date();
  body.querySelector("[data-clock]").textContent = clockTime(now);
  body.querySelector("[data-calendar]").textContent = now.toLocaleDateString(language, {
    year: "numeric", month: "long", day: "numeric", weekday: "long", timeZone: zone,
  });
  const gone = (performance.now() - turnedAt) / 1000;
  progress.value = Math.min(gone / seconds, 1);
  if (gone >= seconds) turn();
}

draw();
tick();
showFreshness();
setInterval(tick, 500);
setInterval(fetchRows, refresh * 1000);
setInterval(() => offline && fetchRows(), 5000); // the line may be back long before the next refresh
addEventListener("resize", draw);
setInterval(showFreshness, 30000);
addEventListener("offline", () => {
  offline = true;
  showFreshness();
});
addEventListener("online", fetchRows);
fetchRows();
callKeeper();
