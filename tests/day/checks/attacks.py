"""Whoever wants another person's account on a phone of their own: nine ways, each tried, refused and written down."""

from __future__ import annotations

import cbor2

from tests.day.attempts import Attempts, enrolled, listening, staff_see, two_minutes_later
from tests.day.check import Seen, check
from tests.day.checks.binding import answer, ask_for_code, back_on_page, bindings, lay_again, scanned, to_code
from tests.day.impostor import Listener, Request
from tests.day.people import Person, somebody
from tests.day.phone import QuickPhone, code_on, owned
from tests.day.visits import go
from tests.day.world import Place
from tests.hall.terminal import cbor
from tests.stand.kiosk import until

CONFIRM = "/v1/bind/confirm"


@check("bind-hijack-fails")
def hijack(seen: Seen) -> str:
    place, far, world = seen.world.place(), seen.world.place("B"), seen.world
    victim, thief = somebody("受害王某"), somebody("盗用李某")
    mine, theirs = owned(world, victim, "王某"), owned(world, thief, "李某")
    attempts = Attempts(world)
    with listening(world) as listener:
        to_code(place, victim)
        _second_scan(seen, mine, theirs, attempts)
        _found_card(seen, mine, theirs, attempts)
        _wrong_number(seen, mine, attempts)
        _expired(seen, mine, attempts)
        _swapped_account(seen, mine, theirs, attempts)
        _relayed(seen, far, thief, mine, attempts)
        assert bindings(world, mine) == bindings(world, theirs) == 0
        _impersonated(seen, victim, mine, attempts, listener)
        assert bindings(world, mine) == bindings(world, theirs) == 0
        back_on_page(place)
        ask_for_code(place)
        code = scanned(place, world, victim, mine)
        assert bindings(world, mine) == 1
        back_on_page(place)
        _replayed(seen, code, theirs, attempts, listener)
    assert bindings(world, mine) == bindings(world, theirs) == 0
    staff_see(seen)
    return (
        "second scan, found card, wrong numbers, expired code, swapped account, relay, impersonated kiosk and replay "
        f"bound nothing and left {attempts.count} rows in the trail; the honest try between them did"
    )


def _second_scan(seen: Seen, mine: str, theirs: str, attempts: Attempts) -> None:
    """It voids the code for both, and the old code is good for nothing afterwards."""
    place, world = seen.world.place(), seen.world
    code = code_on(place)
    with QuickPhone(world, mine) as phone, QuickPhone(world, theirs) as other:
        number = phone.open(code).number
        assert other.open(code).number == ""
        answer(place, number)
        place.kiosk.see("两部手机")
        seen.picture(label="-second-scan")
        assert code_on(place) != code
    with QuickPhone(world, mine) as phone:
        assert phone.open(code).number == ""
    attempts.recorded(*[f"{place.id} bind second-scan"] * 2)


def _found_card(seen: Seen, mine: str, theirs: str, attempts: Attempts) -> None:
    """The finder's own phone has another name; the owner's, to which the code is sent, says no."""
    place, world = seen.world.place(), seen.world
    with QuickPhone(world, theirs) as other:
        answer(place, other.open(code_on(place)).number)
        until("no phone is offered or it is refused", lambda: "绑定这部手机吗" not in place.kiosk.text())
        place.kiosk.see("不是同一个人")
        seen.picture(label="-another-name")
    with QuickPhone(world, mine) as phone:
        number = phone.open(code_on(place)).number
        assert f"{place.number} 号机" in phone.text()
        assert "都不要给" in phone.text()
        phone.press("/phone/bind/refuse")
        answer(place, number)
        place.kiosk.see("不是我")
    attempts.recorded(f"{place.id} bind another-name", f"{place.id} bind refused")


def _wrong_number(seen: Seen, mine: str, attempts: Attempts) -> None:
    """Two of them void the code."""
    place, world = seen.world.place(), seen.world
    with QuickPhone(world, mine) as phone:
        number = phone.open(code_on(place)).number
        wrong = "1111" if number != "1111" else "2222"
        answer(place, wrong)
        place.kiosk.see("数字不对")
        answer(place, wrong)
        place.kiosk.see("已换新码")
    attempts.recorded(f"{place.id} bind wrong-number")


def _expired(seen: Seen, mine: str, attempts: Attempts) -> None:
    """The right number of a code whose time is over."""
    place, world = seen.world.place(), seen.world
    with QuickPhone(world, mine) as phone:
        number = phone.open(code_on(place)).number
        two_minutes_later(world, place)
        answer(place, number)
        place.kiosk.see("码过期了")
    attempts.recorded(f"{place.id} bind expired")


def _swapped_account(seen: Seen, mine: str, theirs: str, attempts: Attempts) -> None:
    """The thief's account scans, the victim's lets the channel compare the name."""
    place, world = seen.world.place(), seen.world
    with QuickPhone(world, theirs) as other:
        number = other.open_swapped(code_on(place), mine).number
        assert number, other.text()
        answer(place, number)
        place.kiosk.see("不是同一个人")
        assert "绑定这部手机吗" not in place.kiosk.text()
    attempts.recorded(f"{place.id} bind another-name")


def _relayed(seen: Seen, far: Place, thief: Person, mine: str, attempts: Attempts) -> None:
    """The victim is shown the code of a kiosk elsewhere; the number is typed here, and then told to the thief there."""
    place, world = seen.world.place(), seen.world
    to_code(far, thief)
    with QuickPhone(world, mine) as phone:
        number = phone.open(code_on(far)).number
        assert f"{far.number} 号机" in phone.text(), "the phone does not say where the code is from"
        answer(place, number)
        place.kiosk.see("还没有手机扫这个码")
        answer(far, number)
        far.kiosk.see("不是同一个人")
        seen.picture(far.name, "-relayed")
    far.kiosk.press("nav:leave")
    go(far)
    attempts.recorded(f"{far.id} bind another-name")


def _impersonated(seen: Seen, victim: Person, mine: str, attempts: Attempts, listener: Listener) -> None:
    """Whoever heard all about a matched phone says yes: with a key of their own, with none, as another kiosk.

    The kiosk's own yes is too late then.
    """
    place, world = seen.world.place(), seen.world
    with QuickPhone(world, mine) as phone:
        answer(place, phone.open(code_on(place)).number)
        place.kiosk.see("绑定这部手机吗")
        (begin, _), (number, matched) = (listener.heard[place.id, f"/v1/bind/{step}"] for step in ("begin", "number"))
        nonce, bind = cbor2.loads(begin.body)["nonce"], cbor2.loads(number.body)["bind"]
        body = cbor({"bind": bind, "nonce": nonce, "phone": cbor2.loads(cbor2.loads(matched).value[2])["phone"]})
        other = enrolled(world, listener)
        keyid = f"{place.id}/{begin.named('kiosk-epoch')}"
        forged = other.headers("POST", CONFIRM, body, kiosk=place.id, keyid=keyid, counter="9000000")
        unsigned = {name: value for name, value in forged.items() if not name.startswith("signature")}
        for headers in (forged, unsigned):
            said = listener.send(Request("POST", CONFIRM, headers, body))
            assert (said.status, said.body) == (401, b'{"error":"signature"}'), said
        said = listener.send(Request("POST", CONFIRM, other.headers("POST", CONFIRM, body), body))
        told = other.reply("bind-confirmed", said.body)
        assert (told["done"], told["why"]) == (False, "another-kiosk"), told
        lay_again(place, victim)
        place.kiosk.see("这个码不是本机的")
        seen.picture(label="-another-kiosk")
    attempts.recorded(*[f"{CONFIRM} signature"] * 2, f"{place.id} bind another-kiosk")


def _replayed(seen: Seen, code: str, theirs: str, attempts: Attempts, listener: Listener) -> None:
    """The code that was used, and, when the phone was unbound, the very bytes by which it was bound."""
    place, world = seen.world.place(), seen.world
    with QuickPhone(world, theirs) as other:
        assert other.open(code).number == ""
    place.kiosk.press("mine:channels")
    place.kiosk.press("choice:wechat")
    place.kiosk.see("解除绑定的手机吗")
    place.kiosk.press("primary")
    place.kiosk.see("已解除绑定")
    said = listener.send(listener.heard[place.id, CONFIRM][0])
    assert (said.status, said.body) == (401, b'{"error":"counter"}'), said
    place.kiosk.press("nav:leave")
    go(place)
    attempts.recorded(f"{place.id} bind second-scan", f"{CONFIRM} counter")


@check("shoulder-scan-fails")
def shoulder(seen: Seen) -> str:
    place, world = seen.world.place(), seen.world
    person, bystander = somebody("东方本人"), somebody("西门旁人")
    openid, theirs = owned(world, person, "东方"), owned(world, bystander, "西门")
    attempts = Attempts(world)
    to_code(place, person)
    code = code_on(place)
    with QuickPhone(world, theirs) as other, QuickPhone(world, openid) as phone:
        told = other.open(code).number  # faster than the citizen, over the shoulder
        phone.open(code)
        assert phone.number == ""
        seen.text(phone.text())
    answer(place, told or "0000")
    place.kiosk.see("作废")
    seen.picture()
    attempts.recorded(f"{place.id} bind second-scan")
    with QuickPhone(world, theirs) as other:  # the citizen did not scan, and is talked into typing a number
        answer(place, other.open(code_on(place)).number)
        place.kiosk.see("不是同一个人")
    attempts.recorded(f"{place.id} bind another-name")
    assert bindings(world, openid) == bindings(world, theirs) == 0
    scanned(place, world, person, openid)
    place.kiosk.press("nav:leave")
    go(place)
    assert (bindings(world, openid), bindings(world, theirs)) == (1, 0)
    return "who scanned first over the shoulder bound nothing, nor by a number that was typed; the citizen then did"
