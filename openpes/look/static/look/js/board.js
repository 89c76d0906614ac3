// A board on a wall asks for itself again; what was last shown stays when the line is down. The button holds it.
const board = document.querySelector("[data-board]");
const fresh = document.querySelector("[data-board-fresh]");
const lost = document.querySelector("[data-board-lost]");
const pause = document.querySelector("[data-board-pause]");
let held = false;

async function askAgain() {
  if (held || document.hidden) return;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    board.replaceChildren(...page.querySelector("[data-board]").childNodes);
    fresh.textContent = page.querySelector("[data-board-fresh]").textContent;
    lost.hidden = true;
  } catch {
    lost.hidden = false;
  }
}

pause.addEventListener("click", () => {
  held = !held;
  [pause.textContent, pause.dataset.boardPause] = [pause.dataset.boardPause, pause.textContent];
  if (!held) askAgain();
});
setInterval(askAgain, Number(board.dataset.seconds) * 1000);
