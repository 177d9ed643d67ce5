"""ATA over Ethernet: disks on the local network.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("1800 ffff ff 01 00000001"))
>>> print_aoe(line, 0, 10)
>>> line.text()
'AoE length 10, Ver 1, Flags: [Response]'
"""

from lesson_engine.tcpdump.printers.line import Line, bits, named, visible

_HEADER = 10
_ERROR = 0x04
_FLAGS = {0x08: "Response", _ERROR: "Error", 0x02: "MBZ-1", 0x01: "MBZ-0"}
_ERRORS = {
    1: "Unrecognized command code",
    2: "Bad argument parameter",
    3: "Device unavailable",
    4: "Config string present",
    5: "Unsupported version",
    6: "Target is reserved",
}
_COMMANDS = {0: "Issue ATA Command", 1: "Query Config Information", 2: "MAC Mask List", 3: "Reserve/Release"}
_ATA_FLAGS = {
    0x80: "MBZ-7",
    0x40: "Ext48",
    0x20: "MBZ-5",
    0x10: "Device",
    0x08: "MBZ-3",
    0x04: "MBZ-2",
    0x02: "Async",
    0x01: "Write",
}
_CONFIGURATION_COMMANDS = {
    0: "read config string",
    1: "test config string",
    2: "test config string prefix",
    3: "set config string",
    4: "force set config string",
}
_LARGEST_STRING = 1024
_MASK_COMMANDS = {0: "Read Mac Mask List", 1: "Edit Mac Mask List"}
_MASK_ERRORS = {1: "Unspecified Error", 2: "Bad DCmd directive", 3: "Mask list full"}
_DIRECTIVES = {0: "No Directive", 1: "Add mac address to mask list", 2: "Delete mac address from mask list"}
_RESERVATIONS = {0: "Read reserve list", 1: "Set reserve list", 2: "Force set reserve list"}
_MAC = 6


def print_aoe(line: Line, at: int, length: int) -> None:
    """A message of `length` bytes at `at`."""
    line.protocol = "aoe"
    write = line.write
    write(f"AoE length {length}")
    end = at + length
    if length < 1:
        line.invalid()
        return
    byte = line.u8(at)
    write(f", Ver {byte >> 4}")
    if byte >> 4 != 1:
        return
    if length < _HEADER:
        _refuse(line, at, end)
        return
    write(f", Flags: [{bits(_FLAGS, byte & 0x0F, 'none')}]")
    if not line.verbose:
        return
    if byte & _ERROR:
        write(f"\n\tError: {named(_ERRORS, line.u8(at + 1), 'Invalid (%u)')}")
    write(f"\n\tMajor: 0x{line.u16(at + 2):04x}")
    write(f", Minor: 0x{line.u8(at + 4):02x}")
    command = line.u8(at + 5)
    write(f", Command: {named(_COMMANDS, command, 'Unknown (0x%02x)')}")
    write(f", Tag: 0x{line.u32(at + 6):08x}")
    if command in _COMMANDS:
        (_print_ata, _print_configuration, _print_mask, _print_reservation)[command](line, at + _HEADER, end)


def _refuse(line: Line, at: int, end: int) -> None:
    line.invalid()
    line.need(at, end - at)


def _print_ata(line: Line, at: int, end: int) -> None:
    write = line.write
    if end - at < 12:
        _refuse(line, at, end)
        return
    write(f"\n\tAFlags: [{bits(_ATA_FLAGS, line.u8(at), 'none')}]")
    for offset, name in enumerate((", Err/Feature", ", Sector Count", ", Cmd/Status", "\n\tlba0"), 1):
        write(f"{name}: {line.u8(at + offset)}")
    for number in range(1, 6):
        write(f", lba{number}: {line.u8(at + 4 + number)}")
    line.need(at + 10, 2)
    at += 12
    if end > at:
        write(f"\n\tData: {end - at} bytes")


def _print_configuration(line: Line, at: int, end: int) -> None:
    write = line.write
    if end - at < 8:
        _refuse(line, at, end)
        return
    write(f"\n\tBuffer Count: {line.u16(at)}")
    write(f", Firmware Version: {line.u16(at + 2)}")
    write(f", Sector Count: {line.u8(at + 4)}")
    byte = line.u8(at + 5)
    # tcpdump says this of a command it does not know, whatever the number.
    write(f", AoE: {byte >> 4}, CCmd: {_CONFIGURATION_COMMANDS.get(byte & 0x0F, 'Unknown (0x02x)')}")
    size = line.u16(at + 6)
    at += 8
    if size > _LARGEST_STRING or size > end - at:
        _refuse(line, at, end)
    elif size:
        write(f"\n\tConfig String (length {size}): ")
        write(visible(line.data[at : min(at + size, line.end)]))
        line.need(at, size)


def _print_mask(line: Line, at: int, end: int) -> None:
    write = line.write
    if end - at < 4:
        _refuse(line, at, end)
        return
    write(f"\n\tMCmd: {named(_MASK_COMMANDS, line.u8(at + 1), 'Unknown (0x%02x)')}")
    write(f", MError: {named(_MASK_ERRORS, line.u8(at + 2), 'Unknown (0x%02x)')}")
    count = line.u8(at + 3)
    at += 4
    write(f", Dir Count: {count}")
    if count * (2 + _MAC) > end - at:
        _refuse(line, at, end)
        return
    for _ in range(count):
        write(f"\n\t DCmd: {named(_DIRECTIVES, line.u8(at + 1), 'Unknown (0x%02x)')}")
        write(f", Ethernet Address: {line.mac(at + 2)}")
        at += 2 + _MAC


def _print_reservation(line: Line, at: int, end: int) -> None:
    write = line.write
    if end - at < 2 or (end - at - 2) % _MAC:
        _refuse(line, at, end)
        return
    write(f"\n\tRCmd: {named(_RESERVATIONS, line.u8(at), 'Unknown (0x%02x)')}")
    count = line.u8(at + 1)
    at += 2
    write(f", NMacs: {count}")
    if count * _MAC != end - at:
        _refuse(line, at, end)
        return
    for number in range(count):
        write(f"\n\tEthernet Address {number}: {line.mac(at)}")
        at += _MAC
