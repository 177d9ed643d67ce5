"""Facts about a savefile that the learner wrote with -w: whether it is one, and whether it holds what it should.

Guarantees: nothing but a regular file of a likely size is ever opened, so that no pipe, device or huge file can make
grading wait; what cannot be read is never a pass; the file is left as it is. The file's name, owner and times make
no difference: packets are compared by their bytes.

>>> facts = FileFacts(Localized("", ""), "icmp", 0, False)
>>> found = examine("/nowhere/icmp.pcap", facts, "mix")
>>> found.passed, str(found.remark)
(False, 'There is no file /nowhere/icmp.pcap. Run your command with tutor tcpdump, and it will be written.')
"""

import os
import stat
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from lesson_engine.course.behaviour import line_as_read
from lesson_engine.course.captures import open_capture
from lesson_engine.course.exercise import FileFacts
from lesson_engine.course.verdict import Part, Proof
from lesson_engine.filters import Filter
from lesson_engine.filters.explain import explain
from lesson_engine.messages import Localized, Message, Text
from lesson_engine.packets import Capture
from lesson_engine.sources.savefile import SavefileError

if TYPE_CHECKING:
    from lesson_engine.course.in_the_lab.files import LiveSource

__all__ = ["FileFacts", "Localized", "Source", "UnusableFile", "examine", "locate", "opened"]

LARGEST = 32 << 20
"""Bytes; the course's captures have some hundred thousand, so a larger file is another one, and is not read."""

_GZIP = b"\x1f\x8b"


def locate(name: str, folders: tuple[str, ...]) -> str:
    """The path of the file that a command calls `name`: in the first of `folders` where it is, else in the first."""
    paths = [os.path.join(folder, os.path.expanduser(name)) for folder in folders] or [name]
    return next((path for path in paths if os.path.lexists(path)), paths[0])


class Source(NamedTuple):
    """Where a file's packets should come from: what passed there, what to say of a file that holds what it should, of a
    packet that it lacks, and of a file whose packets are all others. `variant` makes of its packets those that the
    exercise speaks of."""

    capture: Capture
    right: str
    origin: Message
    elsewhere: str
    variant: Callable[[Capture], Capture]


def examine(
    path: str, facts: FileFacts, capture: str, seed: int | None = None, live: "LiveSource | None" = None
) -> Part:
    """The part of the verdict that says what the file at `path` is, beside what it should hold of the capture, in the
    variant that belongs to `seed`; or of what passed in the lab, if that is where it was made."""
    try:
        found = opened(path)
    except UnusableFile as fault:
        return Part(facts.name, False, fault.remark, path, misconception=fault.misconception)
    source = live.source(found, facts, seed) if live is not None else None
    if isinstance(source, Message):
        return Part(facts.name, False, source, path)
    if source is None:
        elsewhere = "course.file_elsewhere" if live is None else "in_the_lab.file_elsewhere"
        recorded = open_capture(capture, seed)
        source = Source(recorded, "course.file_right", Message("course.from_capture"), elsewhere, lambda same: same)
    return _compared(found, path, facts, source)


class UnusableFile(Exception):  # noqa: N818  # what it carries is a remark for the learner
    """A file that cannot be graded as a capture: what to say of it, and the misconception that it shows."""

    def __init__(self, remark: Text, misconception: str | None = None) -> None:
        super().__init__()
        self.remark = remark
        self.misconception = misconception


def opened(path: str) -> Capture:
    """The capture in a learner's file. Raises UnusableFile."""
    try:
        status = os.stat(path)
    except FileNotFoundError:
        # A link to nowhere is there, and still no file.
        key = "course.file_dangling" if os.path.lexists(path) else "course.file_missing"
        raise UnusableFile(Message(key, path=path)) from None
    except (OSError, ValueError) as error:
        fault = error.strerror if isinstance(error, OSError) else str(error)
        raise UnusableFile(Message("course.file_unreadable", path=path, fault=fault)) from None
    if not stat.S_ISREG(status.st_mode):
        raise UnusableFile(Message("course.file_not_regular", path=path))
    if status.st_size > LARGEST:
        raise UnusableFile(Message("course.file_too_large", path=path, limit=LARGEST >> 20))
    try:
        with open(path, "rb") as file:
            compressed = file.read(len(_GZIP)) == _GZIP
        if compressed:
            raise UnusableFile(Message("course.file_compressed", path=path))
        found = Capture.open(path)
    except SavefileError as error:
        misconception = "redirect-is-not-pcap" if error.message.key == "sources.text_file" else None
        key = "course.file_is_text" if misconception else "course.file_no_savefile"
        raise UnusableFile(Message(key, path=path, fault=error.message), misconception) from None
    except OSError as error:
        raise UnusableFile(Message("course.file_unreadable", path=path, fault=error.strerror)) from None
    if found.error is not None:
        fault = getattr(found.error, "message", str(found.error))
        raise UnusableFile(Message("course.file_no_savefile", path=path, fault=fault))
    return found


def _compared(found: Capture, path: str, facts: FileFacts, source: Source) -> Part:
    """The file's packets beside those wanted."""
    capture = source.capture
    if found.link_type != capture.link_type:
        message = Message("course.file_link_type", found=found.link_type.name, wanted=capture.link_type.name)
        return Part(facts.name, False, message, path)
    chosen = Filter(facts.holds, link_type=capture.link_type)
    wanted = [index for index, matched in enumerate(chosen.matches(source.variant(capture))) if matched]
    if facts.first:
        wanted = wanted[: facts.first]
    lacking = Counter(capture[index].data for index in wanted)
    extra: list[int] = []
    for index, packet in enumerate(found):
        if lacking[packet.data]:
            lacking[packet.data] -= 1
        else:
            extra.append(index)
    missed = [index for index in wanted if lacking[capture[index].data]]
    if not extra and not missed:
        return Part(facts.name, True, Message(source.right, packets=len(found)), path)
    remark, misconception = _remark(found, extra, [capture[index].data for index in missed], source)
    proofs = []
    if extra and misconception is None:
        proofs.append(_proof(found, extra, False, chosen, Message("course.from_file"), source))
    if missed and misconception is None:
        proofs.append(_proof(capture, missed, True, chosen, source.origin, source))
    return Part(facts.name, False, remark, path, proofs=tuple(proofs), misconception=misconception)


def _remark(found: Capture, extra: list[int], missed: list[bytes], source: Source) -> tuple[Text, str | None]:
    """What is wrong with the file as a whole, and the misconception that it shows."""
    if not len(found):
        return Message("course.file_empty"), None
    strange = [found[index].data for index in extra]
    if strange and missed and all(any(whole.startswith(data) for whole in missed) for data in strange):
        return Message("course.file_cut", length=max(map(len, strange))), "short-snaplen"
    known = {packet.data for packet in source.capture}
    if strange and not any(data in known for data in strange):
        return Message(source.elsewhere), None
    return Message("course.file_differs", extra=len(extra), missing=len(missed)), None


def _proof(capture: Capture, disputed: list[int], missed: bool, chosen: Filter, origin: Text, source: Source) -> Proof:
    packet = capture[disputed[0]]
    line = line_as_read(capture, disputed[0])
    spoken_of = source.variant(capture)[disputed[0]]
    return Proof(packet, line, missed, len(disputed), len(capture), origin, explain(chosen, spoken_of))
