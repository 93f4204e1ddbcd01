"""Signed documents the kiosk works by: the bundle (catalogue, hours, texts) and the day sheet.

The last good one stays until a newer one is checked and durable: never half
of one, never an older one again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from offline_cache.envelope import Refused, opened
from offline_cache.store import Store


class Kind(StrEnum):
    BUNDLE = "bundle"
    DAY = "day"


Check = Callable[[dict[str, Any]], object]
"""Looks at a payload before it is taken over; raises ``ValueError`` (or ``Refused``) to keep the one before."""


@dataclass(frozen=True, slots=True)
class Document:
    """``day`` is empty for a bundle. Day sheets are compared by day, then by version."""

    kind: Kind
    day: str
    version: int
    payload: Mapping[str, Any] = field(repr=False)


class Documents:
    def __init__(
        self, store: Store, key: ec.EllipticCurvePublicKey, checks: Mapping[Kind, Check] | None = None
    ) -> None:
        """``key`` is the hall's bundle key; ``checks`` say what more a payload must be."""
        self._store, self._key, self._checks = store, key, checks or {}

    def current(self, kind: Kind) -> Document | None:
        """The last good one, its signature checked again; None where there is none."""
        rows = self._store.rows("SELECT data FROM documents WHERE kind = ?", kind.value)
        try:
            return _read(kind, rows[0][0], self._key) if rows else None
        except Refused:
            return None

    def version(self, kind: Kind) -> tuple[str, int]:
        """Day and version of the last good one; ``("", -1)`` where there is none."""
        rows = self._store.rows("SELECT day, version FROM documents WHERE kind = ?", kind.value)
        return (rows[0][0], rows[0][1]) if rows else ("", -1)

    def day_key(self, day: str) -> bytes | None:
        """The key for ``person_of`` on ``day``; None where the kiosk has no sheet of that day."""
        sheet = self.current(Kind.DAY)
        return sheet.payload["key"] if sheet is not None and sheet.day == day else None

    def offer(self, kind: Kind, data: bytes) -> Document:
        """Take a document over if it is authentic, in order and newer. Raises ``Refused``, ``StoreError``."""
        document = _read(kind, data, self._key)
        known = self.version(kind)
        if (document.day, document.version) < known:
            raise Refused(f"{kind.value} version {document.version} is older than the one in use")
        check = self._checks.get(kind)
        if check is not None:
            try:
                check(dict(document.payload))
            except ValueError as error:
                raise Refused(f"{kind.value} {document.version}: {type(error).__name__}") from error
        if (document.day, document.version) > known:
            with self._store.transaction() as database:
                database.execute(
                    "INSERT OR REPLACE INTO documents (kind, day, version, data) VALUES (?, ?, ?, ?)",
                    (kind.value, document.day, document.version, data),
                )
        return document


def _read(kind: Kind, data: bytes, key: ec.EllipticCurvePublicKey) -> Document:
    payload = opened(kind.value, data, key)
    match kind, payload:
        case Kind.BUNDLE, {"version": int() as version} if version >= 0:
            return Document(kind, "", version, payload)
        case Kind.DAY, {"version": int() as version, "day": str() as day, "key": bytes() as secret} if (
            version >= 0 and len(secret) == 32 and len(day) == 10
        ):
            return Document(kind, day, version, payload)
    raise Refused(f"not a {kind.value} document")
