// The page of a demonstration: shows what the server says is shown now, as text alone, and hands on the presenter's keys.
"use strict";
const KEYS = {
  " ": "next", Enter: "next", n: "next", ArrowRight: "next", PageDown: "next",
  b: "back", Backspace: "back", ArrowLeft: "back", PageUp: "back",
  Home: "begin", End: "end", r: "reveal", p: "play", "+": "faster", "=": "faster", "-": "slower",
};
const MOST_LINES = 4;
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

function show(state) {
  place("title").textContent = state.title;
  place("status").textContent = state.status;
  place("opening").textContent = state.opening ?? "";
  place("opening").hidden = state.opening === null;
  document.querySelector("main").classList.toggle("both", state.picture !== null && state.lines.length > 0);
  const wide = matchMedia("(min-width: 1500px)").matches;
  place("lines").replaceChildren(...state.lines.slice(wide ? -3 * MOST_LINES : -MOST_LINES).map(lineOf));
  const picture = place("picture");
  picture.hidden = state.picture === null;
  if (state.picture !== null) {
    picture.alt = state.description;
    picture.onload = () => { place("drawing").scrollTop = place("drawing").scrollHeight; };
    picture.src = state.picture;
  } else {
    picture.removeAttribute("src");
  }
  tell("asked", "question", state.question);
  tell("told", "reveal", state.reveal);
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
follow();
