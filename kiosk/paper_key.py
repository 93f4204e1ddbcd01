"""The keys by which this kiosk signs certificates: made here, listed by the hall, used only once they are listed.

A key signs for about 30 days. It stays for a while after, for a reprint is
signed by the key of its original. In its store a key is called ``asked`` until
the hall has given it a name, and by that name in hexadecimal from then on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from certificates.cose import PublicKey
from certificates.key_store import FileKeys, KeyStore
from certificates.keys import SigningKey, point
from certificates.lists import Lists
from offline_cache.errors import HallRefused
from offline_cache.hall_client import HallClient

RENEWED_BEFORE: Final = 7 * 86_400
"""Seconds before a key's end at which the next one is asked for."""

KEPT_AFTER: Final = 8 * 86_400
"""Seconds after its end for which a key stays here: longer than any reprint is possible."""

_ASKED: Final = "asked"
_KID: Final = re.compile(r"[0-9a-f]{8}")
_PROOF: Final = b"keting-certificate-key\0"


@dataclass(frozen=True, slots=True)
class Signer:
    """A key that is listed, and how it is named. ``exp``: seconds since 1970."""

    kid: bytes
    exp: int
    key: SigningKey = field(repr=False)


class PaperKeys:
    """The life of a kiosk's keys. Used from the sender's thread and from visits; keys change on the former only."""

    def __init__(self, kept: KeyStore | Path) -> None:
        """``kept`` is where the keys are: a folder of files, or another store, which is empty until ``look``."""
        self._store = FileKeys(kept) if isinstance(kept, Path) else kept
        self._awaited = b""  # the key that the hall gave a name since the start, and may not have been seen listed

    def look(self) -> None:
        """Find the keys. May take seconds. Raises ``KeysGone``."""
        self._store.look()

    def close(self) -> None:
        self._store.close()

    def signer(self, lists: Lists | None, now: int) -> Signer | None:
        """The listed key that lasts longest and is good now; never one that was cut off."""
        good = [each for each in self._listed(lists) if each[1] <= now < each[0].exp and not _cut(each[0], lists)]
        return max((signer for signer, _ in good), key=lambda signer: signer.exp, default=None)

    def of(self, kid: bytes) -> SigningKey | None:
        """The key of an earlier signature, as long as it is here."""
        return self._known().get(kid)

    def tend(self, client: HallClient, kiosk: str, epoch: int, lists: Lists | None, now: int) -> None:
        """Ask for a key where one is wanted, and forget old ones. Raises ``SyncError``, ``KeysGone``.

        A key that the hall will not have (cut off between question and answer) makes room for another.
        """
        self._store.look()
        listed = self._listed(lists)
        for signer, _ in listed:
            if signer.exp + KEPT_AFTER < now:
                self._store.forget(signer.kid.hex())
        lasting = any(signer.exp - now > RENEWED_BEFORE and not _cut(signer, lists) for signer, _ in listed)
        if any(signer.kid == self._awaited for signer, _ in listed):
            self._awaited = b""
        if not lasting and not self._awaited:
            self._ask(client, kiosk, epoch)

    def _ask(self, client: HallClient, kiosk: str, epoch: int) -> None:
        key = self._store.held().get(_ASKED) or self._store.make(_ASKED)
        public = point(key.public())
        r, s = key.sign(_PROOF + kiosk.encode() + b"\0" + str(epoch).encode() + public)
        try:
            given = client.certificate_key(public, r.to_bytes(32) + s.to_bytes(32))
        except HallRefused as refused:
            if refused.word == "revoked":
                self._store.forget(_ASKED)
            raise
        self._store.rename(_ASKED, given.kid.hex())
        self._awaited = given.kid

    def _known(self) -> dict[bytes, SigningKey]:
        """The keys that have their name from the hall."""
        return {bytes.fromhex(name): key for name, key in self._store.held().items() if _KID.fullmatch(name)}

    def _listed(self, lists: Lists | None) -> list[tuple[Signer, int]]:
        """Our keys that the lists name, with the time from which each is good."""
        found = []
        for kid, key in self._known().items() if lists else ():
            entry = lists.key(kid) if lists else None
            if entry and _same(entry.key, key.public()):
                found.append((Signer(kid, entry.exp, key), entry.nbf))
        return found


def _cut(signer: Signer, lists: Lists | None) -> bool:
    return lists is not None and lists.cut(signer.kid) is not None


def _same(one: PublicKey, other: PublicKey) -> bool:
    return point(one) == point(other)
