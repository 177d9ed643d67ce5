// The way in: one view for each place where an exhibit is shown. It begins when the kernel has answered.

function notice(view, opening) {
  fill(view.body, make("pre", { class: "t-lines t-bad" }, opening.lines.join("\n")));
}

const KINDS = { playground, packet, line, ladder, question, card, handshake, checklist, story, notice };

export default {
  async render({ model, el }) {
    const view = new View(model, el);
    view.ask("open", { place: model.get("still") }).then(
      (opening) => {
        view.replaceStill();
        KINDS[model.get("kind")](view, opening);
      },
      (error) => {
        view.replaceStill();
        fill(view.body, make("p", { class: "t-bad" }, error.message));
      },
    );
    return () => view.close();
  },
};
