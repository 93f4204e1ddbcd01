"""What lies beside the database: each certificate and the newest list, so that a restored one learns what it lost."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from certificates.cbor import Refused
from certificates.cose import PublicKey
from certificates.technicians import (
    CERTIFICATE_LIMIT,
    LIST_LIMIT,
    Certified,
    RevocationList,
    certified,
    revocation_list,
)
from hall.authority import write
from hall.settings import Settings

_LIST: Final = "revoked.crl"


@dataclass(frozen=True, slots=True)
class Beside:
    """What a kiosk would believe of it."""

    certificates: tuple[Certified, ...]
    revocations: RevocationList


def keep(settings: Settings, serial: bytes, certificate: bytes) -> None:
    """Before the transaction ends: one that nobody was ever given does no harm. Raises ``OSError``."""
    _put(settings, f"{serial.hex()}.der", certificate)


def keep_list(settings: Settings, crl: bytes) -> None:
    """As ``keep``, in the place of the list before."""
    _put(settings, _LIST, crl)


def kept(settings: Settings, key: PublicKey) -> Beside | None:
    """What lies here, by the hall's technicians ``key``; None where there is no list.

    A certificate of another key or address is nothing that a kiosk would take.
    Raises ``Refused`` for a list that is damaged or not of this hall, ``OSError``.
    """
    host, folder, certificates = settings.authority, settings.technicians, []
    if not (folder / _LIST).exists():
        return None
    for path in sorted(folder.glob("*.der")):
        with suppress(Refused):
            certificates.append(certified(_read(path, CERTIFICATE_LIMIT), key, host))
    return Beside(tuple(certificates), revocation_list(_read(folder / _LIST, LIST_LIMIT), key, host))


def _put(settings: Settings, name: str, data: bytes) -> None:
    settings.technicians.mkdir(mode=0o700, parents=True, exist_ok=True)
    write(settings.technicians / name, data)


def _read(path: Path, limit: int) -> bytes:
    with path.open("rb") as file:
        return file.read(limit + 1)
