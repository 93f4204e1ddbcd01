"""One scan binds a phone, and nobody else's; what needs more proof asks for it."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.day.check import Seen, check
from tests.day.checks.accounts import first_service, my_page
from tests.day.checks.documents import ticket_level
from tests.day.people import Person, somebody
from tests.day.phone import QuickPhone, code_on, in_browser, owned
from tests.day.visits import PENSION, find, go, lay_down, lay_id_card, number_on_screen, pressable, print_it, type_in
from tests.day.world import Place, World
from tests.stand.kiosk import until

STRONG = "leaving-withdraw"
"""A service of the catalogue that needs the strongest proof."""


def to_page(place: Place, person: Person) -> None:
    """Lay the ID card down and come to the person's page, over an account that is opened where there is none."""
    my_page(place, person)
    if until("the page or the offer", lambda: _stands(place)) == "offer":
        place.kiosk.press("primary")
        place.kiosk.see("给您开一个账号")
        place.kiosk.press("primary")
    place.kiosk.see("谁看过我的资料")


def _stands(place: Place) -> str:
    text = place.kiosk.text()
    return "page" if "谁看过我的资料" in text else "offer" if "您还没有账号" in text else ""


def ask_for_code(place: Place) -> None:
    """From the page to the code."""
    place.kiosk.press("mine:channels")
    place.kiosk.see("绑定手机")
    place.kiosk.press("primary")
    place.kiosk.see("用手机绑定您的账号")


def to_code(place: Place, person: Person) -> None:
    """From the waiting screen to the code."""
    to_page(place, person)
    ask_for_code(place)


def answer(place: Place, number: str) -> None:
    """Type four digits, those of the phone or whatever somebody believes they are."""
    type_in(place, number)
    place.kiosk.press("primary")


def lay_again(place: Place, person: Person) -> None:
    """The yes to the phone that is shown: a press, and the card once more."""
    place.kiosk.see("绑定这部手机吗")
    place.kiosk.press("primary")
    place.kiosk.see("请再放一次")
    place.sam.take_away()
    until("the card is seen to be gone", place.sam.looked_in_vain)
    place.sam.lay_down(person.id_card)


def say_yes(place: Place, person: Person, number: str) -> None:
    """Type the number and bring the binding to its end with the card."""
    answer(place, number)
    lay_again(place, person)


def scanned(place: Place, world: World, person: Person, openid: str) -> str:
    """The code on the screen, with which this phone was bound."""
    code = code_on(place)
    with QuickPhone(world, openid) as phone:
        phone.open(code)
        assert phone.number, phone.text()
        say_yes(place, person, phone.number)
    place.kiosk.see("手机已绑定")
    return code


def bound(place: Place, world: World, person: Person, nickname: str) -> str:
    """A person whose phone is bound; their phone."""
    openid = owned(world, person, nickname)
    to_code(place, person)
    scanned(place, world, person, openid)
    place.kiosk.press("nav:leave")
    go(place)
    return openid


def back_on_page(place: Place) -> None:
    """From what became of it to the page it began on; the notice goes by itself too."""
    if until("the page or its notice", lambda: _after(place)) == "notice":
        place.kiosk.press("primary")
    place.kiosk.see("谁看过我的资料")


def _after(place: Place) -> str:
    text = place.kiosk.text()
    return "page" if "谁看过我的资料" in text else "notice" if "知道了" in text else ""


def bindings(world: World, openid: str) -> int:
    """How many accounts this phone is bound to now."""
    return int(world.hall.rows("SELECT count(*) FROM binding WHERE openid = ? AND ended IS NULL", openid)[0][0])


@check("bind-by-scan")
def bind_by_scan(seen: Seen) -> str:
    place, world = seen.world.place(), seen.world
    person = somebody("南宫绑定")
    openid = owned(world, person, "南宫先生")
    to_code(place, person)
    seen.picture()
    with in_browser(world, openid, "bind") as context:
        page = context.new_page()
        page.goto(code_on(place))
        expect(page.locator(".digits")).to_be_visible()
        expect(page.get_by_text("南*定")).to_be_visible()
        expect(page.get_by_text(f"{place.number} 号")).to_be_visible()
        seen.browser(page, "-phone")
        number = "".join(page.locator(".digits b").all_inner_texts())
        assert number not in place.kiosk.text().replace(" ", "")
        say_yes(place, person, number)
        place.kiosk.see("手机已绑定")
        expect(page.locator(".banner.ok")).to_be_visible()
        seen.browser(page, "-bound")
    assert bindings(world, openid) == 1
    back_on_page(place)
    place.kiosk.press("nav:leave")
    go(place)
    return "the phone named machine and holder; its number, typed here, bound it, the card laid down once more"


@check("unbind")
def unbind(seen: Seen) -> str:
    place, world = seen.world.place(), seen.world
    person = somebody("夏侯解绑")
    openid = bound(place, world, person, "夏侯")
    assert bindings(world, openid) == 1
    until("the phone hears that it is bound", lambda: world.wechat.messages(openid))
    told = len(world.wechat.messages(openid))
    my_page(place, person)
    place.kiosk.see("谁看过我的资料")
    place.kiosk.press("mine:channels")
    place.kiosk.press("choice:wechat")
    place.kiosk.see("解除绑定的手机吗")
    seen.picture()
    place.kiosk.press("primary")
    place.kiosk.see("已解除绑定")
    place.kiosk.press("primary")
    place.kiosk.press("nav:leave")
    go(place)
    assert bindings(world, openid) == 0
    until("the phone is told", lambda: len(world.wechat.messages(openid)) > told)
    openid = bound(place, world, person, "夏侯又来")
    ((since, counts),) = world.hall.rows(
        "SELECT since, counts_from FROM binding WHERE openid = ? AND ended IS NULL", openid
    )
    assert counts - since >= 24 * 3_600_000, "a new phone counts from tomorrow only"
    return "unbound in two presses, the phone was told; the next one counts for nothing until tomorrow"


@check("step-up")
def step_up(seen: Seen) -> str:
    place, world = seen.world.place(), seen.world
    person = somebody("令狐加验")
    openid = bound(place, world, person, "令狐")
    lay_down(place, person)
    place.kiosk.press("choice:services")
    find(place, STRONG)
    place.kiosk.press(f"matter:{STRONG}")
    place.kiosk.press("primary")
    place.kiosk.see("请放身份证")
    seen.picture(label="-card")
    place.sam.lay_down(person.id_card)
    place.kiosk.see("请用绑定的手机确认")
    seen.picture(label="-phone")
    with QuickPhone(world, openid) as phone:
        answer(place, phone.open(code_on(place)).number)
    place.kiosk.see("请核对")
    print_it(place)
    number = number_on_screen(place)
    assert ticket_level(world, place, number) == "strong"
    go(place)
    return f"social security card, then ID card, then the bound phone: {number} is on record as strong"


@check("typed-path-is-limited")
def typed(seen: Seen) -> str:
    place = seen.world.place()
    person = next(each for each in iter(somebody, None) if each.number.isdigit())
    place.kiosk.press("choice:no-card")
    place.kiosk.press("choice:typed")
    type_in(place, person.number)
    place.kiosk.press("primary")
    kiosk = place.kiosk
    until("the services", lambda: any(key.startswith("tab:") for key in kiosk.ask("keys")))
    assert pressable(place, PENSION)
    assert not pressable(place, STRONG), "a typed number may press what needs an ID card"
    seen.picture()
    kiosk.press("nav:leave")
    place.attract(20)
    return "what needs a card cannot be pressed by who typed a number, whatever the number"


@check("cloned-social-card-gets-no-certificate")
def cloned_social_card(seen: Seen) -> str:
    place, world = seen.world.place(), seen.world
    victim = somebody("轩辕被抄")
    first_service(place, victim, PENSION)
    before = world.hall.rows("SELECT count(*) FROM certificate")[0][0]
    lay_down(place, victim)  # a copy: every byte that can be read freely
    place.kiosk.press("choice:certificates")
    place.kiosk.press("choice:residence")
    place.kiosk.see("请放身份证")
    seen.picture()
    lay_other = somebody("抄袭之人")
    place.sam.lay_down(lay_other.id_card)
    place.kiosk.see("不是同一个人")
    place.kiosk.press("nav:leave")
    go(place)
    assert world.hall.rows("SELECT count(*) FROM certificate")[0][0] == before
    lay_id_card(place, victim.id_card, "轩*", "您要办")
    place.kiosk.press("choice:certificates")
    place.kiosk.press("choice:residence")
    place.kiosk.see("从哪一天起")
    place.kiosk.press("nav:leave")
    go(place)
    return "a perfect copy of a social security card stops at the ID card; its true holder's ID card goes on"
