"""How long the hall takes over accounts that two kiosks opened while neither saw the other."""

from __future__ import annotations

import shutil
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from sqlalchemy import func, select

from devices.citizen_number import check_digit
from hall import authority, intake
from hall.app import compose
from hall.effects import Terms
from hall.models import Kiosk
from hall.people.models import Account, AccountName
from hall.settings import Settings
from offline_cache.envelope import GENESIS, Event, link, seal

BATCH: Final = 500


def merge_provisional(n: int = 10_000) -> float:
    """Seconds in which ``n`` openings of ``n`` / 2 persons, from two kiosks, become ``n`` / 2 accounts.

    Signing, sealing and the network are not in it: what is timed is the intake, batch by batch, each durable.
    """
    folder = Path(tempfile.mkdtemp(prefix="keting-merge-"))
    try:
        settings = Settings(data=folder / "data")
        authority.create(settings.keys, settings.name, datetime.now(UTC))
        hall = compose(settings)
        with hall.store.writing() as session:
            session.add_all(Kiosk(id=f"K-020{number}", number=f"0{number}", key=b"") for number in (1, 2))
        chains = [_chain(f"K-020{number}", n // 2, hall.keys.seal.public_key()) for number in (1, 2)]
        terms, now = Terms.of(hall), hall.now()
        began = time.perf_counter()
        for start in range(0, n // 2, BATCH):
            for number, chain in enumerate(chains, start=1):
                with hall.store.writing() as session:
                    kiosk = session.get_one(Kiosk, f"K-020{number}")
                    intake.accept(session, kiosk, chain[start : start + BATCH], now, terms)
        took = time.perf_counter() - began
        with hall.store.reading() as session:
            accounts, names = (session.scalar(select(func.count()).select_from(t)) for t in (Account, AccountName))
        hall.store.close()
        assert (accounts, names) == (n // 2, 2 * (n // 2)), "not one account for each person"
        return took
    finally:
        shutil.rmtree(folder)


def _chain(kiosk: str, persons: int, key: X25519PublicKey) -> list[bytes]:
    raws: list[bytes] = []
    head = GENESIS
    for nth in range(persons):
        account = "".join("ABCDEFGHIJ"[int(digit)] for digit in f"{kiosk[-1]}{nth:015d}")
        first17 = f"990000{1930 + nth // 2500:04d}{nth % 2500 // 250 + 1:02d}{nth % 250 // 25 + 1:02d}{nth % 25:03d}"
        number = first17 + check_digit(first17)
        birth = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
        told = {"name": "王小明", "number": number, "document": "resident-id", "state": ""}
        sealed = seal(told | {"birth": birth, "expires": ""}, account, key)
        body = {
            "id": account,
            "person": None,
            "document": "resident-id",
            "level": "id-card",
            "notice": 1,
            "language": "zh",
        }
        raws.append(Event(kiosk, 1, nth + 1, head, 1_773_000_000_000 + nth, "account.opened", body, sealed).encode())
        head = link(raws[-1])
    return raws
