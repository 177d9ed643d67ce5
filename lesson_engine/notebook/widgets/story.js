// A story for a class, packet by packet: what is asked before a packet is shown, and what is told behind it.

const STORY_KEYS = {
  " ": "next", Enter: "next", n: "next", ArrowRight: "next", PageDown: "next", b: "back", Backspace: "back",
  ArrowLeft: "back", PageUp: "back", Home: "begin", End: "end", r: "reveal", p: "play", "+": "faster", "=": "faster",
  "-": "slower",
};
const STORY_LINES = 4;

function story(view, { said, ...opening }) {
  const title = make("h3", { class: "t-heading" });
  const status = make("output", { class: "t-count" });
  const lines = make("ol", { class: "t-story-lines", "aria-label": said.packets });
  const picture = make("div", { class: "t-picture", role: "group", tabindex: 0, "aria-label": said.ladder });
  const texts = make("div", { class: "t-story", "aria-live": "polite" });
  let timer = null;

  const text = (label, words, kind) => words && make("p", { class: `t-story-${kind}` }, make("strong", {}, label), words);

  function show({ now, svg, wait }) {
    clearTimeout(timer);
    timer = wait === null ? null : setTimeout(() => act("tick"), wait * 1000);
    title.textContent = now.title;
    status.textContent = now.status;
    fill(lines, now.lines.slice(-STORY_LINES).map((each) => make(
      "li", { "aria-current": each.current && "step" },
      each.current ? make("span", { class: "t-story-now" }, `▶ ${said.now} #${each.number} `) : null, each.text,
    )));
    const drawn = svg && picture_of(svg);
    if (drawn) {
      drawn.setAttribute("role", "img");
      drawn.setAttribute("aria-label", now.description);
    }
    fill(picture, drawn);
    picture.hidden = !drawn;
    picture.scrollTop = picture.scrollHeight;
    fill(texts, text("", now.opening, "opening"), text(said.asked, now.question, "asked"), text(said.told, now.reveal, "told"));
  }

  function act(ask, more) {
    return view.ask(ask, more).then(show);
  }

  const buttons = ["back", "next", "reveal", "play", "slower", "faster"].map((action) =>
    button(said[action], () => act("do", { action })));
  const large = button(said.large, () => (document.fullscreenElement ? document.exitFullscreen() : view.root.requestFullscreen()));
  view.root.addEventListener("keydown", (event) => {
    const action = STORY_KEYS[event.key];
    if (!action || event.ctrlKey || event.altKey || event.metaKey) return;
    // A button that has the focus is pressed by these two itself.
    if (event.target instanceof HTMLButtonElement && (event.key === " " || event.key === "Enter")) return;
    event.preventDefault();
    act("do", { action });
  });
  view.cleanups.push(() => clearTimeout(timer));
  fill(view.body,
    make("div", { class: "t-bar" }, title, status), lines, picture, texts,
    make("div", { class: "t-bar", role: "group", "aria-label": opening.now.title }, buttons, large));
  show(opening);
}
