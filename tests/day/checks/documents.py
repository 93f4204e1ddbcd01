"""Three kinds of document, each through its real protocol, and whatever else is laid on a reader."""

from __future__ import annotations

from dataclasses import replace

from devices.card.sim_strangers import ResidentCard, bank_card, phone, transport_card
from devices.citizen_number import check_digit
from devices.idcard import sim
from devices.idcard.sim_cards import Card, Chip, ForeignCard2017, ForeignCard2023, ResidencePermit
from devices.idcard.sim_trouble import Cut, Trouble
from devices.passport.sim import Active, Country, Passport, Person
from devices.passport.sim_keys import CurveActive
from devices.scanner.sim import code, scene
from tests.day.check import Seen, check
from tests.day.people import somebody
from tests.day.visits import PENSION, choose, go, lay_id_card, number_on_screen, pressable, print_it, type_in
from tests.day.world import Place, World, shown_to_camera
from tests.stand.kiosk import until

CARDED = "contribution-refund"
"""A service of the catalogue that needs an ID card."""


def ticket_level(world: World, place: Place, number: str) -> str:
    """How sure the kiosk was, as the hall wrote it down."""
    world.ticket(number)
    return str(world.hall.rows("SELECT level FROM ticket WHERE number = ? AND kiosk = ?", number, place.id)[0][0])


def take(place: Place) -> str:
    """From the first page to the slip; the number on it."""
    place.kiosk.press("choice:services")
    choose(place, PENSION)
    print_it(place)
    return number_on_screen(place)


@check("idcard-citizen")
def id_card_citizen(seen: Seen) -> str:
    place = seen.world.place()
    person = somebody("欧阳居民")
    moved = replace(person.id_card, newest_address="无名市新居路9号")
    lay_id_card(place, moved, "欧*", "您要办")
    seen.picture()
    number = take(place)
    assert ticket_level(seen.world, place, number) == "id-card"
    go(place)
    lay_id_card(place, moved, "欧*", "您要办")
    place.kiosk.press("choice:certificates")
    place.kiosk.press("choice:residence")
    place.kiosk.press("decline")
    place.kiosk.see("新居路9号")
    seen.picture(label="-newest-address")
    place.kiosk.press("nav:leave")
    go(place)
    return "read through the SAM, known to the hall as id-card, and the address is the newest one in the chip"


@check("idcard-four-layouts")
def four_layouts(seen: Seen) -> str:
    place = seen.world.place()
    permit = "810000" + "19880512" + "112"
    foreign = "9" + "99" + "156" + "19790404" + "112"
    cards: dict[str, Chip] = {
        "赵*": Card("赵公民", somebody().number),
        "陈*": ResidencePermit("陈港生", permit + check_digit(permit)),
        "NIEMAND *": ForeignCard2017("NIEMAND, ERIKA MARIA", "UTO990019880203", "19880203"),
        "王*": ForeignCard2023("NIEMAND, ERIKA", foreign + check_digit(foreign), chinese="王爱丽"),
    }
    for at, (greeting, card) in enumerate(cards.items()):
        lay_id_card(place, card, greeting, "您要办")
        seen.picture(label=f"-{at + 1}")
        place.kiosk.press("nav:leave")
        go(place)
    place.sam.lay_down(replace(Card("未知", somebody().number), flag="Z"))
    place.kiosk.see("C104")
    assert "未*" not in place.kiosk.text()
    place.kiosk.press("nav:leave")
    go(place)
    return "citizen, J, I and Y greeted by their own names; an unknown mark is an unknown card, never a misparse"


@check("idcard-bad-frames")
def bad_frames(seen: Seen) -> str:
    place = seen.world.place()
    person = somebody("司徒坏帧")
    passing = (Trouble.BYTE_BY_BYTE, Trouble.NOISE_FIRST, Trouble.WRONG_CHECKSUM, Trouble.CUT_SHORT, 0x10)
    for trouble in passing:
        place.sam.trouble(sim.READ, trouble)
        lay_id_card(place, person.id_card, "司*", "您要办")
        place.kiosk.press("nav:leave")
        go(place)
    for status, said in ((0x31, "C107"), (0x40, "C104")):
        place.sam.trouble(sim.READ, status)
        place.sam.lay_down(person.id_card)
        place.kiosk.see(said)
        assert "司*" not in place.kiosk.text()
        place.kiosk.press("nav:leave")
        place.sam.take_away()
        until("the card is seen to be gone", place.sam.looked_in_vain)
        place.attract(20)
    place.sam.trouble(sim.READ, Cut(700), times=4)
    place.sam.lay_down(person.id_card)
    place.kiosk.see("读卡器没有接通", seconds=20)
    assert "司*" not in place.kiosk.text()
    seen.picture()
    place.sam.recover()
    place.sam.take_away()
    place.attract(20)
    lay_id_card(place, person.id_card, "司*", "您要办")
    place.kiosk.press("nav:leave")
    go(place)
    return f"{len(passing)} kinds of trouble were read through, refusals named, a cut answer named nobody"


def traveller(number: str, surname: str = "NIEMAND") -> Person:
    return Person(surname=surname, number=number)


def open_passport(place: Place, passport: Passport, scanned: bool = True) -> None:
    """Lay it down and tell the kiosk what is printed in it."""
    place.slot.insert(passport)
    place.kiosk.see("请输入护照号码")
    person = passport.person
    if scanned:
        take_away = shown_to_camera(place, scene(code(person.lines[1].encode())))
        until("the lines are read", lambda: "请输入护照号码" not in place.kiosk.text())
        take_away()
        return
    type_in(place, person.number)
    place.kiosk.press("primary")
    for day in (f"19{person.birth}", f"20{person.expiry}"):
        place.kiosk.see("年")
        type_in(place, day)
        place.kiosk.press("primary")


@check("passport-verified")
def passport_verified(seen: Seen) -> str:
    place, world = seen.world.place(), seen.world
    active: Active = CurveActive()
    passport = Passport(traveller("X00010001"), world.country, active)
    open_passport(place, passport, scanned=False)
    place.kiosk.see("NIEMAND *", "护照")
    seen.picture()
    number = take(place)
    level = ticket_level(world, place, number)
    assert level == "strong", level
    go(place)
    open_passport(place, Passport(traveller("X00010002"), world.country))
    place.kiosk.see("NIEMAND *")
    number = take(place)
    level = ticket_level(world, place, number)
    assert level == "passport", level
    go(place)
    return "typed and scanned lines opened it; a chip that proved itself is strong, a signed one alone a passport"


@check("passport-not-verifiable")
def passport_not_verifiable(seen: Seen) -> str:
    place, world = seen.world.place(), seen.world
    unknown = Country("XA")
    open_passport(place, Passport(replace(traveller("X00020001"), state="XXA"), unknown))
    place.kiosk.see("NIEMAND *")
    seen.picture()
    number = take(place)
    level = ticket_level(world, place, number)
    assert level == "social-card", level
    go(place)
    return "a state that nobody here can vouch for: greeted, served, and no more than a claim"


@check("passport-forged")
def passport_forged(seen: Seen) -> str:
    place, world = seen.world.place(), seen.world
    changed = Passport(traveller("X00030001"), world.country)
    other = traveller("X00030001", surname="FAELSCHER")
    changed.files[0x0101] = other.group
    impostor = Passport(traveller("X00030002"), Country("UT", impostor_of=world.country))
    copied = Passport(traveller("X00030003"), world.country, CurveActive()).clone()
    for at, passport in enumerate((changed, impostor, copied)):
        open_passport(place, passport)
        place.kiosk.see("C109")
        assert not {"NIEMAND", "FAELSCHER"} & set(place.kiosk.text().replace("*", " ").split())
        if at == 0:
            seen.picture()
        place.kiosk.press("nav:leave")
        place.slot.remove()
        place.attract(20)
    return "a changed page, a false signature under a known name and a copied chip were each turned away, nobody named"


@check("cloned-passport-is-capped")
def cloned_passport(seen: Seen) -> str:
    place = seen.world.place()
    clone = Passport(traveller("X00040001"), seen.world.country).clone()
    open_passport(place, clone)
    place.kiosk.see("NIEMAND *")
    place.kiosk.press("choice:certificates")
    place.kiosk.see("要用身份证")
    keys = place.kiosk.ask("keys")
    assert not [key for key in keys if key.startswith("choice:")], keys
    seen.picture()
    place.kiosk.press("nav:home")
    place.kiosk.press("choice:services")
    assert pressable(place, PENSION)
    assert not pressable(place, CARDED), "a copied chip may press what needs an ID card"
    place.kiosk.press("nav:leave")
    go(place)
    return "a copy of a chip that cannot prove itself is greeted, and neither certificate nor what needs a card is open"


@check("wrong-card-is-named")
def wrong_card(seen: Seen) -> str:
    place = seen.world.place()
    wrong = {"C110": ResidentCard(), "C111": bank_card(), "C112": transport_card()}
    for at, (fault, card) in enumerate(wrong.items()):
        place.slot.insert(card)
        place.kiosk.see(fault)
        seen.picture(label=f"-{at + 1}")
        place.kiosk.press("nav:leave")
        place.slot.remove()
        place.attract(20)
    place.slot.insert(phone())
    place.kiosk.see("12345", "请取回卡")
    place.kiosk.press("nav:leave")
    place.slot.remove()
    place.attract(20)
    return "an ID card on the wrong reader, a bank card and a transport card were each called what they are"
