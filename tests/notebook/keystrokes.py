"""How soon a filter's keystroke is on the screen, with a big capture in the playground; and `tcpdump -r` beside it.

From the key's event to the frame behind the update is what the page itself measures ("tutor keystroke").
"""

import statistics
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from laboratory import Laboratory, open_notebook, run_all, show_widget

from lesson_engine.bundled import capture_path
from lesson_engine.packets import Capture
from lesson_engine.sources.writing import SavefileWriter

FILTERS = ("tcp port 80 or 443", "not host 192.168.1.100 and udp", "tcp[tcpflags] & tcp-syn != 0")
_TCPDUMP_RUNS = 5


def write_capture(path: Path, packets: int) -> int:
    """Repeats the mixed capture until there are so many packets; returns how many."""
    capture = Capture.open(capture_path("mix"))
    writer = SavefileWriter.like(capture)
    records = b"".join(map(writer.record_bytes, capture))
    times = -(-packets // len(capture))
    path.write_bytes(writer.header_bytes() + records * times)
    return times * len(capture)


def keystrokes(page: Any, lab: Laboratory, path: Path) -> list[float]:
    """Types each of FILTERS; milliseconds from each key to the update that it led to, in order of size."""
    name = lab.add("big.ipynb", f"from lesson_engine.notebook import *\nfilter_playground({str(path)!r})")
    open_notebook(page, lab, name)
    run_all(page)
    playground = show_widget(page, "playground")
    playground.locator(".t-node").first.wait_for()
    field = playground.locator("input[type=text]")
    taken: list[float] = []
    for text in FILTERS:
        if field.input_value():
            _after(page, lambda: field.fill(""))
        taken += [_after(page, lambda key=key: field.press_sequentially(key)) for key in text]
    return sorted(taken)


def _after(page: Any, act: Callable[[], None]) -> float:
    """Does something to the field, and returns how long its update took."""
    measures = "performance.getEntriesByName('tutor keystroke')"
    before = page.evaluate(f"{measures}.length")
    act()
    page.wait_for_function(f"before => {measures}.length > before", arg=before)
    return float(page.evaluate(f"{measures}.at(-1).duration"))


def report(taken: list[float], packets: int, path: Path) -> str:
    """The figures in words, with those of `tcpdump -r`."""
    lines = [
        f"Keystroke to updated view, {packets:,} packets, {len(taken)} keys:",
        f"  median {statistics.median(taken):.0f} ms   90 % within {taken[len(taken) * 9 // 10]:.0f} ms   "
        f"longest {taken[-1]:.0f} ms",
    ]
    beside = {expression: 1000 * _tcpdump_seconds(path, expression) for expression in FILTERS}
    lines += [f"  tcpdump -nn -r, {expression:<32} {time_taken:6.0f} ms" for expression, time_taken in beside.items()]
    return "\n".join(lines)


def _tcpdump_seconds(path: Path, expression: str) -> float:
    times = []
    for _ in range(_TCPDUMP_RUNS):
        began = time.perf_counter()
        subprocess.run(["tcpdump", "-nn", "-r", path, expression], capture_output=True, check=True)
        times.append(time.perf_counter() - began)
    return statistics.median(times)
