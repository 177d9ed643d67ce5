"""GeoNetworking between vehicles and the transport above it, as ETSI TS 102 636 first drafted them.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("0010 0000 0000 0001 8002020000000001 00000000 00000007 00000008") + bytes(8))
>>> print_geonet(line, 0, 36, None)
>>> line.text()
'GeoNet ; v:0 NH:0-Any HT:1-0-Beacon HopLim:1 Payload:0 GN_ADDR:80:02:02:00:00:00:00:01 lat:7 lon:8'
"""

from lesson_engine.tcpdump.printers.line import Line, named

_HEADER = 36
# Fields, in bytes from the header's start
_PAYLOAD, _HOPS, _ADDRESS, _LATITUDE, _LONGITUDE = 4, 7, 8, 20, 24

_ANY, _TRANSPORT_A, _TRANSPORT_B = 0, 1, 2
_NEXT_HEADERS = {_ANY: "Any", _TRANSPORT_A: "BTP-A", _TRANSPORT_B: "BTP-B", 3: "IPv6"}
_KINDS = {0: "Any", 1: "Beacon", 2: "GeoUnicast"}
_SUBKINDS = {
    (3, 0): "GeoAnycastCircle",
    (3, 1): "GeoAnycastRect",
    (3, 2): "GeoAnycastElipse",
    (4, 0): "GeoBroadcastCircle",
    (4, 1): "GeoBroadcastRect",
    (4, 2): "GeoBroadcastElipse",
    (5, 0): "TopoScopeBcast-SH",
    (5, 1): "TopoScopeBcast-MH",
    (6, 0): "LocService-Request",
    (6, 1): "LocService-Reply",
}
"""Kinds of packets whose subtype has a name."""
_BEACON, _SINGLE_HOP, _MANY_HOPS = 1, (5, 0), (5, 1)
_MANY_HOPS_HEADER = 32
_TRANSPORT_HEADER = 4
_MESSAGES = {0: "CAM", 1: "DENM", 101: "TPEGM", 102: "TSPDM", 103: "VPM", 104: "SRM", 105: "SLAM", 106: "ecoCAM"}
_MESSAGES |= {107: "ITM", 150: "SA"}


def print_geonet(line: Line, at: int, length: int, source: int | None) -> None:
    """A packet of `length` bytes at `at`; the sender's Ethernet address lies at `source` if there is one."""
    line.protocol = "geonet"
    write = line.write
    write("GeoNet ")
    if source is not None:
        write(f"src:{line.mac(source)}")
    write("; ")
    if length < _HEADER:
        write(f" (common header length {length} < {_HEADER})")
        line.invalid()
        return
    line.need(at, 8)
    version, following = line.u8(at) >> 4, line.u8(at) & 0x0F
    kind = line.u8(at + 1) >> 4, line.u8(at + 1) & 0x0F
    write(f"v:{version} NH:{following}-{named(_NEXT_HEADERS, following, 'Unknown')} HT:{kind[0]}-{kind[1]}-")
    write(_KINDS.get(kind[0]) or _SUBKINDS.get(kind, "Unknown"))
    write(f" HopLim:{line.u8(at + _HOPS)} Payload:{line.u16(at + _PAYLOAD)} ")
    write(f"GN_ADDR:{line.bytes(at + _ADDRESS, 8).hex(':')} ")
    write(f"lat:{line.u32(at + _LATITUDE)} ")
    write(f"lon:{line.u32(at + _LONGITUDE)}")
    line.need(at, _HEADER)
    at += _HEADER
    length -= _HEADER
    if kind[0] <= _BEACON or kind in (_SINGLE_HOP, _MANY_HOPS):
        if kind == _MANY_HOPS:
            if length < _MANY_HOPS_HEADER:
                write(f" (header size {_MANY_HOPS_HEADER} > {length})")
                line.invalid()
                return
            line.need(at, _MANY_HOPS_HEADER)
            at += _MANY_HOPS_HEADER
            length -= _MANY_HOPS_HEADER
        if following in (_TRANSPORT_A, _TRANSPORT_B):
            if length < _TRANSPORT_HEADER:
                write(f" (BTP length {length} < {_TRANSPORT_HEADER})")
                line.invalid()
                return
            _print_transport(line, at, length)
            at += _TRANSPORT_HEADER
            length -= _TRANSPORT_HEADER
    if line.verbose and length:
        line.write_dump(at, length)


def _print_transport(line: Line, at: int, length: int) -> None:
    """Ports, and the kind of message behind them where it is long enough for one."""
    write = line.write
    write(f"; BTP Dst:{line.u16(at)}")
    write(f" Src:{line.u16(at + 2)}")
    if length < _TRANSPORT_HEADER + 2:
        return
    write(f"; ItsPduHeader v:{line.u8(at + 4)}")
    kind = line.u8(at + 5)
    write(f" t:{kind}-{named(_MESSAGES, kind, 'unknown (%u)')}")
