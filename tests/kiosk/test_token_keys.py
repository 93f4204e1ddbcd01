"""A kiosk whose keys live in a token, at a real hall: they are made, listed, used, missed and found again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import psutil
import pytest

from certificates import code
from certificates.extremes import usual
from certificates.keys import from_point, point
from certificates.lists import Lists, make_entry
from certificates.root import first
from certificates.verdict import Result
from devices.printer.sim import ThermalPrinter
from kiosk import drivers, settings
from kiosk.paper_key import KEPT_AFTER, PaperKeys
from kiosk.papers import Authority, Papers
from offline_cache.board import CertificateKey
from offline_cache.cache import Cache
from offline_cache.certificates import Spent
from offline_cache.hall_client import HallClient
from offline_cache.sync import Sender
from offline_cache.view import Pace, Report
from tests.certificates.hall_stand import DAY, T0
from tests.certificates.hall_stand import Hall as Publisher
from tests.certificates.soft_token import LABEL, MODULE, SoftToken, soft_token
from tests.kiosk.authority import id_card
from tests.kiosk.test_app import settings as fitted
from tests.stand.hall import RunningHall
from tests.stand.kiosk import KioskProcess, until


@pytest.fixture
def token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SoftToken:
    return soft_token(tmp_path / "token", monkeypatch)


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHall]:
    with RunningHall(tmp_path_factory.mktemp("hall")) as running:
        yield running


def chosen(token: SoftToken, root: Path) -> settings.Certificates:
    """What kiosk.toml says of certificates."""
    keys = {"driver": "pkcs11", "module": str(MODULE), "token": LABEL, "pin_file": str(token.pin_file)}
    return settings.Certificates.model_validate({"root": str(root), "keys": keys})


@dataclass
class Kiosk:
    """An enrolled kiosk's papers with their sender; ``told`` is the last that was said of its authority."""

    folder: Path
    token: SoftToken
    hall: RunningHall
    told: Authority = field(default_factory=Authority)
    notes: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.cache = Cache(self.folder)
        self.cache.enrol(self.hall.code(), self.hall.url)
        keys = drivers.keys(chosen(self.token, self.hall.root), self.folder / "certificate-keys")
        root = first(self.hall.root.read_bytes(), self.hall.host)
        self.papers = Papers(self.cache, PaperKeys(keys), root, self._note)
        self.papers.tell = self._tell
        self._changed = threading.Condition()
        pace = Pace(heartbeat=0.2, jitter=0.0, first=0.1, longest=0.5)
        self.sender = Sender(self.cache, lambda: Report("0.1.0"), lambda _: None, pace, chore=self.papers.tend)
        self.sender.start()

    def _note(self, event: str, **fields: Any) -> None:
        self.notes.append((event, fields))

    def _tell(self, news: dict[str, Any]) -> None:
        with self._changed:
            self.told = news["authority"]
            self._changed.notify_all()

    def wait(self, true: Callable[[Authority], object]) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: true(self.told), 20), (self.told, self.notes)

    def ready(self) -> Kiosk:
        self.wait(lambda told: told.signs_until and told.indices)
        return self

    def sign(self) -> str:
        """The code of a new certificate."""
        template = next(each for each in self.told.templates if each.kind == "social-insurance")
        signed = self.papers.signed(template, id_card(), next(usual(template)).fields, 1)
        return code.text(signed.message, signed.id, self.papers.host)

    def close(self) -> None:
        self.sender.stop()
        self.papers.close()
        self.cache.close()


@pytest.fixture
def kiosk(tmp_path: Path, token: SoftToken, hall: RunningHall) -> Iterator[Kiosk]:
    made = Kiosk(tmp_path / "data", token, hall)
    yield made
    made.close()


def test_a_kiosk_s_key_is_made_in_the_token_and_listed_and_no_file_is_written(kiosk: Kiosk) -> None:
    kiosk.ready()
    enrolment = kiosk.cache.enrolment
    assert enrolment is not None
    ((kid, listed),) = kiosk.hall.rows("SELECT kid, point FROM certificate_key WHERE kiosk = ?", enrolment.kiosk)
    inside = kiosk.token.keys()
    inside.look()
    assert {name: point(key.public()) for name, key in inside.held().items()} == {kid.hex(): listed}
    inside.close()
    assert [
        path for path in kiosk.folder.rglob("*.pem") if "PRIVATE" in path.read_text() and "certificate" in str(path)
    ] == []
    assert not (kiosk.folder / "certificate-keys").exists()


def test_a_certificate_of_such_a_kiosk_is_valid(kiosk: Kiosk) -> None:
    scanned = kiosk.ready().sign()
    assert kiosk.papers.verdict(scanned, None).result is Result.VALID


def test_a_pulled_token_closes_the_service_and_the_journal_says_why_until_it_is_back(kiosk: Kiosk) -> None:
    kiosk.ready().sign()
    kiosk.token.pull()
    with pytest.raises(Spent):
        kiosk.sign()
    assert kiosk.told.signs_until == 0
    assert ("keys.gone", {"why": "token"}) in kiosk.notes
    kiosk.token.put_back()
    kiosk.wait(lambda told: told.signs_until)
    assert kiosk.notes[-1] == ("keys.back", {})
    assert kiosk.papers.verdict(kiosk.sign(), None).result is Result.VALID


def test_a_token_that_is_put_back_while_the_hall_is_away_is_found(kiosk: Kiosk) -> None:
    kiosk.ready()
    kiosk.sender.stop()
    kiosk.token.pull()
    kiosk.papers.look()
    assert kiosk.told.signs_until == 0
    kiosk.token.put_back()
    kiosk.papers.look()
    assert kiosk.papers.verdict(kiosk.sign(), None).result is Result.VALID


def test_a_pulled_token_never_makes_the_kiosk_ask_for_another_key(kiosk: Kiosk) -> None:
    before = _keys(kiosk.ready())
    kiosk.token.pull()
    kiosk.wait(lambda told: not told.signs_until)
    kiosk.token.put_back()
    kiosk.ready()
    assert _keys(kiosk) == before


def _keys(kiosk: Kiosk) -> list[tuple[Any, ...]]:
    return kiosk.hall.rows("SELECT kid FROM certificate_key ORDER BY kid")


class FarEnd:
    """Lists each key it is asked for under the next name."""

    def __init__(self) -> None:
        self.given: dict[bytes, bytes] = {}

    def certificate_key(self, key: bytes, proof: bytes) -> CertificateKey:
        kid = bytes.fromhex(f"170000{len(self.given):02x}")
        self.given[kid] = key
        return CertificateKey(kid, T0, T0 + 30 * DAY)


def test_a_key_whose_time_is_over_is_destroyed_in_the_token(token: SoftToken) -> None:
    keys = PaperKeys(token.keys())
    far, publisher = FarEnd(), Publisher()
    client = cast(HallClient, far)
    keys.tend(client, "K-0203", 1, None, T0)
    ((kid, old),) = far.given.items()
    entry = (publisher.host, kid, from_point(old), "K-0203", T0, T0 + 30 * DAY)
    publisher.entries[kid] = make_entry(*entry, publisher.keys["kiosks"])
    publisher.publish()
    lists = Lists.read(publisher.root, publisher.served)
    assert keys.signer(lists, T0) is not None
    keys.tend(client, "K-0203", 1, lists, T0 + 24 * DAY)
    assert len(far.given) == 2
    keys.tend(client, "K-0203", 1, lists, T0 + 30 * DAY + KEPT_AFTER)
    assert keys.of(kid) is not None
    keys.tend(client, "K-0203", 1, lists, T0 + 30 * DAY + KEPT_AFTER + 1)
    assert keys.of(kid) is None
    assert old not in token.everything()
    keys.close()


def test_the_whole_kiosk_with_a_token_in_its_settings(tmp_path: Path, token: SoftToken, hall: RunningHall) -> None:
    with ThermalPrinter() as printer:
        parts = fitted(
            tmp_path, printer.port, certificates=chosen(token, hall.root).model_dump(mode="json"), heartbeat=1.0
        )
        process = KioskProcess(tmp_path, parts, {})
        process.enrol(hall.code(), hall.url)
        before = len(hall.rows("SELECT kid FROM certificate_key"))
        try:
            process.start()
            until("a key", lambda: len(hall.rows("SELECT kid FROM certificate_key")) > before, 30)
            workers = psutil.Process(process.pid).children(recursive=True)
        finally:
            process.stop()
    _, alive = psutil.wait_procs(workers, timeout=5)
    assert alive == []
    inside = token.keys()
    inside.look()
    assert len(inside.held()) == 1
    inside.close()
    assert not (tmp_path / "data" / "certificate-keys").exists()
    log = (tmp_path / "kiosk.log").read_text("utf-8", "replace")
    assert "Traceback" not in log, log
