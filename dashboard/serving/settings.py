"""How the server is reached, as its environment says.

| variable | |
|---|---|
| `DRIVE_ALLOWED_HOSTS` | names that people call it by, separated by commas (`drive.example.org`) |
| `DRIVE_BASE_PATH` | the path it lives under behind a proxy (`/drive`); none by default |
| `DRIVE_METRICS_FROM` | addresses or networks that may read `/metrics`; this computer by default |
| `FORWARDED_ALLOW_IPS` | proxies whose word on the caller is believed; this computer by default |
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

ALLOWED_HOSTS = "DRIVE_ALLOWED_HOSTS"
BASE_PATH = "DRIVE_BASE_PATH"
METRICS_FROM = "DRIVE_METRICS_FROM"

THIS_COMPUTER = ("localhost", "127.0.0.1", "::1")

_HOST = re.compile(r"(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?|[0-9a-f:]*:[0-9a-f:.]*")
_PATH = re.compile(r"(/[A-Za-z0-9_-]+)*")

Network = IPv4Network | IPv6Network


class ServingNotUsable(Exception):
    """The server cannot be started as its environment says; the message says why."""


@dataclass(frozen=True)
class Serving:
    """How the server is reached.

    `hosts`: the names it answers to, `*.example.org` for all below one.
    `base`: "" or "/path". `metrics_from`: who may read the metrics.
    """

    hosts: tuple[str, ...] = THIS_COMPUTER
    base: str = ""
    metrics_from: tuple[Network, ...] = (ip_network("127.0.0.0/8"), ip_network("::1"))

    def answers_to(self, host: str) -> bool:
        """Whether it is called by one of its names; a port after the name is no matter."""
        name = host.lower().rpartition(":")[0] if re.search(r":\d+$", host) else host.lower()
        name = name.strip("[]").rstrip(".")
        return any(name == each or _below(name, each) for each in self.hosts)

    def may_read_metrics(self, address: str) -> bool:
        try:
            asking = ip_address(address)
        except ValueError:
            return False
        return any(asking in network for network in self.metrics_from)


def _below(name: str, pattern: str) -> bool:
    return pattern.startswith("*.") and name.endswith(pattern[1:])


def serving(host: str, environ: Mapping[str, str] = os.environ) -> Serving:
    """What the environment says for a server that listens at `host`.

    Raises ServingNotUsable, in words. A server that others can reach must know its own names:
    otherwise a page elsewhere could have a browser read it under a name of that page's choosing.
    """
    hosts = tuple(name.lower().rstrip(".") for name in _listed(environ.get(ALLOWED_HOSTS, "")))
    for name in hosts:
        if not _HOST.fullmatch(name):
            raise ServingNotUsable(
                f"{ALLOWED_HOSTS} names '{name}', which is no name of a computer. "
                "It looks like drive.example.org, or several of them with commas between."
            )
    if not hosts and host not in THIS_COMPUTER and not host.startswith("127."):
        raise ServingNotUsable(
            f"To listen on {host}, say by which names people will call the dashboard: "
            f"{ALLOWED_HOSTS}=drive.example.org. Calls under other names are refused."
        )
    networks = _networks(environ.get(METRICS_FROM, ""))
    return Serving((*THIS_COMPUTER, *hosts), base_path(environ), networks)


def base_path(environ: Mapping[str, str] = os.environ) -> str:
    """The path that the dashboard lives under, "" at the top. Raises ServingNotUsable."""
    base = environ.get(BASE_PATH, "").rstrip("/")
    base = f"/{base}" if base and not base.startswith("/") else base
    if not _PATH.fullmatch(base):
        raise ServingNotUsable(f"{BASE_PATH} is '{base}', which is no path. It looks like /drive.")
    return base


def _networks(text: str) -> tuple[Network, ...]:
    networks = []
    for each in _listed(text):
        try:
            networks.append(ip_network(each, strict=False))
        except ValueError:
            raise ServingNotUsable(
                f"{METRICS_FROM} names '{each}', which is no address or network. "
                "It looks like 10.0.0.5 or 10.0.0.0/24."
            ) from None
    return (*Serving.metrics_from, *networks)


def _listed(text: str) -> list[str]:
    return [each.strip() for each in text.split(",") if each.strip()]
