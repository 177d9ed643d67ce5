"""The heartbeats of Microsoft's Network Load Balancing, whose format its maker has not published.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes(8) + bytes.fromhex("01000000 c0000201 c0000202"))
>>> print_msnlb(line, 0, 20)
>>> line.text()
'MS NLB heartbeat, host priority: 1, cluster IP: 192.0.2.1, host IP: 192.0.2.2'
"""

from lesson_engine.tcpdump.printers.line import Line


def print_msnlb(line: Line, at: int, length: int) -> None:
    """A heartbeat at `at`."""
    line.protocol = "msnlb"
    line.write("MS NLB heartbeat")
    priority = int.from_bytes(line.bytes(at + 8, 4), "little")
    line.write(f", host priority: {priority}")
    line.write(f", cluster IP: {line.ipv4(at + 12)}")
    line.write(f", host IP: {line.ipv4(at + 16)}")
