"""What is kept of somebody who opened a link: so little that it names nobody.

Of an address the part that names a network of many (two of the four numbers of an IPv4, three of the eight groups of
an IPv6), of a browser its family and the system. It answers "did it arrive, and is it read from where I think".

>>> network_of("203.0.113.9"), network_of("2001:db8:1234:5678::1"), network_of("unix")
('203.0.x.x', '2001:db8:1234::', '')
>>> agent_of("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36")
'Chrome · Windows'
>>> agent_of("curl/8.1"), agent_of("")
('', '')
"""

from __future__ import annotations

from ipaddress import IPv4Address, ip_address, ip_network
from typing import Final

BROWSERS: Final = {  # the first that is named; each calls itself by the names of others too
    "MicroMessenger": "WeChat",
    "Edg": "Edge",
    "OPR": "Opera",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS: Final = {
    "Android": "Android",
    "iPhone": "iOS",
    "iPad": "iOS",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "Linux": "Linux",
}


def network_of(address: str) -> str:
    """The network of an address; "" of what is none."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, IPv4Address):
        first, second, *_rest = str(found).split(".")
        return f"{first}.{second}.x.x"
    return str(ip_network(f"{found}/48", strict=False).network_address)


def agent_of(header: str) -> str:
    """Browser and system; "" of what is not known."""
    browser = next((name for sign, name in BROWSERS.items() if sign in header), "")
    system = next((name for sign, name in SYSTEMS.items() if sign in header), "")
    return " · ".join(filter(None, (browser, system)))
