"""The A4 printer fails: what is in doubt says so, and nothing comes out later for somebody else."""

from __future__ import annotations

from tests.day.certificates import certificate, fill_in, issuing, lay_down_id, leave_with
from tests.day.check import Seen, check
from tests.day.checks.certificates import registered
from tests.day.people import somebody
from tests.day.visits import go
from tests.day.world import Place, World
from tests.stand.cable import LastAnswer
from tests.stand.kiosk import until


def _to_preview(place: Place, name: str) -> None:
    issuing(place, "a4")
    lay_down_id(place, somebody(name))
    fill_in(place, "a4")


@check("a4-power-cut-is-uncertain")
def power_cut(seen: Seen) -> str:
    place, world = seen.world.place(), seen.world
    _to_preview(place, "郑断电")
    before, begun = len(place.feeder.papers()), place.feeder.begun
    place.feeder.sheet_s = 4.0
    place.kiosk.press("primary")
    until("the sheet is on its way", lambda: place.feeder.begun > begun, 20)
    place.feeder.power_cut()
    place.kiosk.see("证明可能不完整", seconds=90)
    seen.picture()
    go(place)
    place.feeder.sheet_s = 0.3
    place.feeder.power_on()
    until("A4 is open again", lambda: "A4 和小票" in place.kiosk.text(), 60)
    short = until("the hall hears of it", lambda: _uncertain(world), 30)
    assert registered(world, short) == [(1, "uncertain")]
    assert len(place.feeder.papers()) == before, "a sheet came out after the power was back"
    return (
        f"the power went in the middle of a sheet: {short} is uncertain, is not sent again, and nothing comes out later"
    )


def _uncertain(world: World) -> str:
    rows = world.hall.rows("SELECT certificate FROM certificate_copy WHERE outcome = 'uncertain' AND paper = 'a4'")
    return str(rows[0][0]) if rows else ""


@check("unplugged-a4-never-prints-later")
def unplugged(seen: Seen) -> str:
    place, world = seen.world.place(), seen.world
    _to_preview(place, "冯拔线")
    before, jobs, asked = len(place.feeder.papers()), _jobs(place), len(place.feeder.requests)
    place.lay_sheet_cable(LastAnswer)  # during a visit nobody asks the printer but who prints
    place.kiosk.press("primary")
    place.kiosk.see("证明没有打印", seconds=90)
    seen.picture()
    assert _jobs(place) == jobs + 1, "there was no job that could come out later"
    assert set(place.feeder.requests[asked:]) == {"Get-Printer-Attributes", "Get-Jobs"}, place.feeder.requests[asked:]
    go(place)
    short = until("the hall hears of it", lambda: _void(world), 30)
    place.lay_sheet_cable()
    until("A4 is open again", lambda: "A4 和小票" in place.kiosk.text(), 60)
    paper = certificate(place, somebody("陈之后"), "a4", seen.paper("after-unplugged"))
    go(place)
    leave_with(seen, paper, "valid", somebody("陈之后"))
    assert len(place.feeder.papers()) == before + 1, "the old job came out too"
    assert paper.short_code != short
    return f"the cable came out before the first byte: {short} is void, and later only the next person's sheet came out"


def _jobs(place: Place) -> int:
    """How many CUPS was given so far."""
    return place.cups.log().count(" Print-Job ")


def _void(world: World) -> str:
    rows = world.hall.rows("SELECT certificate FROM certificate_copy WHERE outcome = 'void' AND paper = 'a4'")
    return str(rows[-1][0]) if rows else ""
