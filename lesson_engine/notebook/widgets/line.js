// A printed line whose parts say what they mean and where their bytes stand.

function line(view, opening) {
  const hex = new Hex(view, (offset) => {
    const part = parts.find(({ span }) => span && span[0] <= offset && offset < span[1]);
    if (part) choose(part);
  });
  const meaning = make("div", { class: "t-meaning", role: "status", "aria-live": "polite" });
  const parts = opening.parts.filter((part) => part.meaning);
  let chosen = null;

  function choose(part) {
    chosen = part;
    for (const each of parts) {
      each.node.setAttribute("aria-pressed", String(each === part));
      each.node.tabIndex = each === part ? 0 : -1;
    }
    fill(meaning, make("strong", { class: "t-code" }, part.name), " ", make("span", {}, part.meaning),
      part.place ? make("span", { class: "t-place" }, part.place) : "");
    hex.mark(part.span ? [part.span] : []);
  }

  const shown = opening.parts.map((part) => {
    if (!part.meaning) return spans(part.text);
    part.node = make("button", {
      type: "button", class: "t-part", "aria-pressed": "false", tabindex: -1, onclick: () => choose(part),
      onfocus: () => choose(part), onmouseenter: () => choose(part),
    }, spans(part.text));
    return part.node;
  });
  const text = make("div", {
    class: "t-line t-code", role: "group", "aria-label": view.say("line"),
    onkeydown: (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!step || !parts.length) return;
      event.preventDefault();
      const at = Math.min(Math.max(0, parts.indexOf(chosen) + step), parts.length - 1);
      parts[at].node.focus();
    },
  }, shown);
  if (parts.length) parts[0].node.tabIndex = 0;
  meaning.textContent = opening.unknown || view.say("line_how");
  fill(view.body, text, meaning);
  if (opening.hex.length) {
    hex.show(opening.hex);
    view.body.append(hex.node);
  }
}
