// A running line: about four characters a second, renewed from its text; what was there last stays when the line drops.

const body = document.querySelector("[data-strip]");
const line = body.querySelector("[data-strip-line]");
const refresh = Number(body.dataset.refresh) || 60;
const still = matchMedia("(prefers-reduced-motion: reduce)");
const SPEED = 4;
const TURN = 6000;
let motion = null;
let next = null;
let turned = 0;

function run() {
  motion?.cancel();
  for (const item of line.children) item.hidden = false;
  if (still.matches) {
    turn();
    return;
  }
  const letter = parseFloat(getComputedStyle(line).fontSize);
  const length = line.scrollWidth + innerWidth;
  motion = line.animate([{ transform: `translateX(${innerWidth}px)` }, { transform: `translateX(${-line.scrollWidth}px)` }], { duration: (length / (letter * SPEED)) * 1000 });
  motion.onfinish = () => {
    take();
    run();
  };
}

// Whoever wants no motion reads one vacancy after the other.
function turn() {
  take();
  [...line.children].forEach((item, index) => (item.hidden = index !== turned % line.children.length));
  turned += 1;
}

function take() {
  if (!next) return;
  line.replaceChildren(...next.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  next = null;
}

async function renew() {
  try {
    const answer = await fetch(body.dataset.source, { cache: "no-store" });
    if (answer.ok) next = (await answer.text()).split(/\r?\n/).filter(Boolean);
  } catch {
    // The line is down: the last lines go on running.
  }
}

setInterval(renew, refresh * 1000);
setInterval(() => still.matches && turn(), TURN);
still.addEventListener("change", run);
addEventListener("resize", run);
run();
