"""What can be read of IPsec and IPComp: AH (RFC 4302), ESP (RFC 4303) and the compression header (RFC 3173).

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("0000002a00000007 00000000"))
>>> print_esp(line, 0, 12)
>>> line.text()
'ESP(spi=0x0000002a,seq=0x7), length 12'
"""

from lesson_engine.tcpdump.printers.line import Line


def print_esp(line: Line, at: int, length: int) -> None:
    """An encrypted payload: only its index and sequence number are readable."""
    line.protocol = "esp"
    if not line.has(at, 9):
        line.truncated()
        return
    line.write(f"ESP(spi=0x{line.u32(at):08x},seq=0x{line.u32(at + 4):x}), length {length}")


def print_ipcomp(line: Line, at: int) -> None:
    """A compressed payload."""
    line.protocol = "ipcomp"
    line.write(f"IPComp(cpi=0x{line.u16(at + 2):04x})")


def print_ah(line: Line, at: int) -> int:
    """An authentication header; returns its length in bytes, or -1 if nothing of it was captured."""
    line.protocol = "ah"
    if not line.has(at, 1):
        line.truncated()
        return -1
    line.write("AH")
    words = line.u8(at + 1)
    size = (words + 2) * 4
    line.write("(")
    if line.verbose:
        line.write(f"length={words}({size}-bytes),")
    reserved = line.u16(at + 2)
    if reserved:
        line.write(f"reserved=0x{reserved:x}[MustBeZero],")
    line.write(f"spi=0x{line.u32(at + 4):08x},")
    line.write(f"seq=0x{line.u32(at + 8):x},icv=0x")
    line.write(line.data[at + 12 : min(at + size, line.end)].hex())
    line.need(at, size)
    line.write("): ")
    return size
