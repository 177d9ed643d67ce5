// An exercise: its task, its answer file as a text to edit, check, hints and verdict.

function card(view, opening) {
  const area = make("textarea", {
    class: "t-input t-code t-area", id: view.id("answer"), rows: opening.rows, spellcheck: "false", autocomplete: "off",
    autocapitalize: "off",
  });
  area.value = opening.answer;
  const answering = new Answering(view, opening, {
    text: () => area.value,
    put: (text) => (area.value = text),
  });
  area.addEventListener("input", () => answering.changed());
  area.addEventListener("change", () => answering.save());
  area.addEventListener("focus", () => answering.refresh());
  area.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    answering.check();
  });
  fill(view.body, answering.heading, answering.task,
    make("div", { class: "t-answer" }, make("label", { for: view.id("answer") }, view.say("answer")), area),
    answering.foot);
}

// What a card and a picker have in common: the task, and an answer that is saved, checked and helped with.
class Answering {
  // `field` has `text()` and `put(text)`.
  constructor(view, opening, field) {
    Object.assign(this, { view, field, head: opening.head, known: opening.answer, checked: null });
    this.state = make("span", { class: "t-state" });
    this.heading = make("div", { class: "t-title", role: "heading", "aria-level": 4 },
      make("span", { class: "t-code" }, opening.exercise), ` ${opening.title} `,
      make("span", { class: "t-stars", role: "img", "aria-label": view.say("stars", { n: opening.stars }) }, "★".repeat(opening.stars)),
      " ", this.state);
    this.task = make("div", { class: "t-task" }, opening.task.map((text) => make("p", {}, text)),
      opening.material.length ? scrolling(opening.material, view.say("material")) : "");
    this.remark = make("p", { class: "t-faint", role: "status", "aria-live": "polite" }, opening.remark);
    this.verdict = make("div", { class: "t-verdict", role: "status", "aria-live": "polite" });
    this.hints = make("div", { class: "t-hints", role: "status", "aria-live": "polite" });
    this.button = button(view.say("check"), () => this.check(), { class: "t-button t-primary" });
    this.foot = [
      make("div", { class: "t-bar" }, this.button, button(view.say("hint"), () => this.hint()),
        button(view.say("reload"), () => this.refresh(true)),
        make("span", { class: "t-faint t-path", title: opening.path }, `${view.say("file")}: ${opening.place}`)),
      this.remark, this.hints, this.verdict,
    ];
    if (opening.passed) this.showState("passed_before", "t-good");
    this.saving = new Latest(async () => {
      const text = this.field.text();
      const { remark } = await this.view.ask("save", { head: this.head, answer: text });
      this.known = text;
      if (remark) this.remark.textContent = remark;
    });
  }

  showState(key, role) {
    fill(this.state, make("span", { class: role }, this.view.say(key)));
  }

  // The verdict is on the text that was checked, and on no other.
  changed() {
    if (this.checked !== null && this.field.text() !== this.checked) {
      this.checked = null;
      fill(this.verdict, make("p", { class: "t-faint" }, this.view.say("edited")));
      fill(this.state);
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), 2000);
  }

  save() {
    clearTimeout(this.timer);
    if (this.field.text() !== this.known) this.saving.want(true).catch((error) => (this.remark.textContent = error.message));
  }

  // Takes up what others wrote into the file, unless that would lose what is written here.
  async refresh(asked = false) {
    if (!asked && this.field.text() !== this.known) return;
    const before = this.field.text();
    const reply = await this.view.ask("refresh");
    if (this.field.text() !== before && !asked) return;
    this.head = reply.head;
    this.known = reply.answer;
    if (reply.answer !== before) {
      this.field.put(reply.answer);
      this.changed();
      clearTimeout(this.timer);
    }
    if (reply.remark) this.remark.textContent = reply.remark;
  }

  async check() {
    clearTimeout(this.timer);
    const text = this.field.text();
    this.button.disabled = true;
    this.verdict.setAttribute("aria-busy", "true");
    fill(this.verdict, make("p", { class: "t-faint" }, this.view.say("working")));
    try {
      const reply = await this.view.ask("check", { head: this.head, answer: text });
      this.known = text;
      this.checked = text;
      this.remark.textContent = reply.remark;
      this.showState(reply.passed ? "passed" : "not_yet", reply.passed ? "t-good" : "t-bad");
      fill(this.verdict, make("div", { class: reply.passed ? "t-passed" : "t-failed" },
        make("p", { class: `t-heading ${reply.passed ? "t-good" : "t-bad"}` }, this.view.say(reply.passed ? "passed" : "not_yet")),
        scrolling(reply.lines, this.view.say("verdict"))),
        reply.next.length ? make("div", { class: "t-next" }, preformatted(reply.next)) : "");
      if (this.field.text() !== text) this.changed();
      if (reply.passed) document.dispatchEvent(new CustomEvent("tutor-progress"));
    } catch (error) {
      fill(this.verdict, make("p", { class: "t-bad" }, error.message));
    } finally {
      this.verdict.removeAttribute("aria-busy");
      this.button.disabled = false;
    }
  }

  async hint() {
    const reply = await this.view.ask("hint");
    this.hints.append(make("p", { class: "t-heading" }, reply.title), preformatted(reply.lines));
    if (reply.remark) this.remark.textContent = reply.remark;
  }
}
