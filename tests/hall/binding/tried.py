"""How far a try came, and how it must have ended."""

from __future__ import annotations

from tests.hall.binding.stage import Handset, Stage, Visit


def ready(stage: Stage) -> tuple[Visit, Handset]:
    """The holder's phone has scanned, and shows its number."""
    visit = stage.visit().begin()
    phone = stage.phone(visit.person)
    phone.open(visit.url)
    return visit, phone


def lost(stage: Stage, visit: Visit, why: str) -> None:
    """Nothing is bound, the try is void for this reason, and the trail has it."""
    assert stage.bindings(visit.person) == []
    assert (visit.row.state, visit.row.why) == ("void", why)
    assert f"{visit.terminal.id} bind {why}" in stage.refusals()
