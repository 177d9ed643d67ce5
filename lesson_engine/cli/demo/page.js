// The page of a demonstration: shows what the server says is shown now, as text alone, and hands on the presenter's keys.
"use strict";
const KEYS = {
  " ": "next", Enter: "next", n: "next", ArrowRight: "next", PageDown: "next",
  b: "back", Backspace: "back", ArrowLeft: "back", PageUp: "back",
  Home: "begin", End: "end", r: "reveal", p: "play", "+": "faster", "=": "faster", "-": "slower",
};
const MOST_LINES = 4;
// A ladder in its own units: its width as most have it, a row, and what stands around the rows.
const LADDER = { width: 900, row: 34, around: 90 };
const LEAST_SCALE = 1.05;
const place = (id) => document.getElementById(id);
const words = document.body.dataset;
const presents = words.role === "presenter";

function lineOf(each) {
  const item = document.createElement("li");
  if (each.current) {
    item.setAttribute("aria-current", "step");
    const now = document.createElement("span");
    now.className = "now";
    now.textContent = `▶ ${words.now} #${each.number}`;
    item.append(now);
  }
  item.append(document.createTextNode(each.text));
  return item;
}

function tell(box, text, words) {
  place(box).hidden = words === null;
  if (place(text).textContent !== (words ?? "")) place(text).textContent = words ?? "";
}

let shown = null;
function show(state) {
  shown = state;
  place("title").textContent = state.title;
  place("status").textContent = state.status;
  place("opening").textContent = state.opening ?? "";
  place("opening").hidden = state.opening === null;
  document.querySelector("main").classList.toggle("both", state.picture !== null && state.lines.length > 0);
  // Both captures in one picture are taller than a screen that has the texts below it.
  document.body.classList.toggle("beside", state.isLast && state.lines.length === 0);
  const wide = matchMedia("(min-width: 1500px)").matches;
  place("lines").replaceChildren(...state.lines.slice(wide ? -3 * MOST_LINES : -MOST_LINES).map(lineOf));
  tell("asked", "question", state.question);
  tell("told", "reveal", state.reveal);
  draw(state);
}

// The picture, as big as its box lets it be; so many rows are asked for as can be read from afar.
function draw(state) {
  const picture = place("picture"), box = place("drawing");
  picture.hidden = state.picture === null;
  if (state.picture === null) {
    picture.removeAttribute("src");
    return;
  }
  const { width, height } = box.getBoundingClientRect();
  const rows = Math.floor((height / Math.max(width / LADDER.width, LEAST_SCALE) - LADDER.around) / LADDER.row);
  picture.alt = state.description;
  picture.onload = () => {
    const fits = Math.min(width / picture.naturalWidth, height / picture.naturalHeight);
    picture.style.width = `${Math.max(fits, state.isLast ? fits : LEAST_SCALE) * picture.naturalWidth}px`;
    box.scrollTop = box.scrollHeight;
  };
  picture.src = `${state.picture}&rows=${Math.max(rows, 3)}`;
}

async function follow() {
  let version = -1;
  for (;;) {
    try {
      const answer = await fetch(`state?after=${version}`, { cache: "no-store" });
      if (!answer.ok) throw new Error(String(answer.status));
      const state = await answer.json();
      if (state.version !== version) show(state);
      version = state.version;
    } catch {
      place("status").textContent = words.lost;
      version = -1;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}

// One after the other, so that two quick keys are two steps in their order.
let sent = Promise.resolve();
function ask(action) {
  sent = sent.then(() => fetch("do", {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ do: action }),
  })).catch(() => { place("status").textContent = words.lost; });
}

if (presents) {
  for (const button of document.querySelectorAll("button[data-do]")) {
    button.addEventListener("click", () => ask(button.dataset.do));
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const action = KEYS[event.key];
    // A button that has the focus is pressed by these two itself.
    if (!action || (event.target instanceof HTMLButtonElement && (event.key === " " || event.key === "Enter"))) return;
    event.preventDefault();
    ask(action);
  });
}
addEventListener("resize", () => { if (shown) draw(shown); });
follow();
