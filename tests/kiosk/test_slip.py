"""A slip is made from a record only, says what was known when it was recorded, and leads to its own page."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from devices.printer import Bitmap
from kiosk import slip
from kiosk.desk import Desk
from kiosk.line import Standing
from kiosk.slip import Kiosk
from kiosk.visitor import Visitor
from offline_cache.envelope import parse
from offline_cache.tickets import Recorded
from screens.pages import Wait
from tests.day.paper import codes
from tests.kiosk.office import Office

PLACE = Kiosk("K-0203", "03", "hall.example:8443")


@pytest.fixture
def desk(office: Office) -> Desk:
    office.machine = replace(office.machine, queues={"A": Standing(6, 18, office.now())})
    return office.desk()


def code_on(drawn: Bitmap) -> str:
    """What a phone reads."""
    bits = np.unpackbits(np.frombuffer(drawn.dots, np.uint8).reshape(drawn.height, -1), axis=1)[:, : drawn.width]
    (found,) = codes((1 - bits) * 255)
    return str(found.text)


def test_the_code_on_a_slip_leads_to_its_own_ticket(desk: Desk, holder: Visitor) -> None:
    recorded = desk.record(holder, ("pension",), None)
    for width in (576, 384):
        drawn = slip.draw(recorded, PLACE, width)
        assert drawn.width == width
        assert code_on(drawn) == f"HTTPS://HALL.EXAMPLE:8443/T/{recorded.id}"


def test_a_slip_says_the_hall_the_matters_the_window_and_the_rule(desk: Desk, holder: Visitor) -> None:
    said = parse(desk.record(holder, ("pension", "id-renew"), None).slip, 16_384)
    assert said == {
        "hall": ["江畔区政务服务中心", "Jiangpan Hall"],
        "matters": [["养老金领取", "pension"], ["身份证换领", "id renew"]],
        "window": ["二楼综合窗口 12–18", "Floor 2, windows 12–18"],
        "missed": ["过号请到导办台。", "Missed your call? Ask at the desk."],
        "hotline": "12345",
        "wait": [6, 18, None],
        "masked": "王*明",
        "at": "2026-11-20 12:00",
    }


def test_screen_and_slip_tell_the_same_line(desk: Desk, office: Office, holder: Visitor) -> None:
    assert slip.wait_said(desk.record(holder, ("pension",), None)) == Wait(6, 18)
    assert slip.wait_said(desk.record(holder, ("id-renew",), None)) is None  # nobody knows how that line stands
    office.machine = replace(office.machine, online=False)
    assert slip.wait_said(office.desk().record(holder, ("transfer",), None)) == Wait(7, 28, "12:00")


def test_a_reprint_says_what_the_original_said(desk: Desk, office: Office, holder: Visitor) -> None:
    first = desk.record(holder, ("pension",), None)
    office.ticks.advance(3_600)
    second = desk.copy(first.id)
    assert (second.slip, second.number, second.copy) == (first.slip, first.number, 2)
    assert slip.draw(second, PLACE, 576).height > slip.draw(first, PLACE, 576).height  # it says that it is one


def test_nobody_but_the_ledger_makes_what_a_slip_is_drawn_from() -> None:
    with pytest.raises(TypeError):
        Recorded("A" * 16, "2026-11-20", "A001", "A", ("pension",), 0, 1, "K0203-1-000001", b"")


def test_a_full_number_is_nowhere_on_a_slip(desk: Desk, holder: Visitor) -> None:
    assert holder.holder is not None
    recorded = desk.record(holder, ("pension",), None)
    assert holder.holder.number.encode() not in recorded.slip
    assert holder.holder.name.encode() not in recorded.slip
    typed = desk.record(Visitor(typed=holder.holder.number), ("pension",), None)
    assert holder.holder.number.encode() not in typed.slip
