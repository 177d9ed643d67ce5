"""The floors hold: imports go down, never up, and never sideways between packages of one floor."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "lesson_engine"

FLOORS = {
    "messages": -1,
    "bundled": -1,
    "privilege": -1,
    "packets": 0,
    "sources": 1,
    "filters": 1,
    "tcpdump": 2,
    "conversations": 2,
    "lab": 2,
    "views": 3,
    "course": 4,
    "cli": 5,
    "notebook": 5,
}
UPWARD = {("packets/capture.py", "lesson_engine.sources.savefile")}
"""The exceptions that docs/ARCHITECTURE.md draws: users expect Capture.open where they have Capture."""

ONLY_IN = {
    "numpy": {"packets/columns.py", "sources/lanes.py", "tcpdump/printers/together"},
    "scapy": {"views/scapy_layers.py"},
    "ipywidgets": {"notebook"},
    "anywidget": {"notebook"},
    "IPython": {"notebook"},
    "rich": {"cli"},
}
LINUX_ONLY = {"fcntl", "termios", "pty", "resource", "grp", "pwd"}

MODULES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))


def imports(module: str) -> Iterator[str]:
    for node in ast.walk(ast.parse((PACKAGE / module).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: imports are absolute here"
            yield node.module or ""
            if node.module == "lesson_engine":
                yield from (f"lesson_engine.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("module", [module for module in MODULES if "/" in module])
def test_imports_go_down(module: str) -> None:
    room = module.partition("/")[0]
    for imported in imports(module):
        if not imported.startswith("lesson_engine.") or (module, imported) in UPWARD:
            continue
        other = imported.split(".")[1]
        if other == "__version__":
            continue
        assert other == room or FLOORS[other] < FLOORS[room], f"{module} imports {imported}"


@pytest.mark.parametrize("module", MODULES)
def test_heavy_and_foreign_libraries_stay_in_their_rooms(module: str) -> None:
    for imported in imports(module):
        library = imported.partition(".")[0]
        if library in ONLY_IN:
            assert any(module == room or module.startswith(f"{room}/") for room in ONLY_IN[library]), library


@pytest.mark.parametrize("module", MODULES)
def test_linux_only_modules_stay_in_the_lab_in_live_capture_and_with_the_presenters_keys(module: str) -> None:
    """Keys are read without Enter in one module, which is imported where termios is to be had."""
    if not module.startswith("lab/") and module not in {"sources/live.py", "cli/demo/terminal.py"}:
        assert LINUX_ONLY.isdisjoint(imports(module))


def test_every_room_has_a_floor() -> None:
    rooms = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
    assert rooms | {"bundled", "privilege"} == set(FLOORS)


def test_no_room_is_named_for_nothing() -> None:
    for module in MODULES:
        assert not {"utils", "helpers", "common", "misc"} & set(module.removesuffix(".py").split("/"))
