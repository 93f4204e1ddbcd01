"""The root documents of this hall: asked for, installed, followed. The root key itself is made and kept elsewhere.

The ceremony is ``certificates.ceremony``, on a machine without a network. What
goes there is ``request``: public keys. What comes back is a root document.
"""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from pathlib import Path
from typing import Any

from certificates.cbor import Refused
from certificates.keys import point
from certificates.root import Root, first, followed
from hall.authority import CERTIFYING, Keys, write


class NotInstalled(ValueError):
    """A root document that this hall cannot take. The text says why."""


def request(host: str, keys: Keys) -> dict[str, Any]:
    """What the ceremony needs of the hall: its host and public keys, x and y in base64. Raises ``ValueError``."""
    if host.endswith(":0"):
        raise ValueError("the hall has no fixed address yet: set port or address")
    return {"host": host, "keys": {kind: b64encode(point(_public(keys, kind))).decode() for kind in CERTIFYING}}


def install(folder: Path, host: str, keys: Keys, data: bytes) -> Root:
    """Keep ``data`` as the next root, if it is the one. Raises ``NotInstalled``."""
    present = installed(folder)
    try:
        if present and data == present[-1].data:
            return present[-1]
        root = followed(present[-1], data) if present else first(data, host)
    except Refused as error:
        raise NotInstalled(f"not the root after version {len(present)}: {error or type(error).__name__}") from None
    if not present and root.version != 1:
        raise NotInstalled("the first root has version 1")
    if root.host != host:
        raise NotInstalled(f"a root for {root.host}, and this is {host}")
    for kind in CERTIFYING:
        if point(root.keys[kind]) != point(_public(keys, kind)):
            raise NotInstalled(f"the root names another key for {kind}")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    write(folder / f"{root.version}.cbor", data)
    return root


def installed(folder: Path) -> list[Root]:
    """Every root document, each following the one before. Raises ``Refused`` for a file that does not."""
    return list(_chain(tuple((folder / f"{number}.cbor").read_bytes() for number in range(1, newest(folder) + 1))))


@lru_cache(maxsize=4)
def _chain(documents: tuple[bytes, ...]) -> tuple[Root, ...]:
    """The signatures of a chain are checked once, however often it is asked for."""
    roots: list[Root] = []
    for data in documents:
        roots.append(followed(roots[-1], data) if roots else first(data))
    return tuple(roots)


def newest(folder: Path) -> int:
    """The version of the newest root; 0 where none is installed."""
    version = 0
    while (folder / f"{version + 1}.cbor").exists():
        version += 1
    return version


def document(folder: Path, version: int) -> bytes | None:
    """The root document of this version, as it was installed."""
    path = folder / f"{version}.cbor"
    return path.read_bytes() if path.exists() else None


def current(folder: Path, host: str, keys: Keys, now: int) -> Root | None:
    """The newest root, where it is this hall's and still certifies something at ``now``, seconds since 1970."""
    present = installed(folder)
    if not present or present[-1].host != host or present[-1].expired(now):
        return None
    same = all(point(present[-1].keys[kind]) == point(_public(keys, kind)) for kind in CERTIFYING)
    return present[-1] if same else None


def _public(keys: Keys, kind: str) -> Any:
    return getattr(keys, kind).public()
