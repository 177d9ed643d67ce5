"""Loading scapy: which of its layers are had, and that it looks at no route and says nothing on its own.

The one module that imports scapy, on the first call of `load_scapy`, since that takes a third of a second. The routes
of this machine are not read, as they are for sending alone: who sends with scapy in the same process, and did not
import it before, calls its `conf.route.resync()`.

>>> scapy = load_scapy()
>>> scapy.ip.__name__, scapy.ipv6.__name__
('IP', 'IPv6')
"""

from functools import cache
from typing import Any, NamedTuple

_MODULES = (
    "l2", "inet", "inet6", "dns", "dhcp", "dhcp6", "eap", "llmnr", "netbios", "ntp", "ppp", "rip", "sctp",
    "tftp", "vrrp", "vxlan",
)  # fmt: skip
"""What of scapy is loaded: the protocols that the printers know and that are cheap to have."""


class Scapy(NamedTuple):
    """What is used of scapy beside its packet classes."""

    fields: Any
    raw: Any
    padding: Any
    ether: Any
    cooked: Any
    cooked2: Any
    ip: Any
    ipv6: Any
    log: Any

    def quiet(self, on: bool) -> None:
        """Whether the remarks of dissectors on what they find are kept from stderr."""
        self.log.disabled = on


@cache
def load_scapy() -> Scapy:
    """Imports scapy on the first call."""
    from importlib import import_module

    from scapy.config import conf

    before = conf.route_autoload, conf.route6_autoload
    conf.route_autoload = conf.route6_autoload = False
    try:
        for module in _MODULES:
            import_module(f"scapy.layers.{module}")
    finally:
        conf.route_autoload, conf.route6_autoload = before

    from scapy import fields
    from scapy.error import log_runtime
    from scapy.layers.inet import IP
    from scapy.layers.inet6 import IPv6
    from scapy.layers.l2 import CookedLinux, CookedLinuxV2, Ether

    return Scapy(fields, conf.raw_layer, conf.padding_layer, Ether, CookedLinux, CookedLinuxV2, IP, IPv6, log_runtime)
