// List, tree and bytes, tied together.

function packet(view, opening) {
  const detail = new Detail(view);
  const list = new PacketList(view, {
    count: opening.packets, label: view.say("packets"), onselect: (index) => detail.load(index), height: 8,
  });
  fill(view.body, list.node, detail.node);
  if (opening.packets) list.select(opening.index);
}
