// What all views are made of: elements, lines with roles, and the way to the kernel.
// Text comes from packets: it is only ever put into text nodes and attributes, never parsed as HTML.

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

// A line is a list of [text, role, cells]; cells are 0 where the text is as wide as its characters are many.
function spans(pieces) {
  return pieces.map(([text, role, cells]) => {
    if (role === "plain" && !cells) return document.createTextNode(text);
    const wide = cells && cells === 2 * text.length ? " t-wide" : "";
    const node = make("span", { class: `t-${role}${cells ? " t-cells" : ""}${wide}` }, text);
    if (cells) node.style.setProperty("--cells", cells);
    return node;
  });
}

function preformatted(lines, attributes = {}) {
  return make("pre", { class: "t-lines", ...attributes }, lines.map((line, at) => [at ? "\n" : "", spans(line)]));
}

// Lines that may be wider than their place can be scrolled from the keyboard.
function scrolling(lines, label) {
  return preformatted(lines, { tabindex: 0, role: "group", "aria-label": label });
}

function button(text, onclick, attributes = {}) {
  return make("button", { type: "button", class: "t-button", onclick, ...attributes }, text);
}

function fill(node, ...children) {
  node.replaceChildren(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

let views = 0;

// One view of one exhibit: what it says, where it is drawn, and its questions to the kernel.
class View {
  constructor(model, el) {
    this.model = model;
    this.words = model.get("words");
    this.name = `tutor-${Date.now().toString(36)}-${(views += 1)}`;
    this.waiting = new Map();
    this.asked = 0;
    this.cleanups = [];
    // JupyterLab would take keys for its own commands while the focus is in here.
    this.root = make("div", {
      class: `tutor tutor-live tutor-${model.get("kind")}`, lang: model.get("language"),
      "data-lm-suppress-shortcuts": "true",
    });
    this.silence = make("p", { class: "t-silence t-bad", role: "alert", hidden: true }, this.say("silent"));
    this.body = make("div", { class: "t-body" });
    this.root.append(this.silence, this.body);
    el.append(this.root);
    this.receive = (message, buffers) => this.take(message, buffers);
    model.on("msg:custom", this.receive);
  }

  say(key, fields = {}) {
    return this.words[key].replace(/\{(\w+)\}/g, (whole, name) => (name in fields ? String(fields[name]) : whole));
  }

  id(part) {
    return `${this.name}-${part}`;
  }

  // Resolves with the kernel's reply; rejects with what it says went wrong.
  ask(ask, more = {}) {
    const id = `${this.name}-${(this.asked += 1)}`;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => (this.silence.hidden = false), 20000);
      this.waiting.set(id, { resolve, reject, timer });
      this.model.send({ id, ask, ...more });
    });
  }

  // What nobody asked for goes to `onnews`.
  take(message, buffers) {
    if (message.news) this.onnews?.(message.news);
    const waiting = this.waiting.get(message.id);
    if (!waiting) return;
    this.waiting.delete(message.id);
    clearTimeout(waiting.timer);
    this.silence.hidden = true;
    if (message.fault) waiting.reject(new Error(message.fault));
    else waiting.resolve({ ...message, buffers: buffers || [] });
  }

  // The still form has the same content: while a kernel answers here, it is not shown twice.
  replaceStill() {
    const style = make("style", {}, `[data-tutor-still="${CSS.escape(this.model.get("still"))}"] { display: none; }`);
    document.head.append(style);
    this.cleanups.push(() => style.remove());
  }

  close() {
    this.model.off("msg:custom", this.receive);
    for (const { timer } of this.waiting.values()) clearTimeout(timer);
    for (const cleanup of this.cleanups) cleanup();
    this.root.remove();
  }
}

// Does a piece of work for the latest value only: while it is at work, what is wanted meanwhile replaces each other.
class Latest {
  constructor(work) {
    this.work = work;
    this.busy = false;
    this.next = null;
  }

  async want(value) {
    this.next = { value };
    if (this.busy) return;
    this.busy = true;
    try {
      while (this.next) {
        const { value: wanted } = this.next;
        this.next = null;
        await this.work(wanted, () => this.next !== null);
      }
    } finally {
      this.busy = false;
    }
  }
}

// One message to those who hear rather than see; what comes quickly replaces what came before.
class Announcer {
  constructor() {
    this.node = make("div", { class: "t-hidden", role: "status", "aria-live": "polite" });
  }

  say(text) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.node.textContent = text), 500);
  }
}
