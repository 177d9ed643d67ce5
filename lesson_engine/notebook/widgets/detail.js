// One packet's tree of layers and fields beside its bytes: what is chosen in one is marked in the other.

class Detail {
  constructor(view) {
    this.view = view;
    this.tree = make("div", {
      class: "t-tree", role: "tree", tabindex: 0, "aria-label": view.say("detail"), onkeydown: (event) => this.key(event),
      onclick: (event) => this.clicked(event),
    });
    this.hex = new Hex(view, (offset) => this.chooseByte(offset));
    this.summary = make("p", { class: "t-summary" });
    this.node = make("div", { class: "t-detail" }, this.summary, make("div", { class: "t-panes" }, this.tree, this.hex.node));
    this.chosen = -1;
    this.closed = new Set();
    this.loading = new Latest(async (index, outdated) => {
      const reply = await view.ask("detail", { index });
      if (!outdated()) this.show(reply);
    });
  }

  load(index) {
    this.loading.want(index);
  }

  show({ number, summary, nodes, owners, hex }) {
    Object.assign(this, { nodes, owners });
    this.chosen = -1;
    this.closed.clear();
    fill(this.summary, make("span", { class: "t-accent" }, `#${number}  `), summary);
    this.hex.show(hex);
    this.draw();
  }

  draw() {
    const items = [];
    let hiddenBelow = Infinity;
    this.nodes.forEach(([level, label, value, place, remark], at) => {
      if (level > hiddenBelow) return;
      hiddenBelow = this.closed.has(at) ? level : Infinity;
      const opens = at + 1 < this.nodes.length && this.nodes[at + 1][0] > level;
      const item = make("div", {
        class: `t-node${at === this.chosen ? " t-selected" : ""}${level === 1 ? " t-layer" : ""}`, role: "treeitem",
        id: this.view.id(`node-${at}`), "aria-level": level, "data-at": at, "aria-selected": String(at === this.chosen),
        "aria-expanded": opens ? String(!this.closed.has(at)) : null,
      },
        make("span", { class: "t-twisty", "aria-hidden": "true" }, opens ? (this.closed.has(at) ? "▸" : "▾") : ""),
        make("span", { class: "t-label" }, label), make("span", { class: "t-value" }, value),
        make("span", { class: "t-place" }, place), remark ? make("span", { class: "t-remark" }, `← ${remark}`) : "",
      );
      item.style.setProperty("--level", level - 1);
      items.push(item);
    });
    fill(this.tree, items);
    if (this.chosen >= 0) this.tree.setAttribute("aria-activedescendant", this.view.id(`node-${this.chosen}`));
    else this.tree.removeAttribute("aria-activedescendant");
  }

  choose(at, scroll = true) {
    this.chosen = at;
    this.draw();
    const span = this.nodes[at][5];
    this.hex.mark(span ? [span] : []);
    if (scroll) within(this.tree, this.tree.querySelector(".t-selected"));
  }

  chooseByte(offset) {
    const at = this.owners[offset];
    if (at === undefined || at < 0) return;
    for (let above = at, level = this.nodes[at][0]; above >= 0; above -= 1) {
      if (this.nodes[above][0] < level) {
        level = this.nodes[above][0];
        this.closed.delete(above);
      }
    }
    this.choose(at);
    const [, label, value] = this.nodes[at];
    this.hex.announce(offset, `${label} ${value}`);
  }

  clicked(event) {
    const item = event.target.closest("[data-at]");
    if (!item) return;
    const at = Number(item.dataset.at);
    if (event.target.closest(".t-twisty") && item.hasAttribute("aria-expanded")) this.toggle(at);
    this.choose(at);
  }

  toggle(at) {
    if (this.closed.has(at)) this.closed.delete(at);
    else this.closed.add(at);
  }

  key(event) {
    if (!this.nodes?.length || event.ctrlKey || event.altKey || event.metaKey) return;
    const seen = [...this.tree.querySelectorAll("[data-at]")].map((item) => Number(item.dataset.at));
    const here = seen.indexOf(this.chosen);
    const opens = here >= 0 && this.tree.children[here].hasAttribute("aria-expanded");
    const moves = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: seen.length - 1 };
    if (event.key in moves) this.choose(seen[Math.min(Math.max(0, moves[event.key]), seen.length - 1)]);
    else if (event.key === "ArrowLeft" && opens) this.closed.add(this.chosen);
    else if (event.key === "ArrowRight" && opens) this.closed.delete(this.chosen);
    else return;
    event.preventDefault();
    if (this.chosen >= 0) this.choose(this.chosen);
  }
}

// Scrolls a list so that one of its items is in sight, and nothing else on the page.
function within(list, item) {
  if (!item) return;
  if (item.offsetTop < list.scrollTop) list.scrollTop = item.offsetTop;
  else if (item.offsetTop + item.offsetHeight > list.scrollTop + list.clientHeight) {
    list.scrollTop = item.offsetTop + item.offsetHeight - list.clientHeight;
  }
}

class Hex {
  constructor(view, onchoose) {
    this.view = view;
    this.onchoose = onchoose;
    this.cursor = 0;
    this.bytes = [];
    this.announcer = new Announcer();
    this.rows = make("div", { class: "t-dump" });
    this.node = make("div", {
      class: "t-hex", role: "group", tabindex: 0, "aria-label": view.say("hex"),
      onclick: (event) => {
        const byte = event.target.closest("[data-offset]");
        if (byte) this.onchoose((this.cursor = Number(byte.dataset.offset)));
      },
      onkeydown: (event) => this.key(event),
    }, this.rows, this.announcer.node);
  }

  show(rows) {
    this.bytes = [];
    this.texts = [];
    this.cursor = 0;
    fill(this.rows, rows.map(([offset, bytes, text]) => {
      const start = this.bytes.length;
      const cell = (content, at, group) => make("span", {
        class: `${group}${at % 16 === 8 ? " t-half" : ""}`, "data-offset": start + at,
      }, content);
      const own = bytes.map((byte, at) => cell(byte, at, "t-byte"));
      const letters = [...text].map((letter, at) => cell(letter, at, "t-letter"));
      this.bytes.push(...own);
      this.texts.push(...letters);
      return make("div", { class: "t-dump-row" },
        make("span", { class: "t-offset" }, offset), make("span", { class: "t-bytes" }, own),
        make("span", { class: "t-letters" }, letters));
    }));
  }

  // Marks the bytes of these spans: bold and framed as well as coloured.
  mark(spansOfBytes) {
    for (const cell of [...this.bytes, ...this.texts]) cell.classList.remove("t-on", "t-begin", "t-end");
    for (const [start, end] of spansOfBytes) {
      for (let at = start; at < Math.min(end, this.bytes.length); at += 1) {
        for (const cell of [this.bytes[at], this.texts[at]]) {
          cell.classList.add("t-on");
          if (at === start) cell.classList.add("t-begin");
          if (at === end - 1) cell.classList.add("t-end");
        }
      }
    }
    if (spansOfBytes.length && this.bytes[spansOfBytes[0][0]]) {
      within(this.node, this.bytes[spansOfBytes[0][0]].parentNode.parentNode);
    }
  }

  announce(offset, what) {
    this.announcer.say(`${this.view.say("byte", { at: offset, hex: this.bytes[offset].textContent })}  ${what}`);
  }

  key(event) {
    const moves = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -16, ArrowDown: 16 };
    if (!(event.key in moves) || event.ctrlKey || event.altKey || event.metaKey || !this.bytes.length) return;
    event.preventDefault();
    this.cursor = Math.min(Math.max(0, this.cursor + moves[event.key]), this.bytes.length - 1);
    this.onchoose(this.cursor);
  }
}
