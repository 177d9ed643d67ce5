"""What tcpdump's options ask of the printed lines: plain values, no text and no files.

A `PrintOptions` knows how often each letter was given (tcpdump(1), OPTIONS); what the letters mean for one
protocol is that protocol's printer's business.

>>> PrintOptions(verbose=2).verbose, PrintOptions().numeric
(2, 0)
"""

from typing import NamedTuple


class PrintOptions(NamedTuple):
    """How to print packets; counts say how often the option was given, 0 for not at all."""

    numeric: int = 0
    """-n: addresses and ports as numbers."""
    link_header: bool = False
    """-e: the link-level header too."""
    quiet: bool = False
    """-q: less about the protocols."""
    verbose: int = 0
    """-v, -vv, -vvv."""
    time_style: int = 0
    """-t to -ttttt, 0 to 5: clock, none, epoch, since the previous packet, date and clock, since the first."""
    absolute_sequence: bool = False
    """-S: TCP sequence numbers as they are on the wire."""
    ascii: int = 0
    """-A; -AA with the link-level header."""
    hex: int = 0
    """-x; -xx with the link-level header."""
    hex_ascii: int = 0
    """-X; -XX with the link-level header."""
    number: bool = False
    """-#: each packet's number before it."""
    no_checksums: bool = False
    """-K: checksums are not verified."""
    nanoseconds: bool = False
    """--nano: nine decimals of a second in place of six."""
    no_domain: bool = False
    """-N: host names without their domains."""
    dotted_systems: bool = False
    """-b: numbers of autonomous systems that need more than 16 bits in two parts, with a dot between them."""
