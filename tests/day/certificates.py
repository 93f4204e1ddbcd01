"""Pieces of visits for certificates, and the three ways in which a paper of the day is checked."""

from __future__ import annotations

import json
import os
import re
import shutil
import ssl
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit
from urllib.request import urlopen

import cv2
import numpy as np
import pypdfium2
import zxingcpp
from playwright.sync_api import BrowserContext, Page, expect

from certificates.lists import opened_index
from certificates.root import first, followed
from tests.day.check import Seen
from tests.day.paper import RIM, Picture, codes, picture
from tests.day.people import Person
from tests.day.visits import past_notice
from tests.day.world import Place, World, shown_to_camera
from tests.stand.kiosk import until
from tests.stand.phone import phone

ROOT: Final = Path(__file__).resolve().parents[2]
SINCE: Final = "20190305"
PRINT_DPI: Final = 200
_SIDE: Final = 640
"""Dots of the camera that a code covers when it is held well."""


@dataclass(frozen=True)
class Paper:
    """A certificate that came out: its picture as a person holds it, and the file it is kept in as evidence."""

    picture: Picture = field(repr=False)
    file: Path
    text: str = field(repr=False)
    """What its QR code says, as a phone reads it."""
    holder: Person | None = None

    @property
    def short_code(self) -> str:
        return urlsplit(self.text).path.rpartition("/")[2]


def lay_down_id(place: Place, person: Person) -> None:
    """Put an ID card on the reader and wait until certificates can be chosen."""
    place.sam.lay_down(person.id_card)
    place.kiosk.see(f"{person.name[0]}*")
    until("the key for certificates", lambda: "choice:certificates" in place.kiosk.ask("keys"))


def issuing(place: Place, paper: str = "80mm", seconds: float = 40.0) -> None:
    """Wait until the waiting screen says that certificates can be printed, on this paper."""
    said = "A4 和小票，24 小时" if paper == "a4" else "小票，24 小时"
    until("certificates can be issued", lambda: said in place.kiosk.text(), seconds)


def fill_in(place: Place, paper: str, kind: str = "residence") -> None:
    """From the first page to the preview of a certificate of residence."""
    kiosk = place.kiosk
    kiosk.press("choice:certificates")
    kiosk.see("要打印哪种证明")
    kiosk.press(f"choice:{kind}")
    past_notice(place, "要打印哪种证明")
    kiosk.see("从哪一天起")
    for digit in SINCE:
        kiosk.press(f"digit:{digit}")
    kiosk.press("primary")
    kiosk.see("用来办什么")
    kiosk.press("choice:1")
    if "哪种纸" in until("the next page", lambda: _next_page(place)):
        kiosk.press(f"choice:{paper}")
    kiosk.see("请看一遍，再打印", seconds=15)


def _next_page(place: Place) -> str:
    text = place.kiosk.text()
    return text if "哪种纸" in text or "请看一遍" in text else ""


def certificate(place: Place, person: Person, paper: str, out: Path, *, offline: bool = False) -> Paper:
    """A whole visit with an ID card, up to the screen that says to take the certificate."""
    if not offline:
        issuing(place, paper)
    lay_down_id(place, person)
    fill_in(place, paper)
    return replace(printed(place, paper, out), holder=person)


def printed(place: Place, paper: str, out: Path) -> Paper:
    """From the preview to the paper."""
    before = len(place.feeder.papers()) if paper == "a4" else len(place.papers())
    place.kiosk.press("primary")
    place.kiosk.see("证明已打印", seconds=20)
    return on_sheet(place, before, out) if paper == "a4" else on_slip(place, before, out)


def on_slip(place: Place, before: int, out: Path) -> Paper:
    piece = place.new_paper(before)
    return paper_of(picture(piece), piece.png(out))


def on_sheet(place: Place, before: int, out: Path) -> Paper:
    until("a sheet", lambda: len(place.feeder.papers()) > before and place.feeder.idle, 20)
    papers = place.feeder.papers()
    assert len(papers) == before + 1, f"{len(papers) - before} sheets came out"
    kept = out.with_suffix(".pdf")
    kept.write_bytes(papers[-1].read_bytes())
    return paper_of(page_of(kept), kept)


def page_of(pdf: Path, dpi: int = PRINT_DPI, *, colour: bool = False) -> Picture:
    """The one page of a PDF as the printer puts it on paper, in grey or in colour (blue, green, red)."""
    document = pypdfium2.PdfDocument(pdf.read_bytes())
    try:
        assert len(document) == 1, f"{len(document)} pages"
        drawn = np.array(document[0].render(scale=dpi / 72, grayscale=not colour).to_numpy())
        return drawn[..., :3] if colour else drawn.squeeze()
    finally:
        document.close()


def paper_of(seen: Picture, file: Path) -> Paper:
    return Paper(seen, file, _code(seen).text)


class Corners(NamedTuple):
    """Where the code stands on a paper, in dots, without its quiet zone."""

    left: int
    top: int
    right: int
    bottom: int


def corners(paper: Picture) -> Corners:
    position = _code(paper).position
    spots = [(p.x - RIM, p.y - RIM) for p in (position.top_left, position.bottom_right)]
    (left, right), (top, bottom) = (sorted(axis) for axis in zip(*spots, strict=True))
    return Corners(left, top, right, bottom)


def _code(seen: Picture) -> zxingcpp.Barcode:
    found = codes(seen)
    assert len(found) == 1, f"{len(found)} codes on the paper"
    return found[0]


def leave_with(seen: Seen, paper: Paper, result: str, person: Person | None = None, copy: int = 1) -> None:
    """Leave with a paper what it says and what every verifier must answer."""
    says = {"name": person.name, "masked": person.number[:3] + person.number[-4:], "copy": copy} if person else {}
    seen.expect(paper.file, paper.text, result, {"short_code": paper.short_code, **says})


# The three verifiers.


def by_command(world: World, *files: Path, at: int | None = None, offline: bool = False) -> list[dict[str, Any]]:
    """What ``verify-certificate`` says of these files; ``exit`` is how it ended.

    By the hall's lists of now, or ``offline`` by those that it fetched last. It was given the first root, and never
    another.
    """
    told = ["--offline" if offline else "--refresh", "--root", str(world.hall.root), "--ca", str(world.hall.ca)]
    told += ["--lists", str(world.made(world.folder / "verifier"))]
    return _commanded(files, [*told, *(["--at", str(at)] if at else [])])


def by_stranger(folder: Path, *files: Path) -> list[dict[str, Any]]:
    """The same for who has nothing but what ``export_lists`` left, and no network."""
    return _commanded(files, ["--offline", "--root", str(folder / "root-1.cbor"), "--lists", str(folder / "lists")])


def _commanded(files: Sequence[Path], told: list[str]) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "kiosk.verify_certificate", *map(str, files), "--json", *told]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=60,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert lines, f"verify-certificate ended with {done.returncode}: {done.stderr}"
    return [line | {"exit": done.returncode} for line in lines]


def at_kiosk(place: Place, paper: Picture | Paper) -> str:
    """Hold a paper under the scanner; what the screen says then. The paper is taken away again."""
    place.kiosk.press("choice:verify")
    place.kiosk.see("放到扫描口")
    take_away = shown_to_camera(place, held(paper.picture if isinstance(paper, Paper) else paper))
    try:
        return str(until("a verdict", lambda: _verdict(place), 15))
    finally:
        take_away()


def _verdict(place: Place) -> str:
    text = place.kiosk.text()
    return text if "再验一张" in text else ""


def leave(place: Place) -> None:
    """End a visit without a card."""
    place.kiosk.press("nav:leave")
    place.attract(20)


def held(paper: Picture) -> Picture:
    """The part of a paper with the code, as the camera above it sees it."""
    at = corners(paper)
    margin = (at.right - at.left) // 12
    code = paper[max(0, at.top - margin) : at.bottom + margin, max(0, at.left - margin) : at.right + margin]
    times = _SIDE // code.shape[0]
    if times:
        seen: Picture = np.kron(code, np.ones((times, times), np.uint8))
    else:
        seen = cv2.resize(code, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA)
    frame = np.full((720, 1280), 255, np.uint8)
    top, left = (720 - seen.shape[0]) // 2, (1280 - seen.shape[1]) // 2
    frame[top : top + seen.shape[0], left : left + seen.shape[1]] = seen
    return frame


@contextmanager
def a_phone(world: World, name: str) -> Iterator[BrowserContext]:
    """Somebody's phone on a network of its own: the kiosks' cable may be out."""
    folder = world.made(world.folder / "phones" / name)
    with phone(world.hall.keys.server_certificate, folder, reach=world.hall.port) as context:
        yield context


def opened(context: BrowserContext, address: str) -> Page:
    """Open the very address on a paper, and wait for its verdict."""
    page = context.new_page()
    page.goto(address)
    expect(page.locator("#word")).not_to_have_text(re.compile("^$|正在|Checking"), timeout=20_000)
    return page


def word(page: Page) -> str:
    """The result, as the page shows it."""
    return page.locator("#word").inner_text()


def export_lists(world: World, folder: Path) -> None:
    """The first root, and every document as the hall serves it: what a stranger needs to check the day's papers."""
    trust = ssl.create_default_context(cafile=str(world.hall.ca))

    def fetched(name: str) -> bytes:
        with urlopen(f"{world.hall_url}/lists/{name}", context=trust, timeout=10) as answer:
            return bytes(answer.read())

    shutil.copy(world.hall.root, folder / world.hall.root.name)
    root = first(world.hall.root.read_bytes())
    documents = {"root/1": root.data}
    for later in sorted((world.hall.folder / "ceremony").glob("root-*.cbor"))[1:]:
        root = followed(root, fetched(f"root/{root.version + 1}"))
        documents[f"root/{root.version}"] = root.data
        assert root.data == later.read_bytes()
    documents["index"] = fetched("index")
    documents |= {name: fetched(name) for name in opened_index(root, documents["index"]).named()}
    shutil.rmtree(folder / "lists", ignore_errors=True)
    for name, data in documents.items():
        path = folder / "lists" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
