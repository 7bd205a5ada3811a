"""From where somebody tries to sign in, as far as it may count: one address, or one network of IPv6.

Decides whose tries are counted together. Behind a proxy every try comes from the proxy: then the named header says who asked
it, and of several the last, which the proxy itself wrote. What stands before it anybody can write. Errors: none; what is no
address is "". Example: `sender("10.0.0.1", "198.51.100.7, 203.0.113.9")` is `203.0.113.9`. Left out: whether that
proxy can be trusted, which whoever names its header says.
"""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network


def sender(remote: str, told: str | None = None) -> str:
    """`remote` is the other end of the line, `told` what the header says; without a header None."""
    text = (remote if told is None else told.rpartition(",")[2]).strip().removeprefix("[").partition("]")[0]
    try:
        found = ip_address(text)
    except ValueError:
        return "" if told is None else sender(remote)
    if not isinstance(found, IPv6Address):
        return str(found)
    mapped = found.ipv4_mapped
    return str(mapped) if mapped else str(ip_network((found, 64), strict=False))
