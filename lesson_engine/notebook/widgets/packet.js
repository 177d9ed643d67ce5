// List, tree and bytes, tied together.

function packet(view, opening) {
  const detail = new Detail(view);
  const list = new PacketList(view, {
    count: opening.packets, label: view.say("packets"), onselect: (index) => detail.load(index), height: 8,
  });
  const { live } = opening;
  fill(view.body, live ? capturing(view, list, live) : "", list.node, detail.node);
  if (live?.running) fill(detail.summary, view.say("choose"));
  else if (opening.packets) list.select(opening.index);
}
