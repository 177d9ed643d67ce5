// What the learner can do, with the exercises that earn it; it follows what is passed on the same page.

function checklist(view, opening) {
  const state = make("div", { class: "t-skills" });
  const again = button(view.say("refresh"), () => refresh());

  function show({ title, count, passed, total, items }) {
    fill(state,
      make("div", { class: "t-title", role: "heading", "aria-level": 4 }, title),
      make("div", { class: "t-bar" },
        make("progress", { max: total, value: passed, "aria-label": count }), make("span", {}, count)),
      items.map(({ title: skill, earned, exercises }) => make("div", { class: "t-skill" },
        make("p", { class: "t-heading" },
          make("span", { class: earned === exercises.length ? "t-good" : "t-faint" }, earned === exercises.length ? "✓ " : "○ "),
          skill, make("span", { class: "t-count" }, view.say("progress", { passed: earned, total: exercises.length }))),
        make("ul", { class: "t-exercises" }, exercises.map(([id, name, done, next]) => make("li", {},
          make("span", { class: done ? "t-good" : "t-faint", "aria-hidden": "true" }, done ? "✓ " : next ? "▸ " : "・"),
          make("span", { class: "t-hidden" }, view.say(done ? "passed" : "not_passed")),
          make("span", { class: "t-code" }, id), ` ${name}`,
          next ? make("span", { class: "t-accent" }, `  ← ${view.say("upcoming")}`) : ""))))));
  }

  async function refresh() {
    show(await view.ask("open"));
  }

  document.addEventListener("tutor-progress", refresh);
  view.cleanups.push(() => document.removeEventListener("tutor-progress", refresh));
  show(opening);
  fill(view.body, state, make("div", { class: "t-bar" }, again));
}
