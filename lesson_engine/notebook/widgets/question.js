// One question after the other: each form of answer has its own controls, and all give the text that is judged.

function question(view, opening) {
  if (opening.result) {
    fill(view.body, scrolling(opening.result, view.say("verdict")));
    return;
  }
  const form = FORMS[opening.form](view, opening);
  const told = make("div", { class: "t-verdict", role: "status", "aria-live": "polite" });
  const hinted = make("div", { role: "status", "aria-live": "polite" });
  const heading = make("p", { class: "t-heading", tabindex: -1 }, opening.place ? `${opening.place}  ` : "", opening.topic);

  async function answer(text) {
    let reply;
    try {
      reply = await (text === null ? view.ask("give_up") : view.ask("answer", { answer: text }));
    } catch (error) {
      fill(told, make("p", { class: "t-bad" }, error.message));
      return;
    }
    fill(told,
      make("div", { class: reply.unclear ? "" : reply.right ? "t-passed" : "t-failed" },
        scrolling(reply.lines, view.say("verdict"))),
      reply.score ? make("p", { class: "t-faint" }, reply.score) : "",
      reply.remark ? make("p", { class: "t-bad" }, reply.remark) : "");
    if (reply.unclear) return;
    if (reply.matched) form.reveal(reply.matched);
    form.lock();
    for (const each of controls) each.hidden = true;
    if (opening.predicts) return;
    const next = button(view.say("next"), async () => {
      question(view, await view.ask("next"));
      view.body.querySelector(".t-heading")?.focus();
    }, { class: "t-button t-primary" });
    told.append(next);
    next.focus();
  }

  const submit = make("button", { type: "submit", class: "t-button t-primary" },
    view.say(opening.predicts ? "run" : "check"));
  const hint = button(view.say("hint"), async () => fill(hinted, preformatted((await view.ask("hint")).lines)));
  const giveUp = opening.predicts ? [] : [button(view.say("dont_know"), () => answer(null))];
  const controls = [submit, hint, ...giveUp];
  const prompt = opening.prompt.map((text, at) => make("p", { class: at ? "t-code" : "t-prompt" }, text));
  fill(view.body, make("form", {
    onsubmit: (event) => {
      event.preventDefault();
      answer(form.answer());
    },
  }, heading, prompt, opening.predicts ? make("p", { class: "t-faint" }, view.say("foresee")) : "",
    form.node, make("p", { class: "t-faint" }, form.how ?? opening.how), make("div", { class: "t-bar" }, controls)),
    hinted, told);
}

// The lines that a question is about, where they are not what is chosen from.
function shownLines(view, { lines, numbered }) {
  if (!lines.length) return "";
  const shown = lines.map((line, at) => (numbered ? [[`${String(at + 1).padStart(3)}  `, "accent", 0], ...line] : line));
  return scrolling(shown, view.say("material"));
}

function chosenFrom(view, opening, type, items) {
  const inputs = items.map((_, at) => make("input", { type, name: view.id("choice"), id: view.id(`choice-${at}`), value: at + 1 }));
  const results = items.map(() => make("span", { class: "t-result" }));
  const rows = items.map((item, at) => make("div", { class: "t-choice" }, inputs[at],
    make("label", { for: view.id(`choice-${at}`) }, opening.numbered || type === "radio" ? `${at + 1}. ` : "", typeof item === "string" ? make("span", { class: "t-prose" }, item) : spans(item)), results[at]));
  return {
    inputs, results, rows,
    picked: () => inputs.filter((each) => each.checked).map((each) => each.value),
    lock: () => inputs.forEach((each) => (each.disabled = true)),
    group: make("fieldset", { class: "t-choices" }, make("legend", { class: "t-hidden" }, opening.prompt[0]), rows),
  };
}

const FORMS = {
  choice: (view, opening) => {
    const choice = chosenFrom(view, opening, "radio", opening.choices);
    return {
      node: [shownLines(view, opening), choice.group], lock: choice.lock, answer: () => choice.picked()[0] ?? "", how: "",
    };
  },
  packet: (view, opening) => {
    const choice = chosenFrom(view, opening, "radio", opening.lines);
    return { node: choice.group, lock: choice.lock, answer: () => choice.picked()[0] ?? "", how: "" };
  },
  packets: (view, opening) => {
    const choice = chosenFrom(view, opening, "checkbox", opening.lines);
    return {
      node: choice.group, lock: choice.lock, how: "", answer: () => choice.picked().join(" ") || "none",
      // What was foreseen stays beside what came.
      reveal: (matched) => matched.forEach((match, at) => {
        const right = match === choice.inputs[at].checked;
        choice.rows[at].classList.add(right ? "t-foreseen" : "t-missed");
        fill(choice.results[at], make("span", { class: right ? "t-good" : "t-bad" }, right ? "✓ " : "✗ "),
          view.say(match ? "matches" : "no_match"));
      }),
    };
  },
  order: (view, opening) => {
    const given = [];
    const said = make("output", { class: "t-count" });
    const rows = opening.lines.map((line, at) => make("div", { class: "t-choice" },
      button(String(at + 1), (event) => {
        given.push(at + 1);
        event.target.disabled = true;
        show();
      }, { "aria-label": `${at + 1}. ${line.map(([text]) => text).join("")}` }), make("span", {}, spans(line))));
    const again = button(view.say("again"), () => {
      given.length = 0;
      for (const row of rows) row.firstChild.disabled = false;
      show();
    });
    const show = () => (said.textContent = `${view.say("so_far")}: ${given.join(" → ")}`);
    show();
    return {
      node: [make("div", { class: "t-choices" }, rows), make("div", { class: "t-bar" }, said, again)],
      answer: () => given.join(" "), how: view.say("order_how"),
      lock: () => [again, ...rows.map((row) => row.firstChild)].forEach((each) => (each.disabled = true)),
    };
  },
  flags: (view, opening) => {
    const choice = chosenFrom(view, { ...opening, numbered: false }, "checkbox", opening.flags.map((name) => [[name, "plain", 0]]));
    choice.group.classList.add("t-across");
    return {
      node: [shownLines(view, opening), choice.group], lock: choice.lock, how: view.say("flag_set"),
      answer: () => choice.picked().map((number) => opening.flags[number - 1]).join(","),
    };
  },
};
for (const form of ["value", "word", "filter", "command"]) {
  FORMS[form] = (view, opening) => {
    const input = make("input", {
      type: "text", class: "t-input t-code", id: view.id("answer"), autocomplete: "off", spellcheck: "false",
      autocapitalize: "off",
    });
    return {
      node: [shownLines(view, opening),
        make("div", { class: "t-bar" }, make("label", { for: view.id("answer") }, view.say("answer")), input)],
      answer: () => input.value, lock: () => (input.readOnly = true),
    };
  };
}
