"""What happens to the camera, and what is held under it."""

from __future__ import annotations

from random import Random

import cv2
import numpy as np

from devices.scanner.sim import HEIGHT, WIDTH, Picture, code, scene
from tests.soak.readers import kill_worker
from tests.soak.stage import Stage
from tests.soak.trouble import GONE, SLIP, ending

_BOOKED = ("Review/primary", "TakeTicket/")


def unplugged(stage: Stage, chance: Random) -> str:
    """While it looks for a booking code."""
    stage.whole("Attract/choice:booking", "ScanCode/")
    stage.place.camera.unplug()
    stage.whole("Attract/")
    stage.sees("扫码口没有接通", "S101")
    return "S101"


def mend_camera(stage: Stage) -> None:
    if stage.place.camera.viewers() == 0:
        stage.place.camera.unplug()
        stage.place.camera.plug_in()


def worker_killed(stage: Stage, chance: Random) -> str:
    """The process that looks through the camera, while it looks: the next one finds the code."""
    with stage.playing("Attract/choice:booking", "ScanCode/stay", *_BOOKED) as visit:
        stage.waits("the camera is looked through", lambda: stage.place.camera.viewers() > 0)
        kill_worker(stage.place, "cv2")
        with stage.under_the_scanner(scene(code(stage.bookings.pop().encode()))):
            seen = ending(visit.result(), SLIP)
    stage.whole("Attract/")
    stage.one_slip()
    return seen


def junk(stage: Stage, chance: Random) -> str:
    """Whatever people hold there, none of it a code of this hall."""
    with stage.under_the_scanner(chance.choice(_JUNK)(chance)):
        stage.whole("Attract/choice:booking", "ScanCode/")
        stage.waits("the camera is looked through", lambda: stage.place.camera.viewers() > 0)
    stage.play("ScanCode/nav:leave")
    return ending(stage.whole("Attract/"), GONE)


def _noise(chance: Random) -> Picture:
    return np.random.default_rng(chance.getrandbits(32)).integers(0, 256, (HEIGHT, WIDTH), np.uint8)


def _strange(chance: Random) -> Picture:
    return scene(code(chance.randbytes(chance.randrange(1, 400))))


def _two(chance: Random) -> Picture:
    return scene(code(chance.randbytes(20)), code(chance.randbytes(20)))


def _no_picture(chance: Random) -> bytes:
    return chance.randbytes(3_000)


def _half_a_picture(chance: Random) -> bytes:
    whole: bytes = cv2.imencode(".jpg", _noise(chance))[1].tobytes()
    return whole[: chance.randrange(20, len(whole))]


_JUNK = (_noise, _strange, _two, _no_picture, _half_a_picture)
