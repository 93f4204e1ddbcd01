"""What the command goes by: the root it was given by hand, the lists it keeps, and the hall where it can be reached."""

from __future__ import annotations

import ssl
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Final

from certificates import holding
from certificates.cbor import Refused
from certificates.documents import TYPES
from certificates.lists import Lists
from certificates.root import Root, first
from certificates.shelf import FolderShelf
from offline_cache.errors import HallRefused, SyncError
from offline_cache.wire import Wire

LARGEST: Final = max(each.limit for each in TYPES.values())
"""Bytes of the largest document."""

PATIENCE_S: Final = 20.0
"""How long a command waits for another that fetches the lists to the same place."""

_ENTRY: Final = 65_536


class NoTrust(Exception):
    """There is no root to start from; the text says which file and what is wrong with it."""


def pinned(file: Path) -> Root:
    """The root in ``file``. Raises ``NoTrust``."""
    try:
        with file.open("rb") as opened:
            return first(opened.read(LARGEST + 1))
    except OSError as error:
        raise NoTrust(f"{file}: {error.strerror}") from None
    except Refused as error:
        raise NoTrust(f"{file}: not a root document ({error or type(error).__name__})") from None


class Hall:
    """The hall over HTTPS. ``ca`` is the file with the authorities it is known by; None: those of this system."""

    def __init__(self, host: str, ca: Path | None) -> None:
        self._host = host
        system = ssl.get_default_verify_paths()
        self._wire = Wire(ca or Path(system.cafile or system.capath or "/etc/ssl/certs"))

    def fetch(self, address: str) -> bytes | None:
        """The document at ``address``; None where there is none. Raises ``OSError``."""
        try:
            return self._got(address, LARGEST)
        except HallRefused as error:
            if error.status == 404:
                return None
            raise OSError(str(error)) from None

    def registered(self, address: str) -> bytes | None:
        """What the registry says at ``address``; None where it refuses. Raises ``OSError``."""
        try:
            return self._got(address, _ENTRY)
        except HallRefused:
            return None

    def close(self) -> None:
        self._wire.close()

    def _got(self, address: str, limit: int) -> bytes:
        try:
            return self._wire.exchange(self._wire.prepare("GET", f"https://{self._host}{address}", {}, None), limit)
        except HallRefused:
            raise
        except SyncError as error:
            raise OSError(f"{type(error).__name__}: {error}") from None


class Passing:
    """A shelf that is gone with the command."""

    def __init__(self) -> None:
        self._documents: dict[str, bytes] = {}

    def get(self, name: str) -> bytes | None:
        return self._documents.get(name)

    def put(self, items: Mapping[str, bytes], drop: Collection[str]) -> None:
        self._documents = {name: data for name, data in self._documents.items() if name not in drop} | dict(items)


def served(folder: Path, root: Root, now: int) -> Lists:
    """The lists in a folder that looks like ``/lists/`` at the hall. Raises ``OSError``, ``Refused``."""

    def fetch(address: str) -> bytes | None:
        try:
            with (folder / address.removeprefix("/lists/")).open("rb") as file:
                return file.read(LARGEST + 1)
        except FileNotFoundError:
            return None

    return holding.refresh(Passing(), root, fetch, now)


def kept(folder: Path, root: Root) -> Lists | None:
    """The lists that were fetched before."""
    return holding.load(FolderShelf(folder), root)


def refreshed(folder: Path, root: Root, fetch: holding.Fetch, now: int) -> Lists:
    """The hall's lists of today, kept for the next time. Raises ``OSError``, ``Refused``.

    One command after the other, for a slow one would put its older lists over
    another's newer ones. ``Busy`` where the one before takes more than ``PATIENCE_S``.
    """
    shelf = FolderShelf(folder)
    with shelf.alone(PATIENCE_S):
        return holding.refresh(shelf, root, fetch, now)
