"""The keys by which this kiosk signs certificates: made here, listed by the hall, used only once they are listed.

A key signs for about 30 days. It stays for a while after, for a reprint is
signed by the key of its original. A TPM or a token takes the place of these
files behind ``certificates.keys.SigningKey``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from certificates.cose import PublicKey
from certificates.keys import FileKey, SigningKey, point
from certificates.lists import Lists
from offline_cache.hall_client import HallClient

RENEWED_BEFORE: Final = 7 * 86_400
"""Seconds before a key's end at which the next one is asked for."""

KEPT_AFTER: Final = 8 * 86_400
"""Seconds after its end for which a key stays here: longer than any reprint is possible."""

_PROOF: Final = b"keting-certificate-key\0"


@dataclass(frozen=True, slots=True)
class Signer:
    """A key that is listed, and how it is named. ``exp``: seconds since 1970."""

    kid: bytes
    exp: int
    key: SigningKey = field(repr=False)


class PaperKeys:
    """Lives in one folder. Used from the sender's thread and from visits; files change on the former only."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder
        self._known: dict[bytes, FileKey] = {}
        for path in folder.glob("????????.pem"):
            if key := _loaded(path):
                self._known[bytes.fromhex(path.stem)] = key

    def signer(self, lists: Lists | None, now: int) -> Signer | None:
        """The listed key that lasts longest and is good now."""
        good = [signer for signer in self._listed(lists) if signer[1] <= now < signer[0].exp]
        return max((signer for signer, _ in good), key=lambda signer: signer.exp, default=None)

    def of(self, kid: bytes) -> SigningKey | None:
        """The key of an earlier signature, as long as it is here."""
        return self._known.get(kid)

    def tend(self, client: HallClient, kiosk: str, epoch: int, lists: Lists | None, now: int) -> None:
        """Ask for a key where one is wanted, and forget old ones. Raises ``SyncError``, ``OSError``."""
        listed = self._listed(lists)
        for signer, _ in listed:
            if signer.exp + KEPT_AFTER < now:
                del self._known[signer.kid]
                self._path(signer.kid.hex()).unlink(missing_ok=True)
        lasting = any(signer.exp - now > RENEWED_BEFORE for signer, _ in listed)
        waiting = len(self._known) > len(listed)
        if not lasting and not waiting:
            self._ask(client, kiosk, epoch)

    def _ask(self, client: HallClient, kiosk: str, epoch: int) -> None:
        asked = self._path("asked")
        key = _loaded(asked)
        if key is None:
            key = FileKey.fresh()
            key.save(asked)
        public = point(key.public())
        r, s = key.sign(_PROOF + kiosk.encode() + b"\0" + str(epoch).encode() + public)
        given = client.certificate_key(public, r.to_bytes(32) + s.to_bytes(32))
        asked.replace(self._path(given.kid.hex()))
        self._known[given.kid] = key

    def _listed(self, lists: Lists | None) -> list[tuple[Signer, int]]:
        """Our keys that the lists name, with the time from which each is good."""
        found = []
        for kid, key in self._known.items() if lists else ():
            entry = lists.key(kid) if lists else None
            if entry and _same(entry.key, key.public()):
                found.append((Signer(kid, entry.exp, key), entry.nbf))
        return found

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.pem"


def _loaded(path: Path) -> FileKey | None:
    """None for what is not there, or no key that is ours alone."""
    try:
        return FileKey.load(path)
    except (ValueError, OSError):
        return None


def _same(one: PublicKey, other: PublicKey) -> bool:
    return point(one) == point(other)
