// A conversation as a picture that is walked through, a packet at a time or at the pace of its recording.

const SPEEDS = [0.1, 1, 10, 100];

function ladder(view, opening) {
  if (!opening.names.length) {
    fill(view.body, make("p", {}, opening.none));
    return;
  }
  const announcer = new Announcer();
  const detail = new Detail(view);
  const picture = make("div", { class: "t-picture", role: "group", tabindex: 0, "aria-label": view.say("ladder") });
  const symptom = make("p", { class: "t-symptom" });
  const place = make("output", { class: "t-count" });
  const said = make("p", { class: "t-code t-line", "aria-live": "off" });
  const conversation = make("select", { class: "t-select", id: view.id("which"), onchange: () => load() },
    opening.names.map((name, at) => make("option", { value: at }, name)));
  const speed = make("select", { class: "t-select", id: view.id("speed") }, SPEEDS.map((factor) => make("option", {
    value: factor, selected: factor === 1,
  }, factor === 1 ? view.say("own_pace") : factor < 1 ? view.say("slower", { n: 1 / factor }) : view.say("faster", { n: factor }))));
  let steps = [];
  let groups = [];
  let at = -1;
  let timer = null;

  function draw() {
    groups.forEach((group, step) => {
      group.classList.toggle("t-ahead", step > at);
      group.classList.toggle("t-selected", step === at);
      if (step === at) group.setAttribute("aria-current", "step");
      else group.removeAttribute("aria-current");
    });
    place.textContent = view.say("step", { at: at + 1, of: steps.length, number: steps[at]?.[0] ?? "" });
    buttons.back.disabled = buttons.first.disabled = at <= 0;
    buttons.forward.disabled = buttons.last.disabled = at >= steps.length - 1;
    // The button that was pressed keeps the focus of the keyboard only while it can be pressed.
    if (at >= 0) {
      detail.load(steps[at][2]);
      announcer.say(groups[at].getAttribute("aria-label"));
    }
  }

  function go(step) {
    at = Math.min(Math.max(0, step), steps.length - 1);
    draw();
  }

  function pause() {
    clearTimeout(timer);
    timer = null;
    buttons.play.textContent = view.say("play");
  }

  function play() {
    if (timer !== null) {
      pause();
      return;
    }
    if (at >= steps.length - 1) go(0);
    buttons.play.textContent = view.say("pause");
    advance();
  }

  function advance() {
    if (at >= steps.length - 1) {
      pause();
      return;
    }
    const wait = (steps[at + 1][1] - steps[at][1]) / 1e6 / Number(speed.value);
    timer = setTimeout(() => {
      go(at + 1);
      advance();
    }, Math.max(0, wait));
  }

  const buttons = {
    first: button(view.say("first"), () => { pause(); go(0); }),
    back: button(view.say("back"), () => { pause(); go(at - 1); }),
    play: button(view.say("play"), play),
    forward: button(view.say("forward"), () => { pause(); go(at + 1); }),
    last: button(view.say("last"), () => { pause(); go(steps.length - 1); }),
  };

  async function load() {
    pause();
    const reply = await view.ask("ladder", { place: Number(conversation.value) });
    steps = reply.steps;
    const svg = picture_of(reply.svg);
    fill(picture, svg);
    symptom.className = `t-symptom ${reply.trouble ? "t-bad" : "t-good"}`;
    symptom.textContent = `${reply.trouble ? "✗" : "✓"} ${reply.symptom}`;
    groups = steps.map(([number], step) => {
      const group = svg.querySelector(`g[data-packet="${number}"]`);
      group.setAttribute("role", "button");
      group.setAttribute("tabindex", "0");
      group.setAttribute("aria-label", `#${number} ${[...group.querySelectorAll("text")].map((each) => each.textContent).join(" ")}`);
      group.addEventListener("click", () => { pause(); go(step); });
      group.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        pause();
        go(step);
      });
      target(group);
      return group;
    });
    at = -1;
    go(steps.length - 1);
  }

  view.cleanups.push(() => clearTimeout(timer));
  fill(view.body,
    make("div", { class: "t-bar" }, make("label", { for: view.id("which") }, view.say("conversation")), conversation),
    make("div", { class: "t-bar", role: "group", "aria-label": view.say("ladder") }, Object.values(buttons), place,
      make("label", { for: view.id("speed") }, view.say("speed")), speed),
    picture, symptom, said, detail.node, announcer.node);
  load();
}

// The views' picture as nodes. Its texts are escaped where it is made; what could run is taken out all the same.
function picture_of(text) {
  const svg = document.importNode(new DOMParser().parseFromString(text, "image/svg+xml").documentElement, true);
  for (const node of [svg, ...svg.querySelectorAll("*")]) {
    if (["script", "foreignObject", "image", "use", "a"].includes(node.localName)) node.remove();
    for (const { name } of [...node.attributes]) if (/^on|href$/i.test(name)) node.removeAttribute(name);
  }
  // What can be pressed may not stand inside an image.
  svg.setAttribute("role", "group");
  return svg;
}

// A packet can be pressed anywhere in its row.
function target(group) {
  const box = group.getBBox();
  const area = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  const around = { x: box.x - 4, y: box.y - 4, width: box.width + 8, height: box.height + 8 };
  for (const [name, value] of Object.entries(around)) area.setAttribute(name, value);
  area.setAttribute("class", "t-area");
  group.prepend(area);
}
