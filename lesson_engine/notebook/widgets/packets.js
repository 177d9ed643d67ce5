// A list of packets of any length: only the lines in sight are in the page, and only they are asked for. One that grows
// can follow its newest line, until the reader chooses another one or scrolls away.

const ROW = 22;
const AROUND = 40;
const ASKED_TOGETHER = 200;

class PacketList {
  // `marks`: whether lines say if they match. `onselect` is called with the index of a packet. Of a list that grows,
  // `onfollow` is called with whether the newest line is followed.
  constructor(view, { count, label, onselect, marks = false, height = 12 }) {
    Object.assign(this, { view, count, onselect, marks });
    this.onfollow = null;
    this.following = false;
    this.rows = new Map();
    this.matches = null;
    this.shown = null;
    this.selected = null;
    this.tags = null;
    this.inner = make("div", { class: "t-rows", role: "presentation" });
    this.space = make("div", { class: "t-space", role: "presentation" }, this.inner);
    this.node = make("div", {
      class: "t-list", role: "listbox", tabindex: 0, "aria-label": label,
      onscroll: () => this.scrolled(), onkeydown: (event) => this.key(event),
      onmousedown: (event) => this.pointed(event),
    }, this.space);
    this.node.style.height = `${height * ROW + 4}px`;
    this.fetching = new Latest((wanted) => this.fetch(wanted));
    const sizes = new ResizeObserver(() => this.draw());
    sizes.observe(this.node);
    view.cleanups.push(() => sizes.disconnect());
  }

  get length() {
    return this.shown ? this.shown.length : this.count;
  }

  indexAt(place) {
    return this.shown ? this.shown[place] : place;
  }

  placeOf(index) {
    if (!this.shown) return index;
    let low = 0;
    let high = this.shown.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.shown[middle] < index) low = middle + 1;
      else high = middle;
    }
    return this.shown[low] === index ? low : -1;
  }

  // Which packets match, one byte each; with `hide`, only these stay.
  setMatches(matches, hide, rows = []) {
    this.matches = matches;
    this.keep(rows);
    if (hide) {
      let kept = 0;
      const shown = new Uint32Array(this.count);
      for (let index = 0; index < this.count; index += 1) if (matches[index]) shown[kept++] = index;
      this.shown = shown.subarray(0, kept);
      if (this.node.scrollTop) this.node.scrollTop = 0;
    } else {
      this.shown = null;
    }
    this.draw();
  }

  keep(rows) {
    for (const [index, number, pieces] of rows) this.rows.set(index, { number, pieces });
  }

  // Short texts before certain lines: which part a packet was chosen for.
  setTags(tags) {
    this.tags = tags;
    this.draw();
  }

  grow(count, rows) {
    const inSight = this.following || this.window(6)[1] === this.count;
    this.count = count;
    this.keep(rows);
    // What is far below changes nothing that is seen, nor what somebody is marking there to copy it.
    if (inSight) this.draw();
    else this.stretch();
  }

  follow(following) {
    this.following = following;
    if (following) {
      this.selected = null;
      this.draw();
    }
    this.onfollow?.(following);
  }

  stretch() {
    this.space.style.height = `${this.length * ROW}px`;
    if (this.following) this.node.scrollTop = this.node.scrollHeight;
  }

  scrolled() {
    if (this.onfollow && this.node.clientHeight) {
      const atEnd = this.node.scrollTop + this.node.clientHeight > this.node.scrollHeight - ROW;
      const following = atEnd && this.selected === null;
      if (following !== this.following) this.follow(following);
    }
    if (!this.frame) this.frame = requestAnimationFrame(() => this.draw());
  }

  window(around) {
    const first = Math.max(0, Math.floor(this.node.scrollTop / ROW) - around);
    const last = Math.min(this.length, Math.ceil((this.node.scrollTop + this.node.clientHeight) / ROW) + around);
    return [first, last];
  }

  draw() {
    this.frame = null;
    this.stretch();
    const [first, last] = this.window(6);
    this.inner.style.transform = `translateY(${first * ROW}px)`;
    const rows = [];
    for (let place = first; place < last; place += 1) rows.push(this.row(place));
    this.inner.replaceChildren(...rows);
    this.pointAtSelected();
    const [from, to] = this.window(AROUND);
    const missing = [];
    for (let place = from; place < to && missing.length < ASKED_TOGETHER; place += 1) {
      const index = this.indexAt(place);
      if (!this.rows.has(index)) missing.push(index);
    }
    if (missing.length) this.fetching.want(missing);
  }

  async fetch(indices) {
    const reply = await this.view.ask("rows", { indices });
    this.keep(reply.rows);
    this.draw();
  }

  row(place) {
    const index = this.indexAt(place);
    const known = this.rows.get(index);
    const matched = !this.matches || this.matches[index];
    const node = make("div", {
      class: `t-row${matched ? " t-match" : ""}${index === this.selected ? " t-selected" : ""}`, role: "option",
      id: this.view.id(`row-${index}`), "aria-selected": String(index === this.selected),
      "aria-posinset": place + 1, "aria-setsize": this.length, "data-index": index,
    });
    if (this.marks) {
      const mark = this.matches && matched ? "●" : "";
      const said = this.matches ? this.view.say(matched ? "matches" : "no_match") : "";
      node.append(
        make("span", { class: "t-mark", "aria-hidden": "true" }, mark), make("span", { class: "t-hidden" }, said),
      );
    }
    if (this.tags) {
      const tag = this.tags.get(index);
      node.append(make("span", { class: "t-tagged" }, tag ? make("span", { class: "t-tag" }, tag) : ""));
    }
    node.append(make("span", { class: "t-number" }, known ? String(known.number) : ""));
    node.append(make("span", { class: "t-text" }, known ? spans(known.pieces) : "…"));
    return node;
  }

  pointAtSelected() {
    const drawn = this.selected !== null && this.inner.querySelector(`[data-index="${this.selected}"]`);
    if (drawn) this.node.setAttribute("aria-activedescendant", drawn.id);
    else this.node.removeAttribute("aria-activedescendant");
  }

  pointed(event) {
    const row = event.target.closest?.("[data-index]");
    if (row) this.select(Number(row.dataset.index));
  }

  key(event) {
    const page = Math.max(1, Math.floor(this.node.clientHeight / ROW) - 1);
    const here = this.selected === null ? -1 : this.placeOf(this.selected);
    const moves = {
      ArrowDown: here + 1, ArrowUp: here - 1, PageDown: here + page, PageUp: here - page, Home: 0, End: this.length - 1,
    };
    if (!(event.key in moves) || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    if (!this.length) return;
    this.select(this.indexAt(Math.min(Math.max(0, moves[event.key]), this.length - 1)));
  }

  select(index) {
    this.selected = index;
    if (this.following) this.follow(false);
    const top = this.placeOf(index) * ROW;
    if (top >= 0 && top < this.node.scrollTop) this.node.scrollTop = top;
    else if (top + ROW > this.node.scrollTop + this.node.clientHeight) {
      this.node.scrollTop = top + ROW - this.node.clientHeight;
    }
    this.draw();
    this.onselect(index);
  }
}
