"""Group records and source lists, alike in IGMPv3 reports and MLDv2 reports (RFC 3376, 4.2; RFC 3810, 5.2).

`address` prints an address of the family, `size` is its length in bytes.
"""

from collections.abc import Callable

from lesson_engine.tcpdump.printers.line import Line, named

_RECORD_NAMES = {1: "is_in", 2: "is_ex", 3: "to_in", 4: "to_ex", 5: "allow", 6: "block"}

Address = Callable[[int], str]


def print_group_records(line: Line, at: int, length: int, address: Address, size: int, unknown: str) -> None:
    """The records of a report of `length` bytes at `at`; `unknown` is the format for a type without a name."""
    groups = line.u16(at + 6)
    line.write(f", {groups} group record(s)")
    if not line.verbose:
        return
    where = 8
    for _ in range(groups):
        if length < where + 4 + size:
            line.write(" [invalid number of groups]")
            return
        line.write(f" [gaddr {address(at + where + 4)}")
        line.write(f" {named(_RECORD_NAMES, line.u8(at + where), unknown)}")
        sources = line.u16(at + where + 2)
        if length < where + 4 + size + sources * size:
            line.write(f" [invalid number of sources {sources}]")
            return
        print_sources(line, at + where + 4 + size, sources, address, size)
        line.write("]")
        where += 4 + size + sources * size


def print_sources(line: Line, at: int, count: int, address: Address, size: int) -> None:
    """The sources at `at`, or how many there are where the verbosity is too low to list them."""
    if line.verbose < 2:
        line.write(f", {count} source(s)")
        return
    line.write(" {")
    for index in range(count):
        line.write(f" {address(at + size * index)}")
    line.write(" }")
