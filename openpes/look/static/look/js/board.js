// A board on a wall asks for itself again; what was last shown stays, with its time, when the line is down. The button
// holds it (WCAG 2.2.2), and so does a reader who has the focus inside. Only what changes for a listener is announced:
// that it is held or goes on, and that the line is down or back.
import { bringLater } from "./later.js";

const board = document.querySelector("[data-board]");
const fresh = document.querySelector("[data-board-fresh]");
const lost = document.querySelector("[data-board-lost]");
const told = document.querySelector("[data-board-told]");
const pause = document.querySelector("[data-board-pause]");
const full = document.querySelector("[data-board-full]");
const LATER = 10 * 60 * 1000; // milliseconds; flows are counted from rows and move slowly
let brought = performance.now();
let held = false;
let asking = false;

async function askAgain() {
  if (held || asking || document.hidden || board.contains(document.activeElement)) return;
  asking = true;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.querySelector("[data-board]");
    const before = board.querySelectorAll("[data-later]");
    next.querySelectorAll("[data-later]").forEach((place, n) => before[n] && place.replaceChildren(...before[n].childNodes));
    board.replaceChildren(...next.childNodes);
    fresh.textContent = page.querySelector("[data-board-fresh]").textContent;
    if (!lost.hidden) told.textContent = told.dataset.back;
    lost.hidden = true;
    if (performance.now() - brought > LATER || board.querySelector("[data-later]:not(:has([data-part]))")) {
      brought = performance.now();
      bringLater(board);
    }
  } catch {
    if (lost.hidden) told.textContent = lost.textContent;
    lost.hidden = false;
  } finally {
    asking = false;
  }
}

pause.addEventListener("click", () => {
  held = !held;
  [pause.textContent, pause.dataset.boardPause] = [pause.dataset.boardPause, pause.textContent];
  told.textContent = held ? told.dataset.held : told.dataset.on;
  if (!held) askAgain();
});
if (document.fullscreenEnabled) {
  full.hidden = false;
  full.addEventListener("click", () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()));
}
setInterval(askAgain, Number(board.dataset.seconds) * 1000);
