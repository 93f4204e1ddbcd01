"""A technician's card: it opens the maintenance mode with its PIN, and nothing else does."""

from __future__ import annotations

from typing import Any

from certificates.technicians import Role
from devices.card.sim_piv import CurveSim, RsaSim, WorkCardChip
from tests.day.check import Seen, check
from tests.day.journal import lines, noted
from tests.day.people import somebody
from tests.day.technicians import card_of, log_in, log_out, type_pin
from tests.day.visits import PENSION, go, take_ticket
from tests.day.world import Place
from tests.stand.kiosk import until

WRONG = "000000"
DEEDS = ("refill", "logs", "report", "hall", "adjust", "restart", "shut-down")


@check("technician-login")
def technician_login(seen: Seen) -> str:
    place, kiosk = seen.world.place(), seen.world.place().kiosk
    citizen = somebody("司马无痕")
    take_ticket(place, citizen, PENSION)
    go(place)
    card = card_of(seen.world, "T-014")
    place.slot.insert(card)
    page = kiosk.see("请输入维护卡的密码")
    seen.picture(label="-pin")
    assert "nav:home" not in kiosk.ask("keys"), "a technician's page has a citizen's keys"
    type_pin(place)
    said = [page, kiosk.see("技术员 T-014", "号票打印机", "身份证阅读", seconds=15)]
    seen.picture()
    for deed in DEEDS:
        kiosk.press(f"deed:{deed}")
        until("another page", lambda: "deed:refill" not in kiosk.ask("keys"), 20)
        until("it asks something", lambda: kiosk.ask("keys") != ["language", "nav:leave"], 20)
        said.append(kiosk.text())
        seen.picture(label=f"-{deed}")
        kiosk.press("back" if "back" in kiosk.ask("keys") else "deed:back")
        kiosk.see("技术员 T-014", "身份证阅读")
    kiosk.press("language")
    said.append(kiosk.see("Technician T-014", "Slip printer"))
    seen.picture(label="-english")
    found = [text for text in said for each in (citizen.name, citizen.number, citizen.number[-4:]) if each in text]
    assert found == [], "the maintenance mode shows something of a citizen"
    log_out(place)
    noted(place, "maintenance.opened", by="T-014", role="technician")
    noted(place, "maintenance.closed", by="T-014")
    return (
        "a card and its PIN open the mode in both languages, nothing of the citizen before is in it, pulled it is over"
    )


@check("pin-lockout-survives-restart")
def lockout(seen: Seen) -> str:
    place = seen.world.place()
    card = card_of(seen.world, "T-021", most_tries=9)
    place.slot.insert(card)
    for left in (8, 7):
        type_pin(place, WRONG)
        place.kiosk.see(f"卡还允许 {left} 次")
    type_pin(place, WRONG)
    first = place.kiosk.see("秒后再试", "M109")
    seen.picture()
    place.slot.remove()
    place.kiosk.kill()
    place.kiosk.start()
    place.attract(30)
    place.slot.insert(card)
    place.kiosk.see("秒后再试", "M109")
    seen.picture(label="-after-the-restart")
    assert card.tries == 6, f"the card was asked {9 - card.tries} times"
    place.slot.remove()
    place.attract(20)

    def in_again() -> bool:
        place.slot.insert(card)
        text = until("an answer to the card", lambda: _either(place.kiosk.text(), "M109", "请输入维护卡的密码"))
        if text == "M109":
            log_out(place)
        return bool(text != "M109")

    until("the wait is over", in_again, 60)
    type_pin(place)
    place.kiosk.see("维护模式", "T-021", seconds=15)
    log_out(place)
    waited = "".join(sign for sign in first.split("后再试")[0].split("请")[-1])
    return f"after three wrong PINs the kiosk waits ({waited.strip()}), over a kill -9 too; then the right one opens it"


def _either(text: str, *words: str) -> str:
    return next((word for word in words if word in text), "")


@check("revoked-technician-refused")
def revoked(seen: Seen) -> str:
    place, world = seen.world.place(), seen.world
    card = card_of(world, "T-031", Role.VENDOR)
    log_in(place, card)
    log_out(place)
    world.hall.revoke_technician("T-031")
    refused(seen, card, "M106")
    world.cable.cut()
    try:
        until("the kiosk is offline", lambda: _is_offline(place), 30)
        refused(seen, card, "M106", "-offline")
        still = card_of(world, "T-032")
        log_in(place, still)
        seen.picture(label="-another-offline")
        log_out(place)
    finally:
        world.cable.mend()
    refused(seen, WorkCardChip(), "M103", "-own-certificate")
    refused(seen, _copied(still), "M110", "-copied-certificate", pin=True)
    return "revoked at the hall: M106 at the next card, offline too, where T-032 gets in; copies and strangers do not"


def _is_offline(place: Place) -> bool:
    return any(line["event"] == "hall.offline" for line in lines(place)[-20:])


def _copied(card: WorkCardChip) -> WorkCardChip:
    """Another card with this one's certificate: it can be read by anybody."""
    copy = WorkCardChip(CurveSim())
    copy.objects = dict(card.objects)
    return copy


def refused(seen: Seen, card: WorkCardChip, code: str, label: str = "", pin: bool = False) -> None:
    place = seen.world.place()
    place.slot.insert(card)
    if pin:
        type_pin(place)
    text = place.kiosk.see(code, "12345")
    assert "号票打印机" not in text
    seen.picture(label=label)
    log_out(place)


@check("any-piv-card")
def any_card(seen: Seen) -> str:
    world, place = seen.world, seen.world.place()
    kinds: dict[str, dict[str, Any]] = {
        "P-256, T=0": {},
        "P-256, T=1, the PIN of the whole card": {"t1": True, "global_pin": True, "pin": "24681357"},
        "P-384, T=1": {"key": CurveSim(wide=True), "t1": True},
        "RSA 2048, T=0, certificate packed": {"key": RsaSim(2048), "packed": True},
        "RSA 3072, T=1, answers in small parts": {"key": RsaSim(3072), "t1": True, "part": 128},
    }
    for number, (kind, how) in enumerate(kinds.items(), 41):
        name = f"T-{number:03d}"
        log_in(place, card_of(world, name, **how), how.get("pin", "135790"))
        assert f"技术员 {name}" in place.kiosk.text(), kind
        log_out(place)
    seen.text("\n".join(kinds))
    return f"{len(kinds)} cards of different makes: {'; '.join(kinds)}"
