"""Names that a server answers to, so that no other site's name can be bound to its address."""

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

_WRITTEN = re.compile(r"[\w.\-:\[\]%]+")
LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Doors:
    """Names that are answered (`*.team.example` for all below one, `*` for all), and whether any bare address is.

    A page reached by a bare address cannot be another site's: only names can be bound anew.
    """

    names: tuple[str, ...]
    addresses: bool = False

    def admit(self, header: str | None) -> bool:
        """Whether a request with this `Host` is answered."""
        host = host_of(header)
        if host is None:
            return False
        return (self.addresses and _address(host) is not None) or any(_fits(host, name) for name in self.names)


def doors(address: str | None, named: Sequence[str] = (), others: Sequence[str] = (), own: str = "") -> Doors:
    """What is answered at the address listened on, "" and None for every one of this machine's.

    `named`: by whoever runs the server, and then nothing else. `others`: names of this server known from elsewhere,
    `own`: of its machine; neither is asked for a loopback address that nobody else reaches.
    """
    if named:
        return Doors(tuple(one.strip().lower().rstrip(".") for one in named if one.strip()))
    known = tuple(host for one in others if (host := host_of(one)))
    if loopback(address):
        return Doors(tuple(dict.fromkeys((*LOOPBACK, (address or "").lower(), *known))))
    everywhere = not address or address in ("0.0.0.0", "::")
    listed = (*LOOPBACK, *known, own.lower()) if everywhere else (str(address).lower(), *known, own.lower())
    return Doors(tuple(dict.fromkeys(one for one in listed if one)), addresses=everywhere)


def loopback(host: str | None) -> bool:
    """Whether only this machine reaches it."""
    if not host:
        return False
    found = _address(host.strip("[]"))
    return host.lower().rstrip(".") == "localhost" if found is None else found.is_loopback


def host_of(header: str | None) -> str | None:
    """The host of a `Host` header or of what follows `//` in an address, in small letters; None for no such thing."""
    if not header or not _WRITTEN.fullmatch(header):
        return None
    try:
        parts = urlsplit(f"//{header}")
        _ = parts.port
    except ValueError:
        return None
    return (parts.hostname or "").rstrip(".") or None


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _fits(host: str, name: str) -> bool:
    return name in ("*", host) or (name.startswith("*.") and host.endswith(name[1:]))
