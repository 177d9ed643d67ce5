"""Root given back: a process that sudo made root becomes the user who called sudo again, and does so for good.

What a child still needs of root's power is kept as capabilities, those named and no others, until it has started: the
child is then that user's own from its first moment, so it can be signalled and waited for without root, and what it
writes belongs to that user. Nothing happens unless it is asked for, and nothing at all to root who is root by other
ways. This module knows neither captures nor labs.

sudo(8) for the variables, capabilities(7), credentials(7), prctl(2).

>>> caller({"SUDO_UID": "0", "SUDO_GID": "0"}) is None
True
"""

import ctypes
import os
import struct
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

NET_ADMIN, NET_RAW, SYS_ADMIN = 12, 13, 21
"""Capabilities by their numbers in linux/capability.h."""

HAS_CAPABILITIES = sys.platform == "linux"
"""Whether root can be given back in part here."""

# linux/prctl.h and linux/capability.h
_PR_SET_KEEPCAPS, _PR_CAP_AMBIENT, _RAISE = 8, 47, 2
_CAPABILITY_VERSION_3 = 0x20080522

_kept: frozenset[int] = frozenset()


class Caller(NamedTuple):
    """An ordinary user who has called sudo."""

    user_id: int
    group_id: int
    name: str


def is_root() -> bool:
    """Whether this process is root, however it became that."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def caller(environment: Mapping[str, str] = os.environ) -> Caller | None:
    """Who made this process root by sudo; None if it is not root, or not by sudo, or root called it, or if they may not
    run this Python themselves (one that lies in root's home)."""
    if not is_root():
        return None
    words = [environment.get(name, "") for name in ("SUDO_UID", "SUDO_GID")]
    if not all(word.isdecimal() for word in words) or int(words[0]) == 0:
        return None
    who = Caller(int(words[0]), int(words[1]), environment.get("SUDO_USER", ""))
    return who if _may_run_this(who) else None


def become(who: Caller, keeping: Iterable[int] = ()) -> None:
    """Makes this process `who`'s for good: ids, groups and environment. Of `keeping`, the capabilities that this
    process has stay until the end of `lending`; name none where the system has none. Raises OSError."""
    global _kept
    wanted = frozenset(keeping)
    if wanted:
        wanted &= {*_permitted()}
    os.setgroups(os.getgrouplist(who.name, who.group_id))
    # As root these set the real, the effective and the saved id at once.
    os.setgid(who.group_id)
    if wanted:
        check(_libc().prctl(_PR_SET_KEEPCAPS, 1, 0, 0, 0))
    os.setuid(who.user_id)
    if wanted:
        _set_capabilities(wanted)
        _kept = wanted
    home = os.path.expanduser(f"~{who.name}")
    for name in ("HOME", "USER", "LOGNAME", "SUDO_UID", "SUDO_GID", "SUDO_USER", "SUDO_COMMAND"):
        os.environ.pop(name, None)
    if who.name and not home.startswith("~"):
        os.environ |= {"HOME": home, "USER": who.name, "LOGNAME": who.name}


def is_lent() -> bool:
    """Whether this process holds capabilities that `become` has kept."""
    return bool(_kept)


@contextmanager
def lending() -> Iterator[None]:
    """Programs started within get the capabilities that `become` has kept; at the end this process lets go of them, and
    what was started keeps them. Nothing happens if none were kept."""
    global _kept
    if not _kept:
        yield
        return
    try:
        hold(_kept)
        yield
    finally:
        _set_capabilities(())
        _kept = frozenset()


def hold(capabilities: Iterable[int]) -> None:
    """Makes `capabilities`, of which this thread must have each, all that it has, and hands them on to the programs it
    starts. Raises OSError."""
    wanted = sorted(capabilities)
    _set_capabilities(wanted)
    libc = _libc()
    for number in wanted:
        check(libc.prctl(_PR_CAP_AMBIENT, _RAISE, number, 0, 0))


def every_capability() -> range:
    """The numbers of all capabilities that this kernel knows."""
    with open("/proc/sys/kernel/cap_last_cap") as file:
        return range(int(file.read()) + 1)


def check(result: int) -> None:
    """Raises the OSError that a call into the C library has left behind, if `result` says that it failed."""
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def _set_capabilities(capabilities: Iterable[int]) -> None:
    mask = sum(1 << number for number in capabilities)
    low, high = mask & 0xFFFFFFFF, mask >> 32
    # Inheritable as well, because only such ones may be ambient, and only ambient ones survive execve.
    sets = ctypes.create_string_buffer(struct.pack("6I", low, low, low, high, high, high))
    check(_libc().capset(_header(), sets))


def _permitted() -> list[int]:
    sets = ctypes.create_string_buffer(24)
    check(_libc().capget(_header(), sets))
    _, low, _, _, high, _ = struct.unpack("6I", sets.raw)
    return [number for number in range(64) if (low | high << 32) >> number & 1]


def _may_run_this(who: Caller) -> bool:
    """Tried in a child, since there is no way back."""
    child = os.fork()
    if child == 0:
        refused = 1
        try:
            become(who)
            refused = not (os.access(sys.executable, os.X_OK) and os.access(__file__, os.R_OK))
        finally:
            os._exit(int(refused))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _header() -> ctypes.Array[ctypes.c_char]:
    return ctypes.create_string_buffer(struct.pack("Ii", _CAPABILITY_VERSION_3, 0))


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
