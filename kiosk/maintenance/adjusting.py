"""How loud and how bright the kiosk is; each step is heard or seen at once."""

from __future__ import annotations

from functools import partial

from kiosk.maintenance.asking import pressed
from kiosk.maintenance.desk import MaintenanceDesk
from kiosk.maintenance.roles import Deed
from kiosk.steps import Work
from screens.pages import Adjust


async def adjust(desk: MaintenanceDesk) -> None:
    knobs = desk.tools.knobs
    while True:
        volume, brightness = await Work("store", knobs.levels)
        what, _, level = (await pressed(Adjust(desk.badge, volume, brightness))).partition(":")
        match what:
            case "volume":
                await Work("store", partial(knobs.set_volume, int(level)))
                desk.tools.sound()
            case "brightness":
                await Work("store", partial(knobs.set_brightness, int(level)))
            case _:
                return
        desk.did(Deed.ADJUST)
