"""No visit is longer than 8 screens, from the waiting screen to the paper, for any service and any certificate.

For a ticket counted is every screen that a person sees, the waiting screen and the reading of a card among them. For
a certificate counted is every screen that waits for the person, the waiting screen among them; the reading of the card
and the printing pass by themselves. The last screen counts once: that the card is gone changes what it says and asks
nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Any

import pytest

from certificates.template import Paper
from devices.holder import Document, Proof
from hall.catalogue import load
from kiosk.assurance import Level
from kiosk.attract import attract
from kiosk.catalogue import Catalogue, Service, checked
from kiosk.day_sheet import MARK, Booking, DaySheet
from kiosk.flows import FLOWS
from kiosk.visitor import Visitor
from offline_cache.clock import HALL_ZONE
from screens.pages import (
    CARD_TAKEN,
    Attract,
    Bind,
    Chosen,
    Confirmed,
    Fill,
    Home,
    LayAgain,
    Menu,
    Notice,
    Notify,
    Page,
    Preview,
    Printing,
    Reading,
    Review,
    ScanCode,
    Services,
    TakePaper,
    TakeTicket,
    TypeCode,
    TypeNumber,
)
from screens.words import Words
from tests.kiosk.authority import TEMPLATES, Bureau, id_card
from tests.kiosk.far_people import hall_for
from tests.kiosk.office import Office, person
from tests.kiosk.play import Turn, play

MOST = 8
CATALOGUE: Catalogue = checked(load().bundle() | {"version": 1})
CODE = MARK + b"QZ7R4M2K6W3T5Y8P"
HOLDER = replace(person(1), document=Document.RESIDENT_ID, proof=Proof.GENUINE)
PASSPORT = replace(HOLDER, document=Document.PASSPORT, number="X00000019", state="UTO")
LINES = b"X000000193UTO5001013M4001016<<<<<<<<<<<<<<02"
"""The lower machine-readable line of ``PASSPORT``."""
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=HALL_ZONE)
TAKE: tuple[Turn, ...] = ((Review, Confirmed()), (TakeTicket, None))
TAKE_WITH_CARD: tuple[Turn, ...] = ((Review, Confirmed()), (TakeTicket, CARD_TAKEN), (TakeTicket, None))
TAKE_FIRST: tuple[Turn, ...] = (TAKE_WITH_CARD[0], (Notify, Confirmed()), *TAKE_WITH_CARD[1:])
TOLD: Turn = (Notice, None)


def choose(service: Service) -> Turn:
    return (Services, Chosen((service.id,)))


WAYS: dict[str, tuple[str, Callable[[Service], tuple[Turn, ...]]]] = {
    "card": ("card", lambda s: (TOLD, (Home, "services"), choose(s), *TAKE_WITH_CARD)),
    "card, booked": ("card", lambda s: (TOLD, (Home, "booked"), *TAKE_WITH_CARD)),
    "card, booking scanned": ("card", lambda s: (TOLD, (Home, "scan"), (ScanCode, CODE), *TAKE_WITH_CARD)),
    "card, the first time": ("card", lambda s: ((Home, "services"), choose(s), *TAKE_FIRST)),
    "passport, lines scanned": (
        "passport",
        lambda s: ((TypeCode, LINES), (LayAgain, PASSPORT), (Home, "services"), choose(s), *TAKE_WITH_CARD),
    ),
    "typed": ("no-card", lambda s: ((Menu, "typed"), (TypeNumber, HOLDER.number), choose(s), *TAKE)),
    "nameless": ("no-card", lambda s: ((Menu, "none"), choose(s), *TAKE)),
    "booking": ("booking", lambda s: ((ScanCode, CODE), *TAKE)),
}
"""Every straight way to a slip: the flow it is of, and what is answered for one service. A card holder whom the hall
knows is told something by it first, one whom it does not know reads the notice: the longest a visit can be made
without an own detour. Typing a passport's lines is one: two questions more than scanning them."""

PROVEN: dict[str, Visitor] = {"card": Visitor(HOLDER, watched=True), "passport": Visitor(PASSPORT, watched=True)}
"""Who stands there in the end; without a document whoever it is."""


def screens(office: Office, flow: str, visitor: Visitor, script: tuple[Turn, ...]) -> list[Page[Any]]:
    """All that is seen, one entry for a screen."""
    before: list[Page[Any]] = [attract(office.machine, NOON)]
    if flow == "card":
        before.append(Reading())
    shown = [*before, *play(FLOWS[flow](office.desk(), visitor), *script)]
    return [next(pages) for _, pages in groupby(shown, key=type)]


@pytest.fixture
def open_office(office: Office) -> Office:
    """The shipped catalogue, every window open."""
    hours = CATALOGUE.hours.model_copy(update={"open": [(day, "00:00", "24:00") for day in range(7)]})
    office.machine = replace(
        office.machine, catalogue=CATALOGUE.model_copy(update={"hours": hours}), printer=office.status()
    )
    return office


def test_every_flow_is_counted() -> None:
    assert {flow for flow, _ in WAYS.values()} == set(FLOWS) - {"verify"}  # which leads to no slip


@pytest.mark.parametrize("way", WAYS)
def test_every_service_is_eight_screens_away_at_most(open_office: Office, way: str) -> None:
    flow, script = WAYS[way]
    visitor = Visitor(HOLDER, watched=True) if flow == "card" else Visitor(watched=flow == "passport")
    stands = PROVEN.get(flow, Visitor(typed=HOLDER.number) if way == "typed" else Visitor())
    assert len(CATALOGUE.services) == 99
    taken = [service for service in CATALOGUE.services if stands.may(service.level)]
    assert len(taken) >= 83
    open_office.asks = "first" in way
    open_office.machine = replace(open_office.machine, online=not open_office.asks)  # whom nobody can look up is asked
    for at, service in enumerate(taken):
        of = DaySheet(day="2026-11-20", version=1, key=at.to_bytes(32, "big"), bookings=[])
        booked = Booking(
            code=hashlib.sha256(CODE.removeprefix(MARK)).digest(),
            person=of.person(HOLDER.number),
            matters=[service.id],
            queue=service.queue,
            start="11:30",
            end="12:30",
        )
        open_office.used.clear()
        open_office.sheet = of.model_copy(update={"bookings": [booked]})
        open_office.told = {} if open_office.asks else {of.person(HOLDER.number): Words("一句话", "A word")}
        seen = screens(open_office, flow, visitor, script(service))
        assert len(seen) <= MOST, [type(page).__name__ for page in seen]
        assert isinstance(seen[-1], TakeTicket)
    assert open_office.counts().printed == len(taken)
    assert len(open_office.paper.papers()) == len(taken)


def test_what_needs_the_bound_phone_too_is_eight_screens_away(open_office: Office) -> None:
    """The strongest service: an ID card, and the code that its holder's phone scans."""
    (service, *_) = (each for each in CATALOGUE.services if each.level is Level.STRONG)
    script = ((Home, "services"), choose(service), (Bind, "4821"), *TAKE_WITH_CARD)
    with hall_for(open_office):
        seen = screens(open_office, "card", Visitor(HOLDER, watched=True), script)
    assert len(seen) <= MOST
    assert isinstance(seen[-1], TakeTicket)


@pytest.mark.parametrize(
    ("kind", "sort"), [(kind, sort) for kind, each in TEMPLATES.items() for sort in each.issue.papers]
)
def test_every_certificate_is_eight_screens_away_at_most(bureau: Bureau, kind: str, sort: Paper) -> None:
    template = TEMPLATES[kind]
    questions = [
        (Menu, str(min(field.choices))) if field.choices else (Fill, "2019-03-05")
        for field in template.fields
        if field.ask is not None
    ]
    choice = [(Menu, sort.value)] if len(template.issue.papers) > 1 else []
    last = ((Preview, Confirmed()), (TakePaper, CARD_TAKEN), (TakePaper, None))
    script = ((Home, "certificates"), (Menu, kind), *questions, *choice, *last)
    shown = play(FLOWS["card"](bureau.desk(), Visitor(id_card(), watched=True)), *script)
    asked = [type(page) for page in shown if not isinstance(page, Printing)]
    assert asked[-2:] == [TakePaper, TakePaper]
    assert len([Attract, *asked[:-1]]) <= MOST
    assert bureau.balance().printed == 1
