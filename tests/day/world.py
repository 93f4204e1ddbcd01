"""One hall, one card daemon, and as many kiosks as a day needs, each with its own devices."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import tomli_w

from devices.card.sim import Slot
from devices.idcard.sim import Sam
from devices.passport.sim import Country
from devices.printer.sim import ThermalPrinter
from devices.printer.sim_paper import Piece
from devices.scanner.sim import StreamCamera, scene
from devices.sheets.sim import SheetFeeder
from hall.catalogue import SHIPPED
from hall.channels.sim import WeChatSide
from tests.stand.cable import Cable
from tests.stand.cupsd import Cupsd
from tests.stand.ears import Ears
from tests.stand.hall import RunningHall
from tests.stand.kiosk import KioskProcess, until
from tests.stand.pcscd import Pcscd
from tests.stand.stick import Stick
from tests.stand.unit import Unit

PACE = 0.14
"""How much faster than a citizen's the time-outs of pages run: 75 s become 10.5 s."""

HEARTBEAT = 1.0


@dataclass(frozen=True, slots=True)
class Fittings:
    """How a world is set up: the day's is quick, and its sounds go to its own ears.

    ``loud``: sounds come out of this computer's loudspeaker instead. ``kiosk``,
    ``hall``: what is added to the environment of these processes. ``settings``: to each kiosk.toml. ``unit``: what
    a supervisor keeps each kiosk alive by.
    """

    pace: float = PACE
    loud: bool = False
    kiosk: Mapping[str, str] = field(default_factory=dict)
    hall: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    unit: Unit | None = None


class Place:
    """One kiosk and what is plugged into it."""

    def __init__(self, world: World, name: str) -> None:
        self.name = name
        self.number = f"{len(world.places()) + 1:02d}"
        folder = world.folder / f"kiosk-{name}"
        self.printer = ThermalPrinter()
        self.printer.start()
        world.stack.callback(self.printer.stop)
        self.camera = StreamCamera()
        world.stack.callback(self.camera.unplug)
        self.sam = Sam(world.made(folder / "sam"))
        world.stack.callback(self.sam.unplug)
        self.pcscd = Pcscd().start()
        world.stack.callback(self.pcscd.close)
        self.slot = Slot(self.pcscd.connect)
        world.stack.callback(self.slot.remove)
        self.cups = Cupsd().start()
        world.stack.callback(self.cups.close)
        self.feeder = SheetFeeder()
        world.stack.callback(self.feeder.close)
        self.sheet_cable = Cable(self.feeder.port)
        world.stack.callback(lambda: self.sheet_cable.stop())
        self.beside = world.made(world.folder / f"beside-{name}")
        """For what is not the kiosk's own: a stick, a phone's picture of the screen."""
        self.stick = Stick(self.beside / "stick.img", self.beside / "stick")
        world.stack.callback(self.stick.pull)
        self._root = world.hall.root
        self._anchors = world.anchors
        self._more = world.fittings.settings
        self.ears = Ears(world.made(folder / "sounds"))
        self.data = folder / "data"
        self.off = folder / "off"
        """Is there once the kiosk has switched its machine off."""
        fittings = world.fittings
        heard = {"TMPDIR": str(world.made(folder / "tmp"))} | ({} if fittings.loud else self.ears.environment())
        self.kiosk = KioskProcess(folder, self._settings(fittings.pace), {**heard, **fittings.kiosk})
        self.kiosk.enrol(world.hall.code(), world.cable_url)
        world.stack.callback(self.kiosk.stop)
        self.kiosk.start(fittings.unit)
        self.attract(seconds=30)

    def _settings(self, pace: float) -> dict[str, Any]:
        return {
            "data": str(self.data),
            "heartbeat": HEARTBEAT,
            "screen": {"fullscreen": False},
            "card": {"driver": "pcsc", "socket": self.pcscd.path, "trust": str(self._anchors)},
            "id_card": {"driver": "sdt", "port": str(self.sam.port)},
            "printer": {"driver": "network", "host": "127.0.0.1", "port": self.printer.port},
            "sheets": {
                "driver": "cups",
                "queue": "sheets",
                "printer": self.feeder.uri.replace(str(self.feeder.port), str(self.sheet_cable.port)),
                "cups": str(self.cups.socket),
            },
            "certificates": {"root": str(self._root)},
            "maintenance": {"stick": str(self.stick.at), "power_off": ["touch", str(self.off)]},
            "scanner": {"driver": "camera", "source": self.camera.url},
            "limits": {"pace": pace, "look": max(1.0, 5 * pace), "refill": max(6.0, 30 * pace)},
            **self._more,
        }

    def attract(self, seconds: float = 10.0) -> None:
        """Wait for the waiting screen with every service open."""
        self.kiosk.see("请放身份证", "插社保卡", seconds=seconds)
        until("tickets can be taken", lambda: "choice:no-card" in self.kiosk.ask("keys"), seconds)

    def lay_sheet_cable(self, kind: type[Cable] = Cable) -> None:
        """Another cable to the A4 printer, at the same socket."""
        port = self.sheet_cable.port
        self.sheet_cable.stop()
        self.sheet_cable = kind(self.feeder.port, port=port)

    @property
    def id(self) -> str:
        """The kiosk's name at the hall."""
        return f"K-02{self.number}"

    def start_over(self) -> None:
        self.kiosk.kill()
        self.slot.remove()
        self.slot = Slot(self.pcscd.connect)
        self.sam.take_away()
        self.camera.show(scene())
        self.printer.refill()
        self.kiosk.start()
        self.attract(30)

    def papers(self) -> list[Piece]:
        return [piece for piece in self.printer.papers() if not piece.blank]

    def new_paper(self, before: int, seconds: float = 10.0) -> Piece:
        """The one paper that came out since there were ``before``."""
        until("a slip", lambda: len(self.papers()) > before and self.printer.idle, seconds)
        assert len(self.papers()) == before + 1, f"{len(self.papers()) - before} slips came out"
        return self.papers()[-1]


class World:
    """Everything that a scripted day needs; ``close`` ends it all."""

    def __init__(self, folder: Path, fittings: Fittings | None = None) -> None:
        self.folder = folder
        self.fittings = fittings or Fittings()
        self.stack = ExitStack()
        self._places: dict[str, Place] = {}
        self.kept: dict[str, Any] = {}
        """Good papers of the day, one of each size, for those who want to look at one."""
        try:
            self._set_up()
        except BaseException:
            self.close()
            raise

    def _set_up(self) -> None:
        self.cable = Cable(0)
        self.stack.callback(self.cable.stop)
        self.cable_url = f"https://localhost:{self.cable.port}"
        self.country = Country("UT")
        self.anchors = self.folder / "master-list"
        self.anchors.write_bytes(self.country.master_list([self.country.root.certificate]))
        self._write_catalogue()
        self.wechat = self.stack.enter_context(WeChatSide(self.folder / "wechat"))
        self.hall = RunningHall(
            self.folder / "hall",
            self.fittings.hall,
            address=self.cable_url,
            catalogue="catalogue",
            channels={"wechat": self.wechat.settings()},
            accounts_per_minute=6_000,  # the day's people come faster than any
            binds_per_minute=6_000,
        )
        self.stack.callback(self.hall.stop)
        self.hall.start()
        self.cable.target = self.hall.port

    @property
    def hall_url(self) -> str:
        """The hall itself, past the cable that can be pulled."""
        return f"https://localhost:{self.hall.port}"

    def _write_catalogue(self) -> None:
        """The shipped services, at windows that are open whenever the day is played."""
        folder = self.folder / "hall" / "catalogue"
        shutil.copytree(SHIPPED, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
        hall = tomllib.loads((folder / "hall.toml").read_text("utf-8"))
        hall["hours"]["open"] = [[day, "00:00", "24:00"] for day in range(7)]
        (folder / "hall.toml").write_text(tomli_w.dumps(hall), "utf-8")

    def made(self, folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def place(self, name: str = "A") -> Place:
        """The kiosk of this name, set up and started when it is first asked for."""
        if name not in self._places:
            self._places[name] = Place(self, name)
        return self._places[name]

    def places(self) -> list[Place]:
        return list(self._places.values())

    def tickets(self, where: str = "1 = 1", *values: Any) -> list[dict[str, Any]]:
        """Rows of the hall's ticket table."""
        columns = "id, day, number, queue, state, matters, via, masked, kiosk, epoch, seq, merged_into, person, booking"
        rows = self.hall.rows(f"SELECT {columns} FROM ticket WHERE {where} ORDER BY at", *values)
        return [dict(zip(columns.split(", "), row, strict=True)) for row in rows]

    def ticket(self, number: str, seconds: float = 15.0) -> dict[str, Any]:
        """The hall's row of a number, waited for."""
        found = until(f"ticket {number} at the hall", lambda: self.tickets("number = ?", number), seconds)
        assert len(found) == 1, found
        row: dict[str, Any] = found[0]
        return row

    def ticket_is(self, number: str, state: str, seconds: float = 15.0) -> None:
        """Wait until the hall has a ticket in this state."""
        until(f"{number} is {state}", lambda: self.tickets("number = ? AND state = ?", number, state), seconds)

    def news_arrives(self, place: Place) -> None:
        """Wait until a kiosk has the hall's newest board and documents, as its requests tell the hall."""
        mark = self.hall.rows("SELECT counter FROM kiosk WHERE id = ?", place.id)[0][0]
        until(
            "two more heartbeats",
            lambda: self.hall.rows("SELECT counter FROM kiosk WHERE id = ?", place.id)[0][0] > mark + 3,
        )

    def keep_lags(self) -> None:
        for place in self.places():
            place.kiosk.keep_lags()

    def lags(self) -> list[float]:
        """Milliseconds by which each beat of each kiosk's GUI thread was late so far."""
        return [round(lag, 2) for place in self.places() for lag in place.kiosk.lags]

    def start_over(self) -> None:
        """After a red check: every kiosk anew, every device whole, the cable in."""
        self.cable.target = self.hall.port
        self.cable.mend()
        for place in self.places():
            place.start_over()

    def close(self) -> None:
        self.stack.close()


def shown_to_camera(place: Place, picture: np.ndarray[Any, Any]) -> Callable[[], None]:
    """Hold something under the scanner; the result takes it away again."""
    place.camera.show(picture)
    return lambda: place.camera.show(scene())
