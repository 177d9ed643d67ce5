"""The installed libpcap as an oracle: what it compiles, refuses and matches, mostly without its optimizer.

Handles are savefiles', as for `tcpdump -r`, because some words mean something else on a live interface.
"""

import ctypes
import struct
import tempfile
from ctypes import POINTER, Structure, byref, c_char_p, c_int, c_ubyte, c_uint, c_uint32, c_ushort, c_void_p
from functools import cache
from typing import Literal

from lesson_engine.packets.linktype import LinkType


class _Instruction(Structure):
    _fields_ = (("code", c_ushort), ("jt", c_ubyte), ("jf", c_ubyte), ("k", c_uint32))


class _Program(Structure):
    _fields_ = (("length", c_uint), ("instructions", POINTER(_Instruction)))


class _Header(Structure):
    _fields_ = (
        ("seconds", ctypes.c_long),
        ("microseconds", ctypes.c_long),
        ("captured", c_uint32),
        ("original", c_uint32),
    )


@cache
def _library() -> ctypes.CDLL:
    library = ctypes.CDLL("libpcap.so.0.8")
    library.pcap_open_offline.restype = c_void_p
    library.pcap_open_offline.argtypes = [c_char_p, c_char_p]
    library.pcap_compile.argtypes = [c_void_p, POINTER(_Program), c_char_p, c_int, c_uint32]
    library.pcap_geterr.restype = c_char_p
    library.pcap_geterr.argtypes = [c_void_p]
    library.pcap_freecode.argtypes = [POINTER(_Program)]
    library.pcap_offline_filter.argtypes = [POINTER(_Program), POINTER(_Header), c_char_p]
    return library


@cache
def _handle(link_type: int, byte_order: Literal["little", "big"]) -> int:
    order = "<" if byte_order == "little" else ">"
    with tempfile.NamedTemporaryFile() as file:
        file.write(struct.pack(order + "IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, link_type))
        file.flush()
        message = ctypes.create_string_buffer(256)
        handle: int | None = _library().pcap_open_offline(file.name.encode(), message)
    if not handle:
        raise OSError(message.value.decode())
    return handle


class RefusedError(Exception):
    """libpcap does not compile the expression; the text is what tcpdump prints."""


class Oracle:
    """An expression compiled by libpcap for a link type. Raises RefusedError."""

    def __init__(self, expression: str, link_type: LinkType, byte_order: Literal["little", "big"] = "little") -> None:
        self._program = _Program()
        handle = _handle(link_type.number, byte_order)
        if _library().pcap_compile(handle, byref(self._program), expression.encode(), 0, 0):
            raise RefusedError(_library().pcap_geterr(handle).decode(errors="replace"))

    def __del__(self) -> None:
        _library().pcap_freecode(byref(self._program))

    def matches(self, data: bytes, original_length: int | None = None) -> bool:
        header = _Header(0, 0, len(data), len(data) if original_length is None else original_length)
        return bool(_library().pcap_offline_filter(byref(self._program), byref(header), data))


def refuses_all_packets(expression: str, link_type: LinkType) -> bool:
    """Whether libpcap's optimizer finds that the expression rejects all packets."""
    program = _Program()
    handle = _handle(link_type.number, "little")
    if _library().pcap_compile(handle, byref(program), expression.encode(), 1, 0):
        return _library().pcap_geterr(handle) == b"expression rejects all packets"
    _library().pcap_freecode(byref(program))
    return False
