"""A live capture in the browser from its beginning to its end, to be run in a network of its own: prints what was seen.

python live_walk.py DIRECTORY LANGUAGE THEME
"""

import json
import os
import socket
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))
from chromium import browser, console_errors, serious_faults  # these lie with the tests
from hostile import PAYLOADS
from laboratory import EXHIBITS, is_jupyterlabs, laboratory, open_notebook, show_widget

from lesson_engine.messages import Language, Message

CELLS = (
    "from lesson_engine.notebook import *\nstart('{language}')",
    "view = packet_view(live('-i lo udp port 9 or tcp port 80'))\nview",
    "import time\nwhile view.running: time.sleep(0.01)",
    *("# one of many\n" * 20 for _ in range(20)),
)
BEGIN, BUSY = 1, 2


def words(language: Language, key: str) -> str:
    """What the browser's side says."""
    return Message(f"notebook.ui.{key}").text(language)


def send(count: int) -> None:
    """So many datagrams to port 9."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        for number in range(count):
            udp.sendto(b"%05d" % number, ("127.0.0.1", 9))


def send_payloads() -> None:
    """A connection to port 80 that sends what tries to be more than text."""
    with socket.create_server(("127.0.0.1", 80)) as server, socket.create_connection(("127.0.0.1", 80)) as client:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with server.accept()[0] as accepted:
            for payload in PAYLOADS:
                client.sendall(payload)
                accepted.recv(65536)


def helpers() -> int:
    """How many tcpdumps run; one that has ended may lie about, since nobody here waits for orphans."""
    found = 0
    for process in filter(str.isdecimal, os.listdir("/proc")):
        try:
            _, _, state = Path(f"/proc/{process}/stat").read_text().partition("(tcpdump) ")
        except OSError:
            continue  # it has just ended
        found += bool(state) and state[0] != "Z"
    return found


def run_cell(page: Any, place: int) -> None:
    """Runs a cell, and does not wait until it has run."""
    page.evaluate(
        """(place) => {
          window.jupyterapp.shell.currentWidget.content.activeCellIndex = place;
          window.jupyterapp.commands.execute('notebook:run-cell');
        }""",
        place,
    )


def listen_to(view: Any) -> None:
    """Keeps what is said to those who hear, in window.tutorSaid."""
    view.locator("[aria-live]").first.evaluate(
        """(node) => {
          window.tutorSaid = [node.textContent];
          window.tutorBegan = performance.now();
          new MutationObserver(() => window.tutorSaid.push(node.textContent)).observe(node, { childList: true });
        }"""
    )


def newest(view: Any) -> str:
    """The number of the last line in sight."""
    text: str = view.locator(".t-row .t-number").last.inner_text()
    return text


def number(view: Any, packet: int) -> Any:
    """The line of that packet."""
    return view.locator(".t-row", has=view.page.locator(f".t-number:text-is('{packet}')"))


def walk(directory: Path, language: Language, theme: str) -> dict[str, Any]:
    """What was seen, by name."""
    seen: dict[str, Any] = {}
    size = {"width": 1280, "height": 1200}
    with (
        laboratory(directory / "lab") as lab,
        browser(directory / "chromium", viewport=size, locale="en-US") as context,
    ):
        page = context.new_page()
        errors = console_errors(page, is_jupyterlabs)
        notebook = lab.add("live.ipynb", *(cell.replace("{language}", language) for cell in CELLS))
        open_notebook(page, lab, notebook, theme=f"JupyterLab {theme}")
        run_cell(page, 0)
        run_cell(page, BEGIN)
        view = show_widget(page, "packet")
        packets = view.get_by_role("listbox")
        stop = view.get_by_role("button", name=words(language, "stop"))
        follow = view.get_by_label(words(language, "newest"))
        listen_to(view)
        seen["stills"] = page.locator("[data-tutor-still]:visible").count()

        # Lines come with no cell run, and the newest is in sight until the reader looks elsewhere.
        send(3)
        number(view, 3).wait_for()
        send(60)
        number(view, 63).wait_for()
        seen["followed"] = follow.is_checked()
        seen["drawn"] = view.locator(".t-row").count()
        packets.evaluate("(node) => { node.scrollTop = 0; }")
        view.locator("input:not(:checked)").wait_for()
        number(view, 1).wait_for()
        send(5)
        view.locator(".t-heading").filter(has_text="68").wait_for()
        seen["stayed"] = packets.evaluate("(node) => node.scrollTop")
        follow.check()
        number(view, 68).wait_for()
        number(view, 67).click()
        view.locator(".t-node.t-layer").filter(has_text="UDP").wait_for()
        seen["chosen"] = (view.locator(".t-selected .t-number").inner_text(), follow.is_checked())
        send(9)
        view.locator(".t-heading").filter(has_text="77").wait_for()
        seen["still chosen"] = view.locator(".t-row.t-selected .t-number").inner_text()
        follow.check()

        send_payloads()
        view.locator(".t-row").filter(has_text="<img/src=x/onerror=").wait_for()
        seen["rows"] = view.locator(".t-row").all_inner_texts()
        seen["faults while it runs"] = serious_faults(page, EXHIBITS)
        view.screenshot(path=directory / f"running-{theme}.png")

        # What goes on in a cell goes on while another part of the notebook is looked at.
        page.evaluate("(last) => window.jupyterapp.shell.currentWidget.content.scrollToItem(last)", len(CELLS) - 1)
        page.locator(".jp-Cell").last.wait_for()
        send(4)
        view.scroll_into_view_if_needed()
        number(view, 97).wait_for()

        # Stopped by the keyboard; then the list goes on from where the focus is.
        stop.focus()
        page.keyboard.press("Enter")
        view.locator(".t-heading").filter(has_text="■").wait_for()
        seen["focus"] = page.evaluate("() => document.activeElement.getAttribute('role')")
        seen["stop"] = stop.count()
        page.keyboard.press("Home")
        view.locator(".t-row.t-selected .t-number:text-is('1')").wait_for()
        view.locator(".t-summary").filter(has_text="#1 ").wait_for()
        seen["faults afterwards"] = serious_faults(page, EXHIBITS)
        view.screenshot(path=directory / f"stopped-{theme}.png")
        page.wait_for_function("() => window.tutorSaid.at(-1).startsWith('■')")
        seen["said"] = page.evaluate("() => window.tutorSaid")
        seen["quarters"] = page.evaluate("() => (performance.now() - window.tutorBegan) / 15000")
        seen["harmed"] = page.evaluate("() => window.tutorHarmed ?? null")
        shown = page.evaluate("() => [...document.querySelectorAll('.tutor')].map(each => each.textContent).join('')")
        seen["controls"] = [control for control in ("\x1b", "\x07", "\u202e", "\u2066") if control in shown]
        seen["still"] = page.locator("[data-tutor-still]").first.text_content()
        seen["left"] = helpers()

        # Lines come while the kernel is busy with a cell, too; a stop would have to wait for it, an interrupt has not.
        run_cell(page, BEGIN)
        view = show_widget(page, "packet")
        view.locator(".t-heading").filter(has_text="●").wait_for()
        run_cell(page, BUSY)
        page.locator(".jp-InputPrompt:text-is('[*]:')").wait_for()
        send(2)
        number(view, 2).wait_for()
        view.get_by_role("button", name=words(language, "stop")).click()
        view.get_by_text(words(language, "stopping")).first.wait_for()
        page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.interrupt()")
        view.locator(".t-heading").filter(has_text="■").wait_for()
        page.locator(".jp-InputPrompt:text-is('[*]:')").wait_for(state="detached")
        until(page, 0)

        # What is run again takes the place of what ran; and with what shows it, it ends.
        for _ in range(2):
            run_cell(page, BEGIN)
            view = show_widget(page, "packet")
            view.locator(".t-heading").filter(has_text="●").wait_for()
            page.wait_for_function("() => document.querySelectorAll('.tutor-live').length === 1")
        until(page, 1)
        # A page that is loaded again shows what goes on.
        page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
        open_notebook(page, lab, notebook, theme=f"JupyterLab {theme}")
        view = show_widget(page, "packet")
        send(70)
        number(view, 70).wait_for()
        until(page, 1)
        page.evaluate("() => window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs')")
        until(page, 0)
        run_cell(page, BEGIN)
        show_widget(page, "packet")
        until(page, 1)
        page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
        page.locator(".t-heading").filter(has_text=words(language, "ended")).wait_for()
        until(page, 0)
        seen["errors"] = errors
    return seen


def until(page: Any, count: int) -> None:
    """Waits until there are so many helpers."""
    for _ in range(600):
        if helpers() == count:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{helpers()} helpers, not {count}")


if __name__ == "__main__":
    print(json.dumps(walk(Path(sys.argv[1]), sys.argv[2], sys.argv[3])))  # type: ignore[arg-type]
