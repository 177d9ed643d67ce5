"""What ships with the package is where `bundled` says, and the shortcut past the manifest agrees with it."""

import os
import subprocess
import sys
import tomllib

from lesson_engine import bundled


def test_each_interface_is_the_capture_that_the_manifest_gives_it() -> None:
    with open(os.path.join(bundled.sample_pcaps(), "manifest.toml"), "rb") as file:
        manifest = tomllib.load(file)
    named = {entry["interface"]: bundled.capture_path(name) for name, entry in manifest.items() if "interface" in entry}
    assert bundled.interfaces() == named


def test_every_capture_name_leads_to_a_file() -> None:
    assert "handshake" in bundled.capture_names()
    assert all(os.path.isfile(bundled.capture_path(name)) for name in bundled.capture_names())


def test_in_a_wheel_the_data_lies_beside_the_module(tmp_path: os.PathLike[str]) -> None:
    package = os.path.join(tmp_path, "lesson_engine")
    os.makedirs(os.path.join(package, "_bundled", "sample_pcaps"))
    with open(bundled.__file__) as source, open(os.path.join(package, "bundled.py"), "w") as copy:
        copy.write(source.read())
    told = subprocess.run(
        [sys.executable, "-c", "import bundled; print(bundled.exercises())"],
        cwd=package,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert told.strip() == os.path.join(package, "_bundled", "exercises")
