// A reading exercise whose answers are packets: chosen in the list, then given their parts.

function handshake(view, opening) {
  const slots = opening.slots.map(([name, label, number]) => ({ name, label, number }));
  const answering = new Answering(view, opening, {
    text: () => slots.map(({ name, number }) => `${name} = ${number}\n`).join(""),
    put: (text) => {
      for (const slot of slots) {
        const found = text.match(new RegExp(`^\\s*${slot.name}\\s*=\\s*["']?#?(\\d+)`, "m"));
        slot.number = found ? Number(found[1]) : 0;
      }
      show();
    },
  });
  const list = new PacketList(view, { count: opening.packets, label: view.say("packets"), onselect: () => show() });
  const chosen = slots.map((slot) => ({
    slot, value: make("output", { class: "t-code" }),
    press: button(view.say("pick", { name: slot.label }), () => {
      slot.number = list.rows.get(list.selected).number;
      show();
      answering.changed();
    }),
  }));

  function show() {
    for (const { slot, value, press } of chosen) {
      value.textContent = slot.number ? `#${slot.number}` : view.say("none_picked");
      press.disabled = list.selected === null || !list.rows.has(list.selected);
    }
    const tags = new Map();
    for (const { label, number } of slots) if (number) tags.set(number - 1, [tags.get(number - 1), label].filter(Boolean).join(" "));
    list.setTags(tags);
  }

  // What the file holds in other words than the picker writes is the same answer.
  answering.known = answering.field.text();
  fill(view.body, answering.heading, answering.task, make("p", { class: "t-faint" }, view.say("pick_how")), list.node,
    make("div", { class: "t-slots" }, chosen.map(({ slot, value, press }) => make("div", { class: "t-slot" },
      make("span", { class: "t-label" }, slot.label), value, press))),
    answering.foot);
  show();
}
