"""Certificates: printed at any hour, recorded, counted, and each a page that was looked at before."""

from __future__ import annotations

from functools import partial

import cv2
import numpy as np

from certificates import code
from devices.printer.profiles import PROFILES
from devices.printer.sim_paper import Piece
from tests.day import certificates as papers
from tests.day.certificates import (
    a_phone,
    certificate,
    fill_in,
    issuing,
    lay_down_id,
    leave_with,
    opened,
    page_of,
    printed,
    word,
)
from tests.day.check import Seen, check
from tests.day.checks.offline import mend, unplug
from tests.day.likeness import difference
from tests.day.paper import codes, frame_on, picture
from tests.day.people import Person, somebody
from tests.day.visits import go, lay_down
from tests.day.world import Place, World
from tests.stand.kiosk import until

ALIKE = 0.01
"""Mean difference, of 255, at which two pictures are one page: the screen scales and changes nothing else."""


FED = PROFILES["80mm"].feed_rows
"""Rows of white that the printer feeds behind a slip, before it cuts."""


def registered(world: World, short_code: str, seconds: float = 20.0) -> list[tuple[int, str]]:
    """The copies of a certificate at the hall with what became of each, waited for."""
    rows = until(
        f"{short_code} at the hall",
        lambda: world.hall.rows(
            "SELECT copy, outcome FROM certificate_copy WHERE certificate = ? AND outcome IS NOT NULL ORDER BY copy",
            short_code,
        ),
        seconds,
    )
    return [(row[0], row[1]) for row in rows]


@check("cert-thermal")
def cert_thermal(seen: Seen) -> str:
    place, person = seen.world.place(), somebody("王小明")
    paper = certificate(place, person, "80mm", seen.paper("cert-thermal"))
    seen.picture()
    go(place)
    seen.world.kept["80mm"] = paper
    leave_with(seen, paper, "valid", person)
    assert registered(seen.world, paper.short_code) == [(1, "printed")]
    (said,) = papers.by_command(seen.world, paper.file)
    assert said["result"] == "valid", f"the paper is no good: {said}"
    assert (said["content"]["name"], said["content"]["copy"]) == (person.name, 1)
    return f"{paper.short_code} came out on 80 mm, its code is read at 6 dots a module, and the hall has it"


@check("cert-a4")
def cert_a4(seen: Seen) -> str:
    place, person = seen.world.place(), somebody("李秀英")
    paper = certificate(place, person, "a4", seen.paper("cert-a4"))
    seen.picture()
    go(place)
    seen.world.kept["a4"] = paper
    leave_with(seen, paper, "valid", person)
    seen.page(paper.picture)
    assert registered(seen.world, paper.short_code) == [(1, "printed")]
    data = paper.file.read_bytes()
    assert b"pdfaid" in data, "no PDF/A"
    (said,) = papers.by_command(seen.world, paper.file)
    assert said["result"] == "valid", f"the paper is no good: {said}"
    assert (said["content"]["name"], said["content"]["copy"]) == (person.name, 1)
    return f"{paper.short_code} came out of the A4 printer as PDF/A, its code is valid, and the hall has it"


@check("preview-equals-print")
def preview_equals_print(seen: Seen) -> str:
    place = seen.world.place()
    told = []
    for kind in ("a4", "80mm"):
        issuing(place, kind)
        lay_down_id(place, somebody("赵预览"))
        fill_in(place, kind)
        screen = seen.picture(label=f"-{kind}")
        paper = printed(place, kind, seen.paper(f"preview-equals-print-{kind}"))
        go(place)
        papers.leave_with(seen, paper, "valid", somebody("赵预览"))
        page = page_of(paper.file, 110, colour=True) if kind == "a4" else paper.picture[:-FED]
        shown = np.asarray(cv2.imread(str(screen)), np.uint8)
        apart = difference(shown, page)
        assert apart < ALIKE, f"the {kind} on the screen is not what was printed: {apart:.3f} of 255"
        other = page.copy()
        other[page.shape[0] // 3 : page.shape[0] // 3 + 40] = 255
        assert difference(shown, other) > ALIKE, "a page with a line less looks just as alike"
        told.append(f"{kind} {apart:.3f}")
    return f"the page on the screen is the page that was printed, by pixels (mean difference of 255): {', '.join(told)}"


@check("cert-offline-then-registered")
def cert_offline(seen: Seen) -> str:
    place, world, person = seen.world.place(), seen.world, somebody("孙离线")
    issuing(place)
    unplug(seen, place)
    paper = certificate(place, person, "80mm", seen.paper("cert-offline"), offline=True)
    seen.picture()
    go(place)
    assert world.hall.rows("SELECT 1 FROM certificate WHERE id = ?", paper.short_code) == []
    with a_phone(world, "offline") as context:
        page = opened(context, paper.text)
        assert word(page) == "真实，登记稍后到达", word(page)
        seen.browser(page, "-before")
        mend(seen, place)
        assert registered(world, paper.short_code, 40) == [(1, "printed")]
        page = opened(context, paper.text)
        assert word(page) == "真实有效", word(page)
        seen.browser(page, "-after")
    leave_with(seen, paper, "valid", person)
    return f"{paper.short_code} was printed with the cable out, genuine at once and registered when it was back"


@check("reprint-is-marked")
def reprint_is_marked(seen: Seen) -> str:
    place, world, person = seen.world.place(), seen.world, somebody("周补打")
    first = certificate(place, person, "80mm", seen.paper("reprint-1"))
    before = len(place.papers())
    place.kiosk.press("missing")
    place.kiosk.see("证明已打印", seconds=15)
    piece = until("a whole second paper", partial(_whole, place, before), 15)
    second = papers.paper_of(picture(piece), piece.png(seen.paper("reprint-2")))
    seen.picture()
    go(place)
    assert "REPRINT" in frame_on(piece), "the second paper does not say that it is one"
    assert second.short_code == first.short_code
    assert second.text != first.text, "the second copy carries the first one's code"
    assert registered(world, first.short_code) == [(1, "printed"), (2, "printed")]
    (said,) = papers.by_command(world, second.file)
    assert (said["result"], said["content"]["copy"]) == ("valid", 2)
    leave_with(seen, first, "valid", person)
    leave_with(seen, second, "valid", person, copy=2)
    return (
        f"{first.short_code} was printed twice: the second paper is framed 补打 / REPRINT 2, and its code says copy 2"
    )


def _whole(place: Place, before: int) -> Piece | None:
    """The one paper that came out since, with its code on it."""
    fresh = place.papers()[before:]
    return fresh[0] if len(fresh) == 1 and place.printer.idle and codes(picture(fresh[0])) else None


@check("two-kiosks-never-share-an-index")
def two_kiosks(seen: Seen) -> str:
    world = seen.world
    said: dict[str, tuple[int, str]] = {}
    for name in ("A", "B"):
        place = world.place(name)
        issuing(place)
        for who in ("甲", "乙"):
            paper = certificate(place, somebody(f"{who}同号"), "80mm", seen.paper(f"index-{name}-{who}"))
            go(place)
            papers.leave_with(seen, paper, "valid", somebody(f"{who}同号"))
            said[paper.short_code] = _index(world, paper), place.id
    for short, on_paper in said.items():
        registered(world, short)
        (known,) = world.hall.rows("SELECT status, kiosk FROM certificate WHERE id = ?", short)
        assert tuple(known) == on_paper, f"the paper says {on_paper}, the hall {known}"
        given = world.hall.rows('SELECT 1 FROM status_index WHERE "index" = ? AND kiosk = ?', *on_paper)
        assert given, f"the index {on_paper[0]} on a paper of {on_paper[1]} was given to another kiosk"
    indices = sorted(index for index, _ in said.values())
    assert len(set(indices)) == len(indices), f"one index on two papers: {indices}"
    assert min(np.diff(indices)) > 1, f"indices in a row tell how many certificates were issued: {indices}"
    return f"{len(said)} papers of two kiosks say {len(indices)} indices, no two in a row, each given to its kiosk"


def _index(world: World, paper: papers.Paper) -> int:
    """The place in the status lists that stands on the paper itself."""
    return code.claims(code.read(paper.text, world.hall.host).message).status


@check("social-card-gets-no-certificate")
def social_card(seen: Seen) -> str:
    place = seen.world.place()
    issuing(place)
    place.sam.unplug()
    place.kiosk.see("C101")
    lay_down(place, somebody("吴社保"))
    known = len(seen.world.hall.rows("SELECT 1 FROM certificate"))
    place.kiosk.press("choice:certificates")
    place.kiosk.see("要打印哪种证明", "要用身份证")
    seen.picture()
    open_ones = [key for key in place.kiosk.ask("keys") if key.startswith("choice:")]
    assert open_ones == [], f"open with a social security card: {open_ones}"
    place.slot.remove()
    place.sam.plug_in()
    place.attract(20)
    assert len(seen.world.hall.rows("SELECT 1 FROM certificate")) == known
    return "a social security card opens no certificate; where no ID card can be read each says that it needs one"


@check("void-when-turned-away")
def turned_away(seen: Seen) -> str:
    place, world = seen.world.place(), seen.world
    issuing(place)
    known = {row[0] for row in world.hall.rows("SELECT id FROM certificate")}
    before = len(place.papers())
    lay_down_id(place, Person("钱反悔", somebody().number))
    fill_in(place, "80mm")
    place.kiosk.press("nav:leave")
    go(place)
    fresh = until("the hall hears of it", partial(_fresh, world, known), 20)
    assert registered(world, fresh[0]) == [(1, "void")]
    assert len(place.papers()) == before, "a paper came out for somebody who had left"
    until("it is revoked", partial(_revoked, world, fresh[0]), 20)
    return (
        "who looks at the page and leaves gets no paper; the copy is void and the hall revokes the code that was shown"
    )


def _revoked(world: World, short: str) -> bool:
    return bool(world.hall.rows("SELECT 1 FROM revocation JOIN certificate USING (status) WHERE id = ?", short))


def _fresh(world: World, known: set[str]) -> list[str]:
    return [row[0] for row in world.hall.rows("SELECT id FROM certificate") if row[0] not in known]
