// A filter that is typed, and what it does to the packets at every keystroke.

function playground(view, opening) {
  const announcer = new Announcer();
  const input = make("input", {
    type: "text", class: "t-input t-code", id: view.id("filter"), spellcheck: "false", autocomplete: "off",
    autocapitalize: "off", placeholder: view.say("placeholder"), "aria-describedby": view.id("told"),
  });
  input.value = opening.filter;
  const count = make("output", { class: "t-count", for: view.id("filter") });
  const told = make("div", { class: "t-told", id: view.id("told") });
  const hide = make("input", { type: "checkbox", id: view.id("hide") });
  const why = make("div", { class: "t-why", role: "group", tabindex: 0 });
  const detail = new Detail(view);
  const list = new PacketList(view, {
    count: opening.packets, label: view.say("packets"), marks: true, onselect: (index) => select(index),
  });
  let inForce = "";

  function showWhy({ lines, spans: places }, index) {
    const number = list.rows.get(index)?.number ?? index + 1;
    why.setAttribute("aria-label", view.say("why", { number }));
    fill(why, make("p", { class: "t-heading" }, view.say("why", { number })), lines.map((line, at) => {
      const row = make("div", { class: "t-clause" }, line.length ? spans(line) : "\u00a0");
      if (places[at]?.length) {
        row.addEventListener("mouseenter", () => detail.hex.mark(places[at]));
        row.classList.add("t-points");
      }
      return row;
    }));
  }

  function show(reply, text) {
    if (reply.error) {
      input.setAttribute("aria-invalid", "true");
      fill(told,
        make("pre", { class: "t-lines t-caret" }, make("span", { class: "t-quote" }, reply.caret[0]), "\n",
          make("span", { class: "t-bad" }, reply.caret[1])),
        make("p", { class: "t-bad" }, reply.error),
        reply.hint ? make("p", {}, `${view.say("try")}: `, make("code", {}, reply.hint), " ",
          button(view.say("use"), () => {
            input.value = reply.hint;
            input.focus();
            changed();
          })) : make("p", { class: "t-faint" }, view.say("stale", { filter: inForce || view.say("all") })),
      );
      announcer.say(reply.error);
      return;
    }
    inForce = text.trim();
    input.removeAttribute("aria-invalid");
    const counted = view.say("of", { count: reply.count.toLocaleString("en"), total: list.count.toLocaleString("en") });
    count.textContent = counted;
    announcer.say(counted);
    const says = (name, value) => (value ? make("p", {}, `${name}: `, make("code", {}, value)) : "");
    fill(told, says(view.say("read"), reply.read), says(view.say("wireshark"), reply.wireshark));
    const mask = reply.buffers[0];
    const matches = new Uint8Array(mask.buffer, mask.byteOffset, mask.byteLength);
    list.setMatches(matches, hide.checked, reply.rows);
    if (reply.why) showWhy(reply.why, list.selected);
  }

  const filtering = new Latest(async ({ text, began }, outdated) => {
    const reply = await view.ask("filter", { filter: text, index: list.selected, first: hide.checked ? 60 : 0 });
    if (outdated()) return;
    show(reply, text);
    if (began !== null) {
      requestAnimationFrame(() => performance.measure("tutor keystroke", { start: began, end: performance.now() }));
    }
  });

  const explaining = new Latest(async (index, outdated) => {
    const reply = await view.ask("why", { index });
    if (!outdated()) showWhy(reply.why, index);
  });

  function changed(began = null) {
    filtering.want({ text: input.value, began });
  }

  function select(index) {
    explaining.want(index);
    detail.load(index);
  }

  input.addEventListener("input", () => changed(performance.now()));
  hide.addEventListener("change", () => changed());
  fill(view.body,
    make("div", { class: "t-bar" }, make("label", { for: view.id("filter") }, view.say("filter")), input, count),
    told,
    make("div", { class: "t-bar" }, hide, make("label", { for: view.id("hide") }, view.say("hide"))),
    list.node, why, detail.node, announcer.node,
  );
  filtering.want({ text: opening.filter, began: null }).then(() => {
    if (!opening.packets) return;
    list.select(Math.max(0, list.matches ? list.matches.indexOf(1) : 0));
  });
}
