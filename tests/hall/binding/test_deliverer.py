"""Messages go out by themselves, in time, once; and what is over is forgotten though nobody asks for it."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import String, func, select

from hall.app import compose
from hall.binding import bindings, delivery
from hall.binding.deliverer import Deliverer
from hall.binding.delivery import TRIES, words
from hall.binding.messages import COUNTER
from hall.binding.models import Binding, BindTry, ChannelMessage
from hall.channels import ChannelDown, PhoneAccount
from hall.channels.sim import Phone, WeChatSide
from hall.models import Kiosk
from hall.tickets import Ticket
from hall.web.words import Tongue
from tests.hall.binding.stage import Stage
from tests.hall.oidc.office import citizen, person
from tests.stand.hall import RunningHall
from tests.stand.kiosk import until

SEND = "/cgi-bin/message/template/send"
TAKEN = 20
"""Characters that a field of the template holds."""


def waiting(stage: Stage) -> int:
    with stage.hall.store.reading() as session:
        return session.scalar(select(func.count()).select_from(ChannelMessage)) or 0


def column(table: type[Kiosk] | type[Ticket], name: str) -> int:
    """Characters of the longest value."""
    kind = getattr(table, name).type
    assert isinstance(kind, String)
    assert kind.length
    return kind.length


@pytest.mark.parametrize("tongue", list(Tongue))
@pytest.mark.parametrize("kind", ["bound", "rebound", "unbound", "proved", "called", "called-look"])
def test_every_message_fits_its_template_with_the_longest_numbers(kind: str, tongue: Tongue) -> None:
    longest = column(Ticket if kind.startswith("called") else Kiosk, "number")
    title, text = words(kind, tongue, datetime(2026, 12, 31, 23, 59), "9" * longest, "9" * COUNTER)
    assert "{" not in title + text
    assert max(len(title), len(text)) <= TAKEN, (title, text)


def test_no_request_waits_for_a_message_to_somebody_else(stage: Stage) -> None:
    visit, phone = stage.bound()
    stage.deliver()
    stage.wechat.side.asked.clear()
    assert visit.unbind()
    assert stage.wechat.side.asked == []
    assert phone.messages()[-1].title == "手机已解除绑定"


def test_a_line_that_is_down_is_asked_once_in_a_round_and_each_message_keeps_its_own_tries(stage: Stage) -> None:
    for _ in range(3):
        stage.bound()
    stage.wechat.side.said[SEND] = (503, b"")
    stage.wechat.side.asked.clear()
    assert [stage.deliver() for _ in range(4)] == [0] * 4
    assert stage.wechat.side.asked.count(SEND) == 3
    stage.wechat.side.said.clear()
    assert stage.deliver() == 0
    stage.clock.forward(minutes=1)
    assert stage.deliver() == 3


def test_a_message_is_given_up_after_thirty_hours_of_tries(stage: Stage) -> None:
    stage.bound()
    stage.wechat.side.said[SEND] = (503, b"")
    stage.wechat.side.asked.clear()
    began, last = stage.clock.time, stage.clock.time
    for _ in range(200):
        if stage.wechat.side.asked.count(SEND) < TRIES:
            last = stage.clock.time
        stage.deliver()
        stage.clock.forward(minutes=12)
    assert stage.wechat.side.asked.count(SEND) == TRIES
    assert 29 <= (last - began).total_seconds() / 3_600 <= 31
    assert waiting(stage) == 0


def test_two_who_deliver_at_once_send_a_message_once(stage: Stage) -> None:
    _, phone = stage.bound()
    stage.wechat.side.said[SEND] = (503, b"")  # the first is on its way, and has no answer yet
    stage.deliver()
    stage.wechat.side.said.clear()
    assert stage.deliver() == 0
    assert stage.wechat.messages(phone.openid) == []


def test_whoever_stops_the_deliverer_waits_for_no_further_message(stage: Stage) -> None:
    for _ in range(2):
        stage.bound()
    over = Event()

    class Slow:
        """A channel during whose first call the hall is stopped."""

        name = "wechat"
        calls = 0

        def deliver(self, openid: str, title: str, text: str, url: str) -> bool:
            self.calls += 1
            over.set()
            raise ChannelDown

    slow = Slow()
    delivery.send_due(stage.hall, {"wechat": slow}, over.is_set)  # type: ignore[dict-item]  # nothing else of it is asked
    assert slow.calls == 1
    stage.clock.forward(minutes=2)
    assert stage.deliver() == 2


def test_a_call_that_comes_late_is_no_news(stage: Stage) -> None:
    visit, phone = stage.bound()
    account = stage.bindings(visit.person)[0].account
    with stage.hall.store.writing() as session:
        bindings.call(session, account, "02-A017", "3", stage.hall.now())
    told = phone.messages()[-1]
    assert (told.title, told.text, told.url.partition("8443")[2]) == ("叫到 02-A017", "请到 3 号窗口", "/me")
    with stage.hall.store.writing() as session:
        bindings.call(session, account, "02-A018", "综合受理窗口", stage.hall.now())
    assert phone.messages()[-1].text == "请看大厅屏幕"
    stage.wechat.side.said[SEND] = (503, b"")
    with stage.hall.store.writing() as session:
        bindings.call(session, account, "02-A019", "3", stage.hall.now())
    stage.deliver()
    stage.wechat.side.said.clear()
    stage.clock.forward(minutes=11)
    assert phone.messages()[-1].title == "叫到 02-A018"
    assert waiting(stage) == 0


def test_a_phone_that_does_not_count_yet_is_told_of_no_call(stage: Stage) -> None:
    visit, old = stage.bound()
    _, new = stage.bound(visit.person, visit.terminal)
    with stage.hall.store.writing() as session:
        bindings.call(session, stage.bindings(visit.person)[0].account, "02-A017", "3", stage.hall.now())
    assert old.messages()[-1].title == "叫到 02-A017"
    assert new.messages()[-1].title == "手机已绑定"


def test_of_a_code_that_nobody_ended_no_phone_stays_when_its_time_is_over(stage: Stage) -> None:
    visit = stage.visit().begin()
    stage.phone(visit.person).open(visit.url)
    assert None not in (visit.row.openid, visit.row.consent)
    assert visit.row.shown == "江**步"
    stage.clock.forward(minutes=3)
    stage.deliver()
    row = visit.row
    assert (row.state, row.why, row.openid, row.shown, row.consent) == ("void", "expired", None, "", None)
    assert stage.refusals() == [f"{visit.terminal.id} bind expired"]
    stage.clock.forward(days=31)
    stage.deliver()
    with stage.hall.store.reading() as session:
        assert session.get(BindTry, visit.bind) is None


def test_of_a_phone_that_was_unbound_nothing_stays_after_thirty_days_though_nobody_binds(stage: Stage) -> None:
    visit, _ = stage.bound()
    bound = stage.bindings(visit.person)[0].id
    visit.unbind()
    stage.clock.forward(days=31)
    stage.deliver()
    with stage.hall.store.reading() as session:
        row = session.get_one(Binding, bound)
        assert (row.openid, row.shown) == (None, "")


def test_the_deliverer_starts_again_after_it_was_stopped(stage: Stage) -> None:
    deliverer = Deliverer(stage.hall, {})
    for _ in range(2):
        deliverer.start()
        deliverer.stop()


def test_a_hall_that_serves_delivers_by_itself_and_stops_cleanly(tmp_path: Path) -> None:
    with WeChatSide(tmp_path / "wechat") as wechat:
        wechat.phones.add(Phone(openid="oServed00001", nickname="江边散步"))
        with RunningHall(tmp_path / "hall", channels={"wechat": wechat.settings()}) as hall:
            beside = compose(hall.settings)
            account = person(beside, "王小明", citizen("19510307"))
            with beside.store.writing() as session:
                phone = PhoneAccount("wechat", "oServed00001", "江**步")
                assert bindings.bind(session, account, phone, beside.now(), "01")
            beside.store.close()
            until("the message is there", partial(wechat.messages, "oServed00001"))
            assert [each.title for each in wechat.messages("oServed00001")] == ["手机已绑定"]
            hall.stop()
            assert (hall.folder / "hall.err").read_bytes() == b""
