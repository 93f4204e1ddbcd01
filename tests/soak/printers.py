"""What happens to the two printers while somebody waits for paper."""

from __future__ import annotations

from random import Random

from tests.soak.stage import Otherwise, Stage
from tests.soak.trouble import SLIP, ending
from tests.soak.visits import form, without_card

_ENDS = "TakeTicket|TakePaper|Notice/"


def paper_refilled(stage: Stage, chance: Random) -> str:
    """The paper ends in the upper part of a slip, above its code, and somebody puts in a new roll."""
    printer = stage.place.printer
    printer.paper_out_at(_row(chance))
    with stage.playing(*without_card(stage, chance), _ENDS) as visit:
        stage.waits("the paper ran out", lambda: not printer.ready)
        printer.refill()
    seen = ending(visit.result(), SLIP)
    stage.whole("Attract/")
    if sum(map(bool, stage.gather())) != 1:
        raise Otherwise("no whole slip came out after the refill", stage.text())
    return seen


def paper_out(stage: Stage, chance: Random) -> str:
    """The same, and nobody comes."""
    stage.place.printer.paper_out_at(_row(chance))
    return ending(stage.play(*without_card(stage, chance), _ENDS), "P102")


def cable_pulled(stage: Stage, chance: Random) -> str:
    printer = stage.place.printer
    printer.at_row(_row(chance), printer.pull_cable)
    return ending(stage.play(*without_card(stage, chance), _ENDS), "P101")


def silent(stage: Stage, chance: Random) -> str:
    """The cable is cut on the way, and neither end is told."""
    printer = stage.place.printer
    printer.at_row(_row(chance), lambda: printer.pull_cable(quietly=True))
    return ending(stage.play(*without_card(stage, chance), _ENDS), "P101", "P108")


def mend_printer(stage: Stage) -> None:
    """Plugged in, with paper, and nothing left in its mouth."""
    printer = stage.place.printer
    printer.plug_in()
    printer.refill()
    stage.waits("the printer has nothing left to print", lambda: printer.idle)
    printer.pull_off()
    stage.gather()


def sheets_away(stage: Stage, chance: Random) -> str:
    """The A4 printer's power goes while somebody looks at the page that it is to print."""
    stage.place.sam.lay_down(stage.somebody(chance).id_card)
    stage.whole(*form(chance, "a4"))
    stage.place.feeder.power_cut()
    return ending(stage.play("Preview/primary", _ENDS), "A101", "A105", "A106", "A107")


def mend_sheets(stage: Stage) -> None:
    stage.place.sam.take_away()
    stage.place.feeder.power_on()


def _row(chance: Random) -> int:
    return chance.randrange(40, 300)
