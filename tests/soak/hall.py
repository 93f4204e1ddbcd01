"""What happens between kiosk and hall: a ticket comes all the same, and reaches the hall afterwards."""

from __future__ import annotations

from random import Random

from tests.soak.stage import Stage
from tests.soak.trouble import SLIP, ending
from tests.soak.visits import with_card, without_card


def away(stage: Stage, chance: Random) -> str:
    """The cable is out."""
    stage.world.cable.cut()
    stage.sees("离线可办")
    return _ticket(stage, chance)


def slow(stage: Stage, chance: Random) -> str:
    """Each answer comes late."""
    _lead_to(stage, stage.middle.slow.port)
    return _ticket_by_id_card(stage, chance)


def nonsense(stage: Stage, chance: Random) -> str:
    """Somebody with the hall's certificate answers whatever bytes chance gives."""
    stage.middle.nonsense.chance.seed(chance.getrandbits(48))
    _lead_to(stage, stage.middle.nonsense.port)
    stage.sees("离线可办")
    return _ticket_by_id_card(stage, chance)


def restarted(stage: Stage, chance: Random) -> str:
    """It is killed, and started again, while a ticket is taken."""
    stage.world.hall.kill()
    seen = _ticket(stage, chance)
    stage.world.hall.start()
    return seen


def mend(stage: Stage) -> None:
    stage.place.sam.take_away()
    if stage.world.cable.target != stage.world.hall.port:
        _lead_to(stage, stage.world.hall.port)
    stage.world.cable.mend()


def _lead_to(stage: Stage, port: int) -> None:
    """Another machine at the end of the cable; what was under way breaks."""
    stage.world.cable.cut()
    stage.world.cable.target = port
    stage.world.cable.mend()


def _ticket(stage: Stage, chance: Random) -> str:
    seen = ending(stage.play(*without_card(stage, chance), "TakeTicket|Notice/"), SLIP)
    stage.whole("Attract/")
    stage.one_slip()
    return seen


def _ticket_by_id_card(stage: Stage, chance: Random) -> str:
    stage.place.sam.lay_down(stage.somebody(chance).id_card)
    seen = ending(stage.play(*with_card(stage, chance), "TakeTicket|Notice/"), SLIP)
    stage.whole("Attract/")
    stage.one_slip()
    return seen
