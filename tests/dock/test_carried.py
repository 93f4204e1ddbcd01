"""Passports, wrong cards and phones: what the dock's keys for them do, at a kiosk in a process of its own."""

from __future__ import annotations

from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from screens.keys import Button
from screens.text import Text
from tests.day.checks.documents import CARDED
from tests.day.visits import pressable, type_in
from tests.dock.documents import DOCUMENTS, Document
from tests.dock.keys import Faces
from tests.dock.page import Offer, Page
from tests.dock.people import OWNERS, PEOPLE
from tests.dock.scale import DOCK, WIDE, DeskTheme
from tests.dock.seen import Handset, Letter, Seen
from tests.dock.table import Table, nobody
from tests.dock.views import Printed
from tests.dock.window import DockWindow
from tests.stand.kiosk import until

BY_NAME = {each.name: each for each in DOCUMENTS}
PASSPORTS = [each for each in DOCUMENTS if each.person]


def lay(table: Table, bot: QtBot, name: str) -> Document:
    table.turn("others")
    table.press(bot, f"lay:{name}", lambda seen: seen.document == BY_NAME[name], BY_NAME[name].en)
    return BY_NAME[name]


def take_up(table: Table, bot: QtBot, name: str) -> None:
    table.press(bot, f"lay:{name}", lambda seen: seen.document is None)
    table.turn("people")
    table.hands.place.attract(20)


def scan_lines(table: Table, bot: QtBot) -> None:
    table.see("请输入护照号码")
    table.press(bot, "lines", lambda seen: seen.under == "lines", "Scan")
    kiosk = table.hands.place.kiosk
    until("the lines are read", lambda: "请输入护照号码" not in kiosk.text())
    table.press(bot, "lines", lambda seen: seen.under is None, "away")


def test_a_genuine_passport_is_opened_by_what_the_dock_says_is_printed_in_it(table: Table, qtbot: QtBot) -> None:
    passport = lay(table, qtbot, "sound")
    table.see("请输入护照号码")
    shown = table.window.findChild(Printed)
    assert isinstance(shown, Printed)
    number, *days = shown.said().splitlines()[-1].split(" · ")
    assert passport.about in shown.said()
    kiosk = table.hands.place.kiosk
    type_in(table.hands.place, number)
    kiosk.press("primary")
    for day in days:
        table.see("年")
        type_in(table.hands.place, day.replace("-", ""))
        kiosk.press("primary")
    table.see("NIEMAND *", "护照")
    until("certificates can be chosen", lambda: "choice:certificates" in kiosk.ask("keys"))
    kiosk.press("choice:services")
    assert pressable(table.hands.place, CARDED)
    kiosk.press("nav:leave")
    take_up(table, qtbot, "sound")


@pytest.mark.parametrize("name", ["copied", "nowhere"])
def test_a_passport_that_proves_too_little_is_greeted_and_capped(table: Table, qtbot: QtBot, name: str) -> None:
    lay(table, qtbot, name)
    scan_lines(table, qtbot)
    table.see("NIEMAND *")
    table.hands.place.kiosk.press("choice:services")
    assert not pressable(table.hands.place, CARDED)
    table.hands.place.kiosk.press("nav:leave")
    take_up(table, qtbot, name)


def test_a_forged_passport_is_turned_away(table: Table, qtbot: QtBot) -> None:
    lay(table, qtbot, "forged")
    scan_lines(table, qtbot)
    table.see("C109")
    assert "FAELSCHER" not in table.hands.place.kiosk.text()
    table.hands.place.kiosk.press("nav:leave")
    take_up(table, qtbot, "forged")


def test_a_bank_card_is_named_and_a_phone_is_sent_back(table: Table, qtbot: QtBot) -> None:
    for name, words in (("bank", "C111"), ("phone", "请取回卡")):
        lay(table, qtbot, name)
        table.see(words)
        assert not table.key("lines").isEnabled()
        table.hands.place.kiosk.press("nav:leave")
        take_up(table, qtbot, name)


def to_code(table: Table, bot: QtBot, who: int) -> None:
    """Lay an ID card down and lead its holder to the code that binds a phone."""
    kiosk = table.hands.place.kiosk
    table.turn("people")
    table.press(bot, f"id:{who}", lambda seen: seen.id_card == who)
    table.see(f"{PEOPLE[who].name[0]}*", "您要办")
    kiosk.press("choice:mine")
    text = until("the page or the offer", lambda: _mine(kiosk.text()))
    if "您还没有账号" in text:
        kiosk.press("primary")
        table.see("给您开一个账号")
        kiosk.press("primary")
    table.see("谁看过我的资料")
    kiosk.press("mine:channels")
    table.see("绑定手机")
    kiosk.press("primary")
    table.see("用手机绑定您的账号")


def _mine(text: str) -> str:
    return text if "您还没有账号" in text or "谁看过我的资料" in text else ""


def answer(table: Table, number: str) -> None:
    """Type four digits at the kiosk."""
    type_in(table.hands.place, number)
    table.hands.place.kiosk.press("primary")


def whys(table: Table) -> list[str]:
    """Why tries to bind failed, as the hall wrote it down, the newest last."""
    return [row[0] for row in table.hands.world.hall.rows("SELECT why FROM bind_try WHERE why <> '' ORDER BY began")]


def take_phone(table: Table, bot: QtBot, key: str, who: int) -> None:
    table.press(bot, key, lambda seen: seen.handset is not None and seen.handset.who == who)


def scan(table: Table, bot: QtBot, says: str) -> Seen:
    table.press(bot, "phone:scan", partial(_page_says, says), "Scan")
    seen = table.hands.look()
    assert seen.handset is not None
    assert seen.handset.page is not None
    return seen


def _page_says(words: str, seen: Seen) -> bool:
    return seen.handset is not None and seen.handset.page is not None and words in seen.handset.page.text()


def put_away(table: Table, bot: QtBot) -> None:
    table.press(bot, "phone:away", lambda seen: seen.handset is None)
    assert table.key("take:slip").isVisible()


def go(table: Table, bot: QtBot, who: int) -> None:
    table.hands.place.kiosk.press("nav:leave")
    table.press(bot, f"id:{who}", lambda seen: seen.id_card is None)
    table.hands.place.attract(20)


def test_whoever_refuses_on_the_phone_binds_nothing(table: Table, qtbot: QtBot) -> None:
    assert not table.key("phone:own").isEnabled(), "nobody's card lies there"
    to_code(table, qtbot, 1)
    take_phone(table, qtbot, "phone:own", 1)
    scan(table, qtbot, "李*英")
    table.press(qtbot, "phone:offer:0", lambda seen: _tone(seen) == "warn")
    assert not table.key("phone:offer:0").isVisible()
    assert whys(table)[-1] == "refused"
    put_away(table, qtbot)
    go(table, qtbot, 1)


def test_another_ones_phone_is_told_nothing_that_binds_it(table: Table, qtbot: QtBot) -> None:
    to_code(table, qtbot, 1)
    take_phone(table, qtbot, "phone:other", len(OWNERS) - 1)
    seen = scan(table, qtbot, "李*英")
    assert seen.handset is not None
    assert seen.handset.page is not None
    answer(table, seen.handset.page.number or "0000")
    table.see("不是同一个人")
    assert "another-name" in whys(table)
    put_away(table, qtbot)
    go(table, qtbot, 1)


def test_ones_own_phone_is_bound_by_one_scan_and_hears_of_it(table: Table, qtbot: QtBot) -> None:
    to_code(table, qtbot, 0)
    take_phone(table, qtbot, "phone:own", 0)
    assert not table.key("take:slip").isVisible(), "the phone is held over the tray"
    seen = scan(table, qtbot, "王*明")
    assert seen.handset is not None
    assert seen.handset.page is not None
    page = seen.handset.page
    assert len(page.number) == 4
    assert any(table.hands.place.number in value for _, value in page.rows)
    kiosk = table.hands.place.kiosk
    answer(table, page.number)
    table.see("绑定这部手机吗")
    kiosk.press("primary")
    table.see("请再放一次")
    table.press(qtbot, "id:0", lambda seen: seen.id_card is None)
    until("the card is seen to be gone", table.hands.place.sam.looked_in_vain)
    table.press(qtbot, "id:0", lambda seen: seen.id_card == 0)
    table.see("手机已绑定")
    with table.shows(qtbot, _hears):
        pass
    said = [(who, what) for _, who, what in table.window.log.lines]
    assert any(who == "phone" and what.startswith("王小明 hears:") for who, what in said)
    assert "Read: " in table.key("phone:letter").title
    put_away(table, qtbot)
    go(table, qtbot, 0)


@pytest.mark.parametrize("width", [DOCK[0], WIDE[0], WIDE[-1]])
@pytest.mark.parametrize("scale", [0.38, 0.54, 1.0])
def test_every_word_of_passports_and_phone_has_its_room(qtbot: QtBot, width: int, scale: float) -> None:
    window = DockWindow(DeskTheme(scale=scale), nobody, width)
    qtbot.addWidget(window)
    window.show()
    faces = window.findChild(Faces)
    assert isinstance(faces, Faces)
    faces.turn(1)
    page = Page("绑定", offers=(Offer("It was not me: refuse", "/", ()), Offer("To my page", "/me")))
    handset = Handset(0, "江边散步", page, (Letter("解除绑定了手机", "", ""),))
    for document in DOCUMENTS:
        window.follow(Seen(id_card=0, document=document, handset=handset))
        keys = [key for key in window.findChildren(Button) if key.isVisible()]
        assert {"lay:sound", "phone:offer:1", "phone:letter"} <= {key.objectName() for key in keys}
        assert [key.title for key in keys if not key.fits()] == []
        assert [text.said() for text in window.findChildren(Text) if text.isVisible() and not text.fits()] == []


def _tone(seen: Seen) -> str:
    return seen.handset.page.tone if seen.handset and seen.handset.page else ""


def _hears(seen: Seen) -> bool:
    """A message came, and the page says by itself that all went well."""
    return _tone(seen) == "ok" and seen.handset is not None and bool(seen.handset.letters)
