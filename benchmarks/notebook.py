"""The notebook's measures: how soon a filter's keystroke is on the screen, how soon JupyterLab runs, and what is sent.

A savefile of many packets is opened in the filter playground in a headless Chromium, and filters are typed; beside it
`tcpdump -r` reads the same file. Needs the extra `test`, Chromium and tcpdump.

    python benchmarks/notebook.py [--packets 100000]
"""

import argparse
import gzip
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests" / "notebook"), str(ROOT / "tests")]
from chromium import browser  # noqa: E402  # these lie with the tests
from keystrokes import keystrokes, report, write_capture  # noqa: E402
from laboratory import laboratory, open_notebook, run_all  # noqa: E402

from lesson_engine.notebook.exhibit import SCRIPTS  # noqa: E402


def print_sizes() -> None:
    """What a notebook's page is sent for each exhibit."""
    folder = ROOT / "lesson_engine" / "notebook" / "widgets"
    for kind, names in (("JavaScript", [f"{name}.js" for name in SCRIPTS]), ("CSS", ["page.css", "live.css"])):
        content = b"".join((folder / name).read_bytes() for name in names)
        print(f"{kind:<12}{len(content) / 1000:6.1f} kB   {len(gzip.compress(content)) / 1000:6.1f} kB compressed")


def main() -> None:
    """Prints the sizes, then the times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packets", type=int, default=100_000)
    asked = parser.parse_args()
    print_sizes()
    with TemporaryDirectory() as name:
        directory = Path(name)
        path = directory / "big.pcap"
        packets = write_capture(path, asked.packets)
        began = time.perf_counter()
        with laboratory(directory / "lab") as lab:
            first = lab.add("first.ipynb", "from lesson_engine.notebook import *\nstart('en')\nprint('ready')")
            with browser(directory / "profile", viewport={"width": 1280, "height": 1000}) as context:
                page = context.new_page()
                open_notebook(page, lab, first)
                run_all(page)
                page.locator(".jp-OutputArea-output").filter(has_text="ready").wait_for()
                print(f"JupyterLab's start to the first cell's output: {time.perf_counter() - began:.1f} s")
                taken = keystrokes(page, lab, path)
        print(report(taken, packets, path))


if __name__ == "__main__":
    main()
