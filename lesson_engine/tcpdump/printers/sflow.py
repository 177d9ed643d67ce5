"""sFlow version 5: the agent that sampled, in one line.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("00000005 00000001 0a000001 00000002") + bytes(12))
>>> print_sflow(line, 0, 28)
>>> line.text()
'sFlowv5, IPv4 agent 10.0.0.1, agent-id 2, length 28'
"""

from lesson_engine.tcpdump.printers.line import Line

_HEADER_4, _HEADER_6 = 28, 40
_IPV4, _IPV6 = 1, 2


def print_sflow(line: Line, at: int, length: int) -> None:
    """A datagram of `length` bytes at `at`."""
    line.protocol = "sflow"
    kind = line.u32(at + 4)
    if (kind == _IPV4 and length < _HEADER_4) or (kind == _IPV6 and length < _HEADER_6):
        line.write(f"sFlowv{line.u32(at)} [length {length} < {_HEADER_4}]")
        line.invalid()
        return
    line.need(at, _HEADER_4)
    version = line.u32(at)
    if version != 5:
        line.write(f"sFlow version {version} packet not supported")
        return
    # Whatever is not IPv4 is taken for IPv6.
    if kind == _IPV4:
        agent, number = f"IPv4 agent {line.ipv4(at + 8)}", line.u32(at + 12)
    else:
        agent, number = f"IPv6 agent {line.ipv6(at + 8)}", line.u32(at + 24)
    line.write(f"sFlowv{version}, {agent}, agent-id {number}, length {length}")
