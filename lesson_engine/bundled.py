"""Where the data that ships with the package lies: sample captures, exercises and notebooks.

In an installed wheel that is `_bundled/` beside this file, in a checkout the directory above the package.
Everything is plain `os.path`, and no file is opened: this is on the start-up path of `tutor`, where
`importlib.resources` and `pathlib` would cost more than the rest. It knows names of captures, not their content.

>>> os.path.basename(capture_path("handshake"))
'handshake.pcap'
>>> sorted(interfaces())
['any', 'eth0']
"""

import os

_PACKAGE = os.path.dirname(os.path.abspath(__file__))
_IN_WHEEL = os.path.join(_PACKAGE, "_bundled")
_ROOT = _IN_WHEEL if os.path.isdir(_IN_WHEEL) else os.path.dirname(_PACKAGE)


def sample_pcaps() -> str:
    """The directory of sample captures and their manifest.toml."""
    return os.path.join(_ROOT, "sample_pcaps")


def exercises() -> str:
    """The directory of exercise definitions."""
    return os.path.join(_ROOT, "exercises")


def demos() -> str:
    """The directory of the stories that demonstrations tell."""
    return os.path.join(_ROOT, "demos")


def notebooks() -> str:
    """The directory of notebooks, with one directory a language below it."""
    return os.path.join(_ROOT, "notebooks")


def capture_names() -> list[str]:
    """The names of the sample captures that are there, sorted; reads the directory."""
    return sorted(name.removesuffix(".pcap") for name in os.listdir(sample_pcaps()) if name.endswith(".pcap"))


def capture_path(name: str) -> str:
    """The savefile of the sample capture `name`; whether it exists is for the one who opens it."""
    return os.path.join(sample_pcaps(), name + ".pcap")


def savefile(name: str) -> str:
    """The savefile that a learner means by `name`: the file of that name, or else the sample capture, whose name may be
    given with `.pcap` or without; a name that is neither is left as it is.

    >>> os.path.basename(savefile("handshake.pcap")), savefile("elsewhere/handshake.pcap")
    ('handshake.pcap', 'elsewhere/handshake.pcap')
    """
    if not os.path.lexists(name) and name.removesuffix(".pcap") in capture_names():
        return capture_path(name.removesuffix(".pcap"))
    return name


def interfaces() -> dict[str, str]:
    """Interface name to the savefile that stands for it where nothing is captured live.

    The manifest's `interface` keys say the same; it is not parsed here because TOML costs milliseconds.
    """
    return {"eth0": capture_path("mix"), "any": capture_path("any")}
