from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from devices.holder import Document, Holder
from devices.printer.sim import ThermalPrinter
from kiosk.visitor import Visitor
from offline_cache.cache import Cache
from offline_cache.clock import FakeTicks
from tests.kiosk.authority import Bureau, Enrolled
from tests.kiosk.duty import Duty, Start
from tests.kiosk.far_people import FarPeople, hall_for
from tests.kiosk.office import NOON, Office, person
from tests.kiosk.room import Room, room_for
from tests.offline_cache.far_hall import FarHall


@pytest.fixture
def paper() -> Iterator[ThermalPrinter]:
    with ThermalPrinter() as printer:
        yield printer


@pytest.fixture
def office(tmp_path: Path, paper: ThermalPrinter, qapp: object) -> Iterator[Office]:
    office = Office(tmp_path, paper)
    yield office
    office.store.close()


@pytest.fixture(scope="session")
def enrolled(tmp_path_factory: pytest.TempPathFactory) -> Enrolled:
    """A kiosk that came to its hall, to be copied."""
    far = FarHall(tmp_path_factory.mktemp("far-hall"))
    folder = tmp_path_factory.mktemp("enrolled")
    cache = Cache(folder, FakeTicks(NOON))
    cache.enrol(far.code(), far.url)
    cache.close()
    far.close()
    return Enrolled(folder, far.seal_key)


@pytest.fixture
def hall(office: Office) -> Iterator[FarPeople]:
    """The hall of ``office``, as far as it speaks of people."""
    with hall_for(office) as far:
        yield far


@pytest.fixture
def room(qtbot: QtBot) -> Iterator[Room]:
    with room_for(qtbot) as made:
        yield made


@pytest.fixture
def start(room: Room, office: Office) -> Iterator[Start]:
    begun: list[Duty] = []

    def begin(**changes: Any) -> Duty:
        begun.append(Duty(room, office, **changes))
        return begun[-1]

    yield begin
    for duty in begun:
        duty.close()


@pytest.fixture
def duty(start: Start) -> Duty:
    return start()


@pytest.fixture
def id_card() -> Holder:
    """Who came with the card of ``person(1, "王小明")``, by their other document."""
    holder = person(1, "王小明")
    return Holder(holder.name, holder.number, Document.RESIDENT_ID, birth=holder.birth)


@pytest.fixture
def holder() -> Visitor:
    return Visitor(person(1), watched=True)


@pytest.fixture
def bureau(tmp_path: Path, paper: ThermalPrinter, qapp: object, enrolled: Enrolled) -> Iterator[Bureau]:
    """An office that may issue every certificate that is shipped."""
    bureau = Bureau(enrolled.copied(tmp_path / "kiosk"), paper)
    yield bureau
    bureau.close()
