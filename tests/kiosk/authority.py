"""An office that may issue certificates: the real store, lists, keys and typesetting; the hall is the far end.

Slips are printed by the real driver on a real socket. The A4 printer is a
stand-in that keeps what it is given; the real one is tested where CUPS is.
"""

from __future__ import annotations

import shutil
from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from certificates import code
from certificates.claims import Claims
from certificates.cose import parsed
from certificates.form import Kind
from certificates.key_store import FileKeys
from certificates.library import load, newest
from certificates.template import Template
from devices import sheets
from devices.holder import Document, Holder
from devices.printer import Paper
from devices.printer.cables import NetworkCable
from devices.printer.escpos import EscPosPrinter
from devices.printer.profiles import WIDE
from devices.printer.sim import ThermalPrinter
from devices.sheets import Status
from kiosk.certificate_desk import CertificateDesk
from kiosk.certificate_tools import CertificateTools
from kiosk.desk import Desk
from kiosk.paper_key import PaperKeys
from kiosk.papers import Papers
from kiosk.typeset import Typeset
from offline_cache.cache import Cache
from offline_cache.certificates import Signed
from offline_cache.envelope import Event, decode, unseal
from offline_cache.tickets import Counts
from screens.words import Words
from tests.certificates.hall_stand import DAY, Hall
from tests.kiosk.far_end import FarEnd, Line
from tests.kiosk.office import NOON, Office, person

NOW: Final = NOON // 1000
HOST: Final = "hall.example:8443"
KID: Final = bytes.fromhex("17000001")
LISTED: Final = NOW - 3_600
INDICES: Final = (417_283, 5, 1_000_000, 31, 77, 12, 900_001, 2_024, 8, 64, 3, 99, *range(3_000, 3_060))
SHIPPED: Final = load()
TEMPLATES: Final = {each.kind: each for each in newest(SHIPPED)}

ADDRESS: Final = "测试市示范区样例街道1号2栋301室"


def id_card(serial: int = 1, name: str = "王小明", birth: str = "19510307", address: str = ADDRESS) -> Holder:
    """Nobody, with a resident ID card."""
    nobody = person(serial, name, birth)
    return replace(nobody, document=Document.RESIDENT_ID, address=address, expires=date(2040, 1, 1))


def record(kind: str, **changed: Any) -> dict[str, Any]:
    """What a department knows for a certificate of this kind."""
    values: dict[Kind, Any] = {
        Kind.TEXT: "某某单位",
        Kind.DATE: 40_000,
        Kind.MONTH: 1_500,
        Kind.INTEGER: 3,
        Kind.MONEY: 812_300,
    }
    fields = (each for each in TEMPLATES[kind].fields if each.source.startswith("record."))
    known = {each.source.removeprefix("record."): min(each.choices, default=values.get(each.kind)) for each in fields}
    return known | changed


class Sheets:
    """Keeps every page it is given as if it had come out, or fails once as it is told."""

    def __init__(self) -> None:
        self.papers: list[bytes] = []
        self.names: list[str] = []
        self.fails: Exception | None = None
        self.fault: sheets.Fault | None = None
        self.breaks = False
        self.looks = 0

    def status(self) -> Status:
        self.looks += 1
        if self.breaks:
            raise OSError("not what a driver may do")
        return Status(Paper.OK, self.fault)

    def print(self, pdf: bytes, name: str) -> None:
        if self.fails is not None:
            failed, self.fails = self.fails, None
            raise failed
        self.papers.append(pdf)
        self.names.append(name)

    def clear(self) -> bool:
        return True

    def close(self) -> None:
        """Nothing is open."""


@dataclass(frozen=True)
class Enrolled:
    """A kiosk that has a hall, and the key to what it seals for that hall."""

    folder: Path
    seal: X25519PrivateKey

    def copied(self, folder: Path) -> Enrolled:
        return Enrolled(shutil.copytree(self.folder, folder), self.seal)


class Bureau(Office):
    """A kiosk whose key is listed, and which has status indices."""

    sheets: Sheets

    def __init__(self, kiosk: Enrolled, paper: ThermalPrinter, templates: tuple[Template, ...] = SHIPPED) -> None:
        folder, self._seal = kiosk.folder, kiosk.seal
        self.hall = Hall(host=HOST, iat=LISTED, templates=templates)
        self.key = self.hall.kiosk_key(KID, nbf=NOW - DAY, exp=NOW + 29 * DAY)
        self.keys = folder / "certificate-keys"
        self.keys.mkdir(mode=0o700)
        self.key.save(self.keys / f"{KID.hex()}.pem")
        self.hall.publish()
        self.far = FarEnd({kind: record(kind) for kind in TEMPLATES})
        self.line = Line(self.far)
        self.sheets = Sheets()
        self.notes: list[tuple[str, dict[str, Any]]] = []
        self.failed: list[tuple[str, str]] = []
        super().__init__(folder, paper)
        fitted = frozenset({"card", "id-card", "scanner", "sheets"})
        self.machine = replace(self.machine, fitted=fitted, sheets=self.sheets.status())
        self.cache.certificates.add_indices(list(INDICES))
        self.publish()

    def _open(self) -> None:
        self.cache = Cache(self.folder, self.ticks)
        self.store = self.cache.store

    def _work(self) -> None:
        self.clock, self.outbox = self.cache.clock, self.cache.outbox
        assert self.cache.enrolment is not None
        self.hall_key = self.cache.enrolment.seal_key
        self.ledger, self.certificates = self.cache.ledger, self.cache.certificates
        self.extracts = self.cache.extracts
        self.printer = EscPosPrinter(NetworkCable("127.0.0.1", self.paper.port), replace(WIDE, refill_s=0.5), False)
        self.store_of_keys = FileKeys(self.keys)
        self.papers = Papers(self.cache, PaperKeys(self.store_of_keys), self.hall.pinned, self._note)
        self.papers.tell = self._told
        self.papers.recall()

    def publish(self) -> None:
        """The kiosk has what the hall publishes now."""
        self.cache.published.put(self.hall.served)
        self.papers.recall()

    def lose_keys(self) -> None:
        """No key is left to sign with."""
        for name in self.store_of_keys.held():
            self.store_of_keys.forget(name)

    def _note(self, event: str, **fields: Any) -> None:
        self.notes.append((event, fields))

    def _told(self, news: dict[str, Any]) -> None:
        self.machine = replace(self.machine, **news)

    def desk(self) -> Desk:
        language: Callable[[], str] = lambda: "zh-Hans"  # noqa: E731
        people = self.people()
        return Desk(self.tools(), self.machine, language, people, CertificateDesk(self._tools(), people, language))

    def _tools(self) -> CertificateTools:
        return CertificateTools(
            papers=self.papers,
            certificates=self.certificates,
            hall=self.line.errands,
            printer=self.printer,
            sheets=self.sheets,
            typeset=Typeset(
                Words("江畔区政务服务中心", "Jiangpan Hall"), Words("03 号机 K-0203", "Machine 03 K-0203"), "12345"
            ),
            now=self.now,
            wake=_nothing,
            trouble=self.troubles.append,
            person=lambda holder: self.sheet.person(holder.number) if self.sheet else None,
            machine=lambda: self.machine,
            failed=lambda error, fault: self.failed.append((type(error).__name__, fault.value)),
        )

    def balance(self) -> Counts:
        """The copies of certificates; recorded is always what is accounted for."""
        counts = self.certificates.counts()
        assert counts.balanced
        return counts

    def events(self, kind: str) -> list[Event]:
        """What is on its way to the hall."""
        return [event for event in map(decode, self.outbox.batch()) if event.kind == kind]

    def on_record(self) -> tuple[Claims, ...]:
        """What the hall will read of every copy, in the order in which they were recorded."""
        messages = (self.message_of(event) for event in map(decode, self.outbox.batch()) if event.sealed)
        return tuple(code.claims(parsed(message, code.LONGEST)) for message in messages)

    def code_of(self, signed: Signed) -> str:
        """The text of its QR code."""
        return code.text(signed.message, signed.id, HOST)

    def message_of(self, event: Event) -> bytes:
        """What was signed for a copy, as only the hall can read it."""
        assert event.sealed is not None
        return b64decode(unseal(event.sealed, event.body["id"], self._seal)["signed"])

    def close(self) -> None:
        self.line.hang_up()
        self.cache.close()


def _nothing() -> None:
    return None
