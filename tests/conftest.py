"""What every test may rely on: the `needs` marker, an environment that says nothing of this machine, and what stands
beside this file."""

import os
import shutil
import sys
from ctypes.util import find_library
from pathlib import Path

import pytest
from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent))

# tcpdump and the daemons live in sbin, which an ordinary user's PATH often lacks.
os.environ["PATH"] += os.pathsep + os.pathsep.join(("/usr/sbin", "/sbin"))
os.environ["TZ"] = "UTC"
os.environ["TUTOR_LAB"] = f"none-in-test-{os.getpid()}"
for variable in ("TUTOR_LANG", "TUTOR_WORKSPACE", "NO_COLOR", "SUDO_UID", "SUDO_GID", "SUDO_USER"):
    os.environ.pop(variable, None)

# Examples are the same in every run, so that a failure is of the change at hand; `make fuzz` looks for new ones.
# No deadline: a slow machine is no fault.
settings.register_profile("steady", max_examples=200, deadline=None, derandomize=True)
settings.register_profile("long", max_examples=20_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


def _is_there(tool: str) -> bool:
    if tool.startswith("lib"):
        return find_library(tool.removeprefix("lib")) is not None
    return shutil.which(tool) is not None


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test marked needs("tcpdump", "libpcap") is skipped without them, and fails where CI=true."""
    missing = sorted({tool for mark in item.iter_markers("needs") for tool in mark.args if not _is_there(tool)})
    if missing:
        reason = f"needs {', '.join(missing)}, which tools/test-packages.sh installs"
        if os.environ.get("CI") == "true":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
