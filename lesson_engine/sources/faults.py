"""What can be wrong with a savefile: `SavefileError`, one function a fault, in our words and in libpcap's.

The decoders find the faults and the shells tell them; here each gets its message (two languages, from the
catalog) and the very text that libpcap 1.10.3 has for it, because `tutor tcpdump` prints what tcpdump prints.

>>> fault = record_cut(number=3, offset=100, tried=60, got=14)
>>> fault.libpcap_text, fault.offset, fault.missing
('truncated dump file; tried to read 60 captured bytes, only got 14', 100, 46)
"""

from codecs import getincrementaldecoder
from typing import Self

from lesson_engine.messages import Message


class SavefileError(ValueError):
    """A savefile is broken, or is none, or cannot be opened.

    `message` tells it to people. `libpcap_text` is what tcpdump prints for it after "tcpdump: ", or after
    "tcpdump: pcap_loop: " if the savefile's header was good. `offset` is where in the file (decompressed, if
    it is) the broken thing begins, and `missing` the bytes that it lacks; None where there is no such number.
    """

    def __init__(
        self, message: Message, libpcap_text: str, *, offset: int | None = None, missing: int | None = None
    ) -> None:
        super().__init__(message, libpcap_text)
        self.message = message
        self.libpcap_text = libpcap_text
        self.offset = offset
        self.missing = missing

    def __str__(self) -> str:
        return str(self.message)

    @classmethod
    def from_os_error(cls, error: OSError) -> Self:
        """The same for a file that could not be opened or read, so that shells tell both in one way."""
        path = error.filename if error.filename is not None else "-"
        reason = error.strerror or str(error)
        key = {
            FileNotFoundError: "sources.no_such_file",
            IsADirectoryError: "sources.directory",
            PermissionError: "sources.permission",
        }.get(type(error), "sources.unreadable")
        text = f"error reading dump file: {reason}" if key == "sources.directory" else f"{path}: {reason}"
        return cls(Message(key, path=path, reason=reason), text)


class SavefileTooLargeError(SavefileError):
    """A compressed savefile would take more room than it may; none of it is given."""


# The savefile's beginning.


def header_cut(tried: int, got: int, size: int) -> SavefileError:
    """The file ends within its header: `got` of the `tried` bytes that were read last, `size` in all."""
    message = Message("sources.header_cut", size=size, missing=tried - got) if size else Message("sources.empty")
    text = f"truncated dump file; tried to read {tried} file header bytes, only got {got}"
    return SavefileError(message, text, offset=size, missing=tried - got)


def not_a_savefile(start: bytes) -> SavefileError:
    """The first four bytes are none that a savefile begins with; they may tell what else it is."""
    if start in _COMPRESSED:
        message = Message("sources.compressed", format=_COMPRESSED[start])
    elif start.startswith(b"BZh"):
        message = Message("sources.compressed", format="bzip2")
    else:
        message = Message("sources.text_file" if _is_text(start) else "sources.not_a_savefile", start=start.hex(" "))
    return SavefileError(message, "unknown file format", offset=0)


_COMPRESSED = {
    b"\x28\xb5\x2f\xfd": "zstd",
    b"\xfd7zX": "xz",
    b"\x04\x22\x4d\x18": "lz4",
    b"PK\x03\x04": "zip",
}


def _is_text(start: bytes) -> bool:
    """Whether they could begin a text in UTF-8, whose last character may be cut."""
    try:
        text = getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return False
    return all(character.isprintable() or character in "\t\n\r\f\x1b\ufeff" for character in text)


def archaic(version: str) -> SavefileError:
    """A pcap file of version 1."""
    return SavefileError(Message("sources.version", version=version), "archaic pcap savefile format", offset=4)


def unsupported_version(savefile_format: str, version: str, offset: int) -> SavefileError:
    """A version that libpcap does not read; `savefile_format` is "pcap" or "pcapng"."""
    text = f"unsupported {savefile_format} savefile version {version}"
    return SavefileError(Message("sources.version", version=version), text, offset=offset)


# Records of a pcap file.


def record_header_cut(number: int, offset: int, tried: int, got: int) -> SavefileError:
    """The file ends within a record's header."""
    text = f"truncated dump file; tried to read {tried} header bytes, only got {got}"
    return _cut(number, offset, tried - got, text)


def record_cut(number: int, offset: int, tried: int, got: int) -> SavefileError:
    """The file ends within a record's data."""
    text = f"truncated dump file; tried to read {tried} captured bytes, only got {got}"
    return _cut(number, offset, tried - got, text)


def _cut(number: int, offset: int, missing: int, libpcap_text: str) -> SavefileError:
    message = Message("sources.record_cut", number=number, offset=offset, missing=missing, good=number - 1)
    return SavefileError(message, libpcap_text, offset=offset, missing=missing)


def captured_length_lies(number: int, offset: int, length: int, limit: int, limit_name: str) -> SavefileError:
    """A captured length that no record has; `limit_name` is libpcap's name of the `limit` that it breaks."""
    message = Message("sources.captured_length", number=number, offset=offset, length=length, limit=limit)
    text = f"invalid packet capture length {length}, bigger than {limit_name} of {limit}"
    return SavefileError(message, text, offset=offset)


# Blocks of a pcapng file.


def block_cut(offset: int, tried: int, got: int) -> SavefileError:
    """The file ends within a block: `got` of the `tried` bytes that were read last."""
    message = Message("sources.block_cut", offset=offset, missing=tried - got)
    text = f"truncated pcapng dump file; tried to read {tried} bytes, only got {got}"
    return SavefileError(message, text, offset=offset, missing=tried - got)


def block_length_lies(offset: int, length: int, libpcap_text: str) -> SavefileError:
    """A block's total length cannot be right."""
    return SavefileError(Message("sources.block_length", offset=offset, length=length), libpcap_text, offset=offset)


def block_lengths_differ(offset: int, length: int, trailer: int) -> SavefileError:
    """The length before a block and the one after it differ."""
    message = Message("sources.block_lengths_differ", offset=offset, length=length, trailer=trailer)
    return SavefileError(message, "block total length in header and trailer don't match", offset=offset)


def block_too_short(offset: int, block_type: int) -> SavefileError:
    """A block ends before the fields, options or packet bytes that it says it has."""
    message = Message("sources.block_too_short", offset=offset, type=block_type)
    return SavefileError(message, f"block of type {block_type} in pcapng dump file is too short", offset=offset)


def byte_order_changes(offset: int, libpcap_text: str) -> SavefileError:
    """A later section has the other byte order."""
    return SavefileError(Message("sources.byte_order_changes", offset=offset), libpcap_text, offset=offset)


def bad_section(offset: int) -> SavefileError:
    """A later section header has no byte-order magic."""
    text = "the file has a section with a bad byte order magic field"
    return SavefileError(Message("sources.bad_section", offset=offset), text, offset=offset)


def unknown_section_version(offset: int, major: int) -> SavefileError:
    """A later section is of a version that libpcap does not read."""
    text = f"unknown pcapng savefile major version number {major}"
    return SavefileError(Message("sources.version", version=str(major)), text, offset=offset)


def no_interface(offset: int) -> SavefileError:
    """The file describes no interface, so nobody knows what link type its packets would have."""
    text = "the capture file has no Interface Description Blocks"
    return SavefileError(Message("sources.no_interface"), text, offset=offset)


def packet_before_interface(offset: int) -> SavefileError:
    """A packet comes before any interface is described."""
    text = "the capture file has a packet block before any Interface Description Blocks"
    return SavefileError(Message("sources.packet_before_interface", offset=offset), text, offset=offset)


def unknown_interface(offset: int, interface: int) -> SavefileError:
    """A packet says it came through an interface that its section does not describe."""
    text = f"a packet arrived on interface {interface}, but there's no Interface Description Block for that interface"
    return SavefileError(Message("sources.unknown_interface", offset=offset, interface=interface), text, offset=offset)


def link_type_changes(offset: int, first: str, other: str, number: int) -> SavefileError:
    """An interface has another link type than the first; libpcap reads only files with one."""
    message = Message("sources.link_type_changes", offset=offset, first=first, other=other)
    text = f"an interface has a type {number} different from the type of the first interface"
    return SavefileError(message, text, offset=offset)


def snapshot_length_changes(offset: int, first: int, other: int) -> SavefileError:
    """An interface has another snapshot length than the first; libpcap reads only files with one."""
    message = Message("sources.snapshot_length_changes", offset=offset, first=first, other=other)
    text = f"an interface has a snapshot length {other} different from the snapshot length of the first interface"
    return SavefileError(message, text, offset=offset)


def bad_interface_option(offset: int, problem: str) -> SavefileError:
    """An option of an interface is wrong; `problem` is how libpcap goes on after "Interface Description Block"."""
    message = Message("sources.interface_option", offset=offset, problem=problem)
    return SavefileError(message, f"Interface Description Block {problem}", offset=offset)


# Compression, which libpcap does not read: the texts are ours, in its manner.


def gzip_cut() -> SavefileError:
    """The compressed data end before they say they do."""
    return SavefileError(Message("sources.gzip_cut"), "error reading dump file: gzip data end early")


def gzip_damaged() -> SavefileError:
    """The compressed data are no longer what was compressed."""
    return SavefileError(Message("sources.gzip_damaged"), "error reading dump file: gzip data are damaged")


def gzip_too_large(limit: int) -> SavefileTooLargeError:
    """The file would decompress to more than `limit` bytes."""
    message = Message("sources.gzip_too_large", limit=limit >> 20)
    return SavefileTooLargeError(message, f"error reading dump file: gzip data grow beyond {limit >> 20} MiB")


def inside_gzip(fault: SavefileError) -> SavefileError:
    """`fault`, found in what was compressed; its offset and missing bytes are of the decompressed data."""
    message = Message("sources.inside_gzip", fault=fault.message)
    return SavefileError(message, fault.libpcap_text, offset=fault.offset, missing=fault.missing)
