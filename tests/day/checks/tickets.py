"""The main job: people come with a card, without one, with a booking, and leave with a ticket."""

from __future__ import annotations

import json

from devices.scanner.sim import code, scene
from tests.day.check import Seen, check
from tests.day.paper import code_on, number_on
from tests.day.people import somebody
from tests.day.visits import OUT_OF_TOWN, PENSION, choose, find, go, lay_down, number_on_screen, print_it, take_ticket
from tests.day.world import shown_to_camera


@check("ticket-online")
def ticket_online(seen: Seen) -> str:
    place = seen.world.place()
    seen.picture(label="-0-attract")
    paper = take_ticket(place, somebody(), PENSION)
    seen.picture()
    seen.slip(paper)
    number = number_on_screen(place)
    row = seen.world.ticket(number)
    assert row["state"] == "waiting", row
    assert json.loads(row["matters"]) == [PENSION]
    assert row["via"] == "card"
    code, page = code_on(paper), f"{seen.world.cable_url.upper()}/T/{row['id']}"
    assert code == page, f"the code on the paper is {code} and not {page}"
    assert number_on(paper) == number, f"the paper says {number_on(paper)}, the screen {number}"
    go(place)
    return f"{number} is on paper, on the screen and waits at the hall; the code on the paper opens its page"


@check("ticket-by-id-card")
def ticket_by_id_card(seen: Seen) -> str:
    place = seen.world.place()
    person = somebody("欧阳娜", "19660402")
    place.sam.lay_down(person.id_card)
    place.kiosk.see("欧*", "您要办")
    seen.picture(label="-home")
    place.kiosk.press("choice:services")
    choose(place, PENSION)
    paper = print_it(place)
    seen.slip(paper)
    row = seen.world.ticket(number_on_screen(place))
    assert row["masked"] == "欧*娜", row
    place.sam.take_away()
    place.attract(20)
    return f"an ID card read through its module gave {row['number']}, masked {row['masked']}"


@check("ticket-several-matters")
def ticket_several_matters(seen: Seen) -> str:
    place = seen.world.place()
    lay_down(place, somebody())
    place.kiosk.press("choice:services")
    choose(place, PENSION, OUT_OF_TOWN)
    seen.picture(label="-review")
    review = place.kiosk.text()
    assert review.count("身份证或社保卡") == 1, "a paper that two matters ask for stands once"
    paper = print_it(place)
    seen.slip(paper)
    row = seen.world.ticket(number_on_screen(place))
    assert json.loads(row["matters"]) == [PENSION, OUT_OF_TOWN], f"the hall knows of {row['matters']}"
    go(place)
    return f"two matters on {row['number']}, each paper asked for once"


@check("ticket-without-card")
def ticket_without_card(seen: Seen) -> str:
    place = seen.world.place()
    person = somebody("李大海")
    place.kiosk.press("choice:no-card")
    place.kiosk.press("choice:typed")
    for digit in person.number:
        place.kiosk.press(f"digit:{digit}")
    seen.picture(label="-typed")
    assert person.number not in place.kiosk.text().replace(" ", ""), "a full number stands on the screen"
    place.kiosk.press("primary")
    choose(place, PENSION)
    paper = print_it(place)
    row = seen.world.ticket(number_on_screen(place))
    seen.slip(paper)
    assert (row["via"], row["person"], row["masked"]) == ("typed", None, ""), f"a typed number names somebody: {row}"
    place.attract(20)
    place.kiosk.press("choice:no-card")
    place.kiosk.press("choice:none")
    choose(place, PENSION)
    print_it(place)
    nameless = seen.world.ticket(number_on_screen(place))
    assert (nameless["via"], nameless["person"]) == ("none", None), f"nobody is somebody: {nameless}"
    place.attract(20)
    return f"{row['number']} for a typed number, {nameless['number']} for nobody; neither names a person"


@check("booking-check-in-by-qr")
def booking_check_in(seen: Seen) -> str:
    place = seen.world.place()
    booked = seen.world.hall.booking("A", [PENSION])
    seen.world.news_arrives(place)
    place.kiosk.press("choice:booking")
    place.kiosk.see("请把预约码放到扫描口")
    take_away = shown_to_camera(place, scene(code(booked.encode())))
    place.kiosk.see("请核对")
    take_away()
    seen.picture(label="-review")
    paper = print_it(place)
    seen.slip(paper)
    row = seen.world.ticket(number_on_screen(place))
    assert row["via"] == "booking", row
    assert row["booking"] is not None, f"{row['number']} does not know its booking"
    place.attract(20)
    return f"the code under the camera became {row['number']}"


@check("same-matter-no-second-ticket")
def same_matter(seen: Seen) -> str:
    place = seen.world.place()
    person = somebody()
    take_ticket(place, person, PENSION)
    first = number_on_screen(place)
    go(place)
    before = len(place.papers())
    lay_down(place, person)
    place.kiosk.press("choice:services")
    find(place, PENSION)
    place.kiosk.press(f"matter:{PENSION}")
    place.kiosk.press("primary")
    place.kiosk.see(first, "取消这个号")
    seen.picture()
    place.kiosk.press("choice:cancel")
    place.kiosk.press("primary")
    place.kiosk.see(first, "已取消")
    go(place)
    assert len(place.papers()) == before, "a second slip came out"
    seen.world.ticket_is(first, "cancelled")
    return f"the card showed {first} instead of a second ticket, and cancelled it"
