"""What a visit leaves: nothing. What the day leaves: papers and lists, for anyone to check with tools of their own."""

from __future__ import annotations

import json
from base64 import b64encode
from contextlib import suppress
from pathlib import Path
from time import monotonic, time
from typing import Final

import psutil

from certificates import code
from certificates.verdict import Why
from devices.passport.sim import Passport
from tests.day.certificates import by_stranger, certificate, export_lists, fill_in, issuing, lay_down_id, leave_with
from tests.day.check import Seen, check
from tests.day.checks.binding import scanned, to_code, to_page
from tests.day.checks.certificates import registered
from tests.day.checks.documents import open_passport, traveller
from tests.day.checks.verifying import genuine, issued
from tests.day.people import somebody
from tests.day.phone import owned
from tests.day.traces import traces
from tests.day.visits import PENSION, choose, go, lay_down, print_it, take_ticket, type_in
from tests.day.world import PACE, Place, World
from tests.stand.memory import in_memory

FORGOTTEN: Final = 5.0
"""Seconds after a visit in which all of it must be gone."""

LISTS: Final = ("mine:applied", "mine:reads", "mine:certificates", "mine:expiring")
"""Keys of a person's own page, each to a list."""

ANYBODY: Final = ("99000019", "99000020")
"""What the number of every test person begins with."""


@check("certificate-leaves-nothing")
def certificate_leaves_nothing(seen: Seen) -> str:
    place, world = seen.world.place(), seen.world
    canaries: list[str | bytes] = []
    for paper in ("a4", "80mm"):
        person = somebody("诸葛无痕")
        made = certificate(place, person, paper, seen.paper(f"leaves-nothing-{paper}"))
        signed = code.read(made.text, world.hall.host).signed
        digits = made.text.partition("#")[2]
        canaries += [person.name, person.number, digits[:40], signed, b64encode(signed)]
        go(place)
        registered(world, made.short_code)
        leave_with(seen, made, "valid", person)
    away = somebody("皇甫回头")
    issuing(place)
    lay_down_id(place, away)
    fill_in(place, "80mm")
    place.kiosk.press("nav:leave")
    go(place)
    seen.picture()
    own = place.kiosk.folder, place.cups.socket.parent
    pages = traces(own, b"%PDF-", b"\x89PNG\r")
    assert pages == [], f"a page is left behind in {pages}"
    found = traces([*own, place.beside], *canaries, away.name, away.number)
    assert found == [], f"left behind in {found}"
    assert not any(each in place.kiosk.text() for each in canaries if isinstance(each, str))
    return (
        "after a sheet, a slip and a page that was only looked at, no file of kiosk or spooler, temporary ones too, "
        "holds a name, a number, a page or what was signed"
    )


@check("nothing-stays-in-memory")
def nothing_in_memory(seen: Seen) -> str:
    place, world = seen.world.place(), seen.world
    visits = (
        _with_social_card,
        _with_id_card,
        _with_passport,
        _typed,
        _on_my_page,
        _bound,
        _for_another,
        _walked_away,
    )
    for visit in visits:
        _is_forgotten(place, *visit(place, world))
    for each in world.places():
        _writes_no_core(each)
    everybody = [str(trace) for each in world.places() for trace in in_memory(each.kiosk.pid, *ANYBODY)]
    assert everybody == [], f"of the day's visitors there is left {everybody[:5]}"
    return (
        f"{len(visits)} kinds of visit, each with its own canary: what a scan found during it was gone from processes, "
        f"files and spool within {FORGOTTEN:.0f} s after it, and so are all others of the day"
    )


def _writes_no_core(place: Place) -> None:
    """Nor would any process of the kiosk leave its memory on the disk when it dies."""
    itself = psutil.Process(place.kiosk.pid)
    for process in (itself, *itself.children(recursive=True)):
        with suppress(psutil.NoSuchProcess):  # a sound that has been played meanwhile
            assert process.rlimit(psutil.RLIMIT_CORE) == (0, 0), f"{process.name()} may leave a core"


def _is_forgotten(place: Place, *words: str) -> None:
    """Soon nothing of them is left: neither in memory nor in a file."""
    end = monotonic() + FORGOTTEN
    folders = place.kiosk.folder, place.cups.socket.parent, place.beside
    while found := [*map(str, in_memory(place.kiosk.pid, *words)), *traces(folders, *words)]:
        assert monotonic() < end, f"{FORGOTTEN:.0f} s after the visit there is left {found[:5]}"


def _is_seen(place: Place, *words: str) -> None:
    """While they are there the scan finds them, or it would prove nothing afterwards."""
    found = {trace.canary for trace in in_memory(place.kiosk.pid, *words)}
    assert found == set(range(len(words))), f"the scan sees only {found} of {len(words)}"


def _with_social_card(place: Place, _: World) -> tuple[str, ...]:
    person = somebody("欧阳无迹")
    take_ticket(place, person, PENSION)
    _is_seen(place, person.name, person.number)
    go(place)
    return person.name, person.number


def _with_id_card(place: Place, world: World) -> tuple[str, ...]:
    person = somebody("上官无影")
    certificate(place, person, "a4", world.folder / "forgotten.png")
    _is_seen(place, person.name, person.number)
    go(place)
    return person.name, person.number


def _with_passport(place: Place, world: World) -> tuple[str, ...]:
    person = traveller("X00090009", surname="VERGESSEN")
    open_passport(place, Passport(person, world.country))
    place.kiosk.see("VERGESSEN *")
    _is_seen(place, person.number, "VERGESSEN")
    go(place)
    return person.number, "VERGESSEN", *person.lines


def _typed(place: Place, _: World) -> tuple[str, ...]:
    person = somebody("令狐无声")
    place.kiosk.press("choice:no-card")
    place.kiosk.press("choice:typed")
    for digit in person.number:
        place.kiosk.press(f"digit:{digit}")
    _is_seen(place, person.number)
    place.kiosk.press("primary")
    choose(place, PENSION)
    print_it(place)
    go(place)
    return (person.number,)


def _on_my_page(place: Place, _: World) -> tuple[str, ...]:
    person = somebody("宇文无念")
    to_page(place, person)
    place.kiosk.press("hold:name")
    for key in [each for each in place.kiosk.ask("keys") if each in LISTS]:
        place.kiosk.press(key)
        place.kiosk.press("nav:back")
        place.kiosk.see("谁看过我的资料", "宇*念")
    place.kiosk.press("primary")
    place.kiosk.see("清单打好了")
    _is_seen(place, person.name, person.number)
    place.kiosk.press("nav:leave")
    go(place)
    return person.name, person.number


def _bound(place: Place, world: World) -> tuple[str, ...]:
    person = somebody("公孙无言")
    openid = owned(world, person, "公孙的手机")
    to_code(place, person)
    _is_seen(place, person.name, person.number)
    scanned(place, world, person, openid)
    place.kiosk.press("nav:leave")
    go(place)
    return person.name, person.number


def _for_another(place: Place, _: World) -> tuple[str, ...]:
    guardian, ward = somebody("太叔无心"), somebody("太叔小无", birth="20170601")
    lay_down(place, guardian)
    place.kiosk.press("choice:acting")
    place.kiosk.press("choice:ward")
    type_in(place, ward.number)
    place.kiosk.press("primary")
    choose(place, PENSION)
    _is_seen(place, guardian.name, guardian.number, ward.number)
    print_it(place)
    go(place)
    return guardian.name, guardian.number, ward.number


def _walked_away(place: Place, _: World) -> tuple[str, ...]:
    person = somebody("钟离无踪")
    lay_down(place, person)
    place.kiosk.press("choice:services")
    place.kiosk.see("请取走您的证件", seconds=115 * PACE)
    go(place)
    return person.name, person.number


@check("papers-left-to-check")
def papers_left(seen: Seen) -> str:
    folder = seen.paper("left").parent
    good, revoked = genuine(seen), issued(seen, "范留样", "left-revoked")
    seen.world.hall.revoke_certificate(revoked.short_code, Why.OTHER)
    leave_with(seen, good, "valid", good.holder)
    leave_with(seen, revoked, "revoked", revoked.holder)
    export_lists(seen.world, folder)
    told = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]
    untold = {path.stem for kind in ("png", "pdf") for path in folder.glob(f"*.{kind}")} - {
        Path(each["file"]).stem for each in told
    }
    assert not untold, f"nothing is said of {untold}"
    for each in told:  # later the lists are old: whoever checks then asks for the answer of this moment
        path = (folder / each["file"]).with_suffix(".json")
        path.write_text(json.dumps(each | {"at": int(time())}, ensure_ascii=False, indent=1), "utf-8")
    found = by_stranger(folder, *(folder / each["file"] for each in told))
    wrong = [
        f"{each['file']} should be {each['result']}, found {said['result']}"
        for each, said in zip(told, found, strict=True)
        if said["result"] != each["result"]
    ]
    assert not wrong, f"what was left is not what is told of it: {wrong}"
    results = sorted({each["result"] for each in told})
    return (
        f"{len(told)} papers lie beside what they say and the hall's lists; a stranger finds them {', '.join(results)}"
    )
