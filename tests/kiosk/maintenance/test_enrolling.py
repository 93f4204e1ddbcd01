"""Enrolling anew by a code that is scanned: only a code of a hall, only after a yes; then the kiosk starts anew."""

from __future__ import annotations

import pytest

from certificates.technicians import Role
from devices.scanner import Fault as ScanFault
from kiosk.maintenance import say
from kiosk.maintenance.faults import Fault
from kiosk.maintenance.flow import rounds
from kiosk.maintenance.roles import Deed
from kiosk.steps import Cancelled
from offline_cache.cache import Cache
from offline_cache.clock import FakeTicks
from offline_cache.envelope import Refused
from offline_cache.errors import HallRefused, Offline, WrongHall
from screens.pages import AskDeed, AwaitCode, FailureGuide, Findings, Open, Page, Sign, Upkeep
from tests.kiosk.maintenance.workshop import Workshop
from tests.kiosk.office import NOON
from tests.kiosk.play import Turn, play
from tests.offline_cache.far_hall import FarHall

CODE = "KT1-ABCDEFGHIJKLMNOPQRSTUVWXYZ-" + "2" * 52
URL = "https://hall.example:8443"
QR = f"{CODE} {URL}".encode()

OPENED: tuple[Turn, ...] = ((Upkeep, "hall"), (Findings, "enrol"))


def leaves(workshop: Workshop, *script: Turn) -> list[Page[object]]:
    """The pages of a visit that ended by itself."""
    shown: list[Page[object]] = []

    def seen(turn: Turn) -> Turn:
        kind, answer = turn

        def answered(page: Page[object]) -> object:
            shown.append(page)
            return answer

        return kind, answered

    with pytest.raises(Cancelled):
        play(rounds(workshop.opened()), *OPENED, *map(seen, script))
    return shown


def test_how_hall_clock_and_queue_stand_is_on_one_page(workshop: Workshop) -> None:
    workshop.hall = None
    shown = workshop.list((Upkeep, "hall"), (Findings, "code:K102"), (FailureGuide, "back"), (Findings, "back"))
    page = shown[1]
    assert isinstance(page, Findings)
    assert [(row.title.zh, row.code, row.sign) for row in page.rows] == [
        (say.HALL.zh, "K102", Sign.BAD),
        (say.CLOCK.zh, "", Sign.UNKNOWN),
        (say.OUTBOX.zh, "", Sign.OK),
        ("hall.example", "", None),
    ]


def test_a_scanned_code_is_asked_about_with_the_hall_s_name_and_then_a_start_is_due(workshop: Workshop) -> None:
    shown = leaves(workshop, (AwaitCode, QR), (AskDeed, "deed"))
    question = shown[1]
    assert isinstance(question, AskDeed)
    assert "hall.example:8443" in question.lead.zh
    assert question.grave
    assert workshop.enrolled_with == [(CODE, URL)]
    assert workshop.left == [Deed.RESTART]
    assert workshop.notes[-1] == ("maintenance.did", {"deed": "enrol", "by": "T-014"})


@pytest.mark.parametrize(
    "other",
    [
        b"https://hall.example/C/ABCDEFGHIJKLMNOP#1234",
        b"KETING-TEST-0000AAAA",
        CODE.encode(),
        f"{CODE} http://hall.example:8443".encode(),
        f"{CODE}  {URL}".encode(),
        f"{CODE} {URL}\n".encode(),
        f"{CODE} https://hall.example@evil.example:8443".encode(),
        f"{CODE} https://[::1".encode(),
        f"{CODE} {URL}/v1/other".encode(),
        f"{CODE} https://{'a' * 300}".encode(),
        "大厅".encode(),
        b"\xff\xfe\x00",
        ScanFault.TWO_CODES,
    ],
)
def test_what_is_no_enrolment_code_is_said_and_the_scanner_waits_on(workshop: Workshop, other: bytes) -> None:
    shown = workshop.list(*OPENED, (AwaitCode, other), (AwaitCode, "back"))
    again = shown[3]
    assert isinstance(again, AwaitCode)
    assert again.lead == say.ENROL_WRONG
    assert workshop.enrolled_with == []


def test_who_says_no_has_enrolled_nothing_and_nothing_is_started_anew(workshop: Workshop) -> None:
    workshop.list(*OPENED, (AwaitCode, QR), (AskDeed, "back"))
    assert (workshop.enrolled_with, workshop.left) == ([], [])


@pytest.mark.parametrize(
    ("refused", "code"),
    [
        (Offline("nobody there"), "N101"),
        (WrongHall("not the CA of the code"), "N103"),
        (HallRefused(403, "spent"), "N104"),
        (Refused("no enrolment code"), "N103"),
    ],
)
def test_a_refusal_says_its_code_and_the_kiosk_starts_anew_as_it_was(
    workshop: Workshop, refused: Exception, code: str
) -> None:
    workshop.enrolling = refused
    shown = leaves(workshop, (AwaitCode, QR), (AskDeed, "deed"), (Findings, "back"))
    said = shown[-1]
    assert isinstance(said, Findings)
    assert (said.title, said.rows[0].code) == (say.NOT_ENROLLED, code)
    assert workshop.left == [Deed.RESTART]  # nothing is sent any more until then
    assert not any(fields.get("deed") == "enrol" for _, fields in workshop.notes)


def test_a_hall_that_never_answers_is_given_up(workshop: Workshop) -> None:
    with pytest.raises(Cancelled):
        play(
            rounds(workshop.opened()),
            *OPENED,
            (AwaitCode, QR),
            (AskDeed, "deed"),
            (Findings, "back"),
            late=("_enrol",),
        )
    assert workshop.left == [Deed.RESTART]


@pytest.mark.parametrize("role", [Role.VENDOR, Role.SITE_MANAGER])
def test_only_a_technician_enrols(workshop: Workshop, role: Role) -> None:
    shown = workshop.list((Upkeep, "hall"), (Findings, "enrol"), (Findings, "back"), role=role)
    page, said = shown[1:3]
    assert isinstance(page, Findings)
    assert next(deed.open for deed in page.deeds if deed.key == "enrol") is Open.CLOSED
    assert isinstance(said, Findings)
    assert said.rows[0].code == Fault.NOT_ALLOWED


def test_what_the_hall_gave_out_is_what_is_scanned(workshop: Workshop, far: FarHall) -> None:
    """The bytes of a real code, and a hall that takes it."""
    fresh = Cache(workshop.enrolled.folder / "fresh", FakeTicks(NOON))
    code = far.code()
    leaves(workshop, (AwaitCode, f"{code} {far.url}".encode()), (AskDeed, "deed"))
    ((scanned, address),) = workshop.enrolled_with
    assert fresh.enrol(scanned, address).kiosk
    fresh.close()
