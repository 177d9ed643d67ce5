"""Every fault speaks both languages, and says where it is where it can."""

import inspect
import re
from collections.abc import Callable

import pytest

from lesson_engine.messages import LANGUAGES
from lesson_engine.messages.sources import TEXTS
from lesson_engine.sources import faults
from lesson_engine.sources.faults import SavefileError

ARGUMENTS: dict[str, object] = {
    "start": b"\0\1\2\3",
    "version": "9.9",
    "savefile_format": "pcap",
    "limit_name": "snaplen",
    "libpcap_text": "what libpcap says",
    "first": "EN10MB",
    "other": "RAW",
    "problem": "is odd",
    "fault": faults.gzip_cut(),
    "limit": 256 << 20,
}

MAKERS = [
    function
    for name, function in inspect.getmembers(faults, inspect.isfunction)
    if function.__module__ == faults.__name__ and not name.startswith("_")
]


@pytest.mark.parametrize("maker", MAKERS, ids=lambda maker: maker.__name__)
def test_a_fault_speaks_both_languages(maker: Callable[..., SavefileError]) -> None:
    needed = inspect.signature(maker).parameters
    fault = maker(**{name: ARGUMENTS.get(name, 1000 + position) for position, name in enumerate(needed)})
    said = [fault.message.text(language) for language in LANGUAGES]
    assert str(fault) == said[LANGUAGES.index("en")]
    assert said[0] != said[1]
    assert not re.search(r"[{}!！]", "".join(said))
    assert fault.libpcap_text


def test_the_catalog_has_what_is_said_and_no_more() -> None:
    said = set(re.findall(r'"(sources\.\w+)"', inspect.getsource(faults)))
    assert said == {key for key in TEXTS if not key.startswith("sources.live.")}


def test_an_os_error_without_a_path_is_told_too() -> None:
    fault = SavefileError.from_os_error(OSError(28, "No space left on device"))
    assert "No space left on device" in str(fault)
    assert fault.libpcap_text == "-: No space left on device"


def test_a_forbidden_file_says_how_to_see_who_may_read_it() -> None:
    fault = SavefileError.from_os_error(PermissionError(13, "Permission denied", "secret.pcap"))
    assert "ls -l secret.pcap" in fault.message.text("ja")
    assert fault.libpcap_text == "secret.pcap: Permission denied"
