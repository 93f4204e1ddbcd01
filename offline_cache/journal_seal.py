"""The seal under a day of the journal: the kiosk's signature over all lines so far, and the store's note of it.

The hash of the newest line stands for all before it, so one signature covers them. It is made with the kiosk's own
key, which nobody can take along from a TPM. The store keeps which line was sealed last: an end that is cut off does
not fit it.
"""

from __future__ import annotations

import base64
import re
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from offline_cache.enrolment import Enrolment
from offline_cache.envelope import canonical
from offline_cache.facts import fact, put_fact
from offline_cache.journal_lines import Value, check
from offline_cache.kiosk_key import KioskKey
from offline_cache.store import Store, StoreError

_KIND: Final = b"keting-journal-day\0"
_FACT: Final = "journal sealed"
_KEPT: Final = re.compile(rb"([1-9][0-9]{0,8}) ([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Sealed:
    """A line that is a seal: how many lines there were with it since the first of all, and its own hash."""

    lines: int
    head: str


class Sealer:
    """What signs for a journal, and keeps in the store how far that is."""

    def __init__(self, store: Store, key: KioskKey, enrolment: Callable[[], Enrolment | None]) -> None:
        """Before it has a hall a kiosk seals too, under no name and epoch 0."""
        self._store, self._key, self._enrolment = store, key, enrolment

    def sign(self, day: str, lines: int, prev: str) -> dict[str, Value]:
        """What a seal says, to be written as line number ``lines`` behind the one with the hash ``prev``."""
        enrolment = self._enrolment()
        kiosk, epoch = (enrolment.kiosk, enrolment.epoch) if enrolment else ("", 0)
        signature = self._key.sign(_signed(kiosk, epoch, day, lines, prev))
        return {
            "kiosk": kiosk,
            "epoch": epoch,
            "day": day,
            "lines": lines,
            "signature": base64.b64encode(signature).decode(),
        }

    def keep(self, sealed: Sealed) -> None:
        """Note the newest seal, once it is safe on disk; a store that can't be written keeps the one before."""
        with suppress(StoreError), self._store.transaction() as database:
            put_fact(database, _FACT, f"{sealed.lines} {sealed.head}".encode())

    def kept(self) -> Sealed | None:
        """The newest that was kept. Raises ``StoreError``."""
        return _sealed(fact(self._store, _FACT))


def fits(said: Mapping[str, Any], lines: int, key: ec.EllipticCurvePublicKey) -> bool:
    """Whether a seal that was read as line number ``lines`` is the kiosk's."""
    match said:
        case {
            "event": str() as event,
            "prev": str() as prev,
            "kiosk": str() as kiosk,
            "epoch": int() as epoch,
            "day": str() as day,
            "lines": int() as counted,
            "signature": str() as signature,
        } if counted == lines:
            try:
                fields: dict[str, Value] = {
                    "kiosk": kiosk,
                    "epoch": epoch,
                    "day": day,
                    "lines": counted,
                    "signature": signature,
                }
                check(event, fields)
                data = _signed(kiosk, epoch, day, counted, prev)
                key.verify(base64.b64decode(signature, validate=True), data, ec.ECDSA(hashes.SHA256()))
            except (ValueError, InvalidSignature):
                return False
            return True
    return False


def newest_in(store: Path) -> Sealed | None:
    """What the store in this file keeps, whether a kiosk has it open or not; nothing is written.

    Raises ``sqlite3.Error`` where it can't be read. None where there is no store, or nothing was sealed.
    """
    if not store.exists():
        return None
    log = store.with_name(f"{store.name}-wal")
    at_rest = not log.exists() or log.stat().st_size == 0
    how = "mode=ro&immutable=1" if at_rest else "mode=ro"  # one that rests is read without files beside it
    with closing(sqlite3.connect(f"{store.resolve().as_uri()}?{how}", uri=True, timeout=5)) as database:
        row = database.execute("SELECT value FROM facts WHERE name = ?", (_FACT,)).fetchone()
    return _sealed(row[0]) if row else None


def _signed(kiosk: str, epoch: int, day: str, lines: int, prev: str) -> bytes:
    return _KIND + canonical([kiosk, epoch, day, lines, prev])


def _sealed(kept: object) -> Sealed | None:
    found = _KEPT.fullmatch(kept) if isinstance(kept, bytes) else None
    return Sealed(int(found[1]), found[2].decode()) if found else None
