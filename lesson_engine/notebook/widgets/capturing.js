// A capture that still goes on: what it says of itself, its end, and the newest line in sight.

const SAID_EVERY = 15000;
const shownIn = new Map();

function capturing(view, list, opening) {
  const announcer = new Announcer();
  const state = make("p", { class: "t-heading" });
  const remarks = make("div");
  const stopping = make("p", { hidden: true }, view.say("stopping"));
  const stop = button(view.say("stop"), () => {
    // The kernel hears of it when it has run the cell that it may be at.
    stopping.hidden = false;
    announcer.say(view.say("stopping"));
    view.ask("stop");
  }, { class: "t-button t-primary" });
  const newest = make("input", {
    type: "checkbox", id: view.id("newest"), onchange: () => list.follow(newest.checked),
  });
  const bar = make("div", { class: "t-bar" }, stop, newest, make("label", { for: view.id("newest") }, view.say("newest")));
  let { running } = opening;
  let said = -Infinity;

  function show(live) {
    running = live.running;
    state.textContent = live.state;
    fill(remarks, live.remarks.flatMap((remark) => remark.split("\n")).map((text) => make("p", {}, text)));
    // Everybody sees each count; to those who hear it, it would be a flood.
    const now = performance.now();
    if (!running || now - said > SAID_EVERY) {
      announcer.say(live.state);
      said = now;
    }
    if (running) return;
    if (bar.contains(document.activeElement)) list.node.focus();
    bar.hidden = stopping.hidden = true;
    list.follow(false);
    list.onfollow = null;
  }

  function ended() {
    if (running) show({ running: false, state: view.say("ended"), remarks: [] });
  }

  // It ends with the last place where it is shown; an output can have several views.
  const place = view.model.get("still");
  shownIn.set(place, (shownIn.get(place) ?? 0) + 1);
  view.model.on("comm_live_update", ended);
  view.cleanups.push(() => {
    view.model.off("comm_live_update", ended);
    shownIn.set(place, shownIn.get(place) - 1);
    if (running && !shownIn.get(place)) view.model.send({ id: "", ask: "leave", place });
  });
  view.onnews = (live) => {
    list.grow(live.packets, live.rows);
    show(live);
  };
  list.onfollow = (following) => (newest.checked = following);
  list.follow(running);
  show(opening);
  return make("div", {}, state, bar, stopping, remarks, announcer.node);
}
