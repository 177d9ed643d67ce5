"""A headless Chromium, what reaches its console, and what axe-core finds in a page."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PROGRAM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
PATIENCE = 120_000
"""Milliseconds that anything may take on a busy machine."""


@contextmanager
def browser(profile: Path, **options: Any) -> Iterator[Any]:
    """A headless Chromium with a fresh profile; `options` are those of a Playwright context."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            str(profile), executable_path=PROGRAM, headless=True, args=[*FLAGS], **options
        )
        context.set_default_timeout(PATIENCE)
        try:
            yield context
        finally:
            context.close()


def console_errors(page: Any, are_known: Callable[[str], bool] = lambda error: False) -> list[str]:
    """A list that grows with every error of the page from now on; those that `are_known` are only printed."""
    errors: list[str] = []

    def heard(error: str) -> None:
        if are_known(error):
            print("known:", error, file=sys.stderr)
        else:
            errors.append(error)

    page.on("console", lambda message: heard(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: heard(error.stack or str(error)))
    return errors


def serious_faults(page: Any, what: str | None = None) -> list[str]:
    """What axe-core finds in a page, or in the parts of it that the selector `what` names."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, context=what).response["violations"]
    return [
        f"{fault['id']}: {fault['help']}: {node['target']} {node['html'][:200]} {node['failureSummary'][:300]}"
        for fault in found
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"][:3]
    ]


def pictures_in(otherwise: Path) -> Path:
    """Where pictures go: the directory that TUTOR_GALLERY names, else this one."""
    folder = Path(os.environ.get("TUTOR_GALLERY") or otherwise)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
