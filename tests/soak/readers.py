"""What happens to cards, their readers, and the programs that serve them."""

from __future__ import annotations

import os
import signal
import time
from random import Random
from typing import Final

from tests.day.checks.supervised import workers
from tests.day.world import Place
from tests.soak.stage import Otherwise, Stage
from tests.soak.trouble import GONE, SLIP, ending
from tests.soak.visits import choosing

_LAST_COMMAND = 10
"""A social security card hears more than so many commands until it is read."""

_SEEN_S: Final = 0.5
"""In which pcscd, which looks at its reader every 400 ms, has seen that nothing lies there: no hand is quicker."""


def card_pulled(stage: Stage, chance: Random) -> str:
    """At any of the commands with which it is read."""
    stage.place.slot.pull_at(chance.randrange(_LAST_COMMAND))
    stage.place.slot.insert(stage.somebody(chance).social_card)
    return ending(stage.play("Notice/"), "C103")


def card_silent(stage: Stage, chance: Random) -> str:
    """It answers some commands, and then nothing any more."""
    card = stage.somebody(chance).social_card
    card.never_answer(at=chance.randrange(_LAST_COMMAND))
    stage.place.slot.insert(card)
    return ending(stage.play("Notice/"), "C102")


def card_garbled(stage: Stage, chance: Random) -> str:
    """From some command on it answers what chance gives, and that it was all right."""
    card = stage.somebody(chance).social_card
    answers = [chance.randbytes(chance.randrange(40)) + b"\x90\x00" for _ in range(200)]
    card.misbehave(answers, at=chance.randrange(_LAST_COMMAND))
    stage.place.slot.insert(card)
    return ending(stage.play("Notice/"), "C104", "C105", "C106", "C111", "C112")


def walks_away(stage: Stage, chance: Random) -> str:
    """Somebody goes in the middle, and leaves the card; it is asked for, and nothing of its holder is shown."""
    person = stage.somebody(chance)
    stage.place.slot.insert(person.social_card)
    left = stage.whole("Home/choice:services", f"Services/{chance.choice(stage.matters)}", "TakeCard/")
    if f"{person.name[0]}*" in left.words:
        raise Otherwise("whose card is asked for can be read", left.words)
    stage.place.slot.remove()
    return ending(stage.whole("Attract/"), GONE)


def daemon_killed(stage: Stage, chance: Random) -> str:
    stage.place.slot.insert(stage.somebody(chance).social_card)
    stage.whole("Home/choice:services", f"Services/{chance.choice(stage.matters)}")
    stage.place.pcscd.kill()
    return _says_closed(stage)


def daemon_stopped(stage: Stage, chance: Random) -> str:
    """It is there, takes every connection, and answers none for some seconds."""
    stage.place.slot.insert(stage.somebody(chance).social_card)
    stage.whole("Home/")
    stage.place.pcscd.pause()
    return _says_closed(stage)


def mend_daemon(stage: Stage) -> None:
    place = stage.place
    place.pcscd.resume()
    place.pcscd.start()
    mend_card(stage)


def worker_killed(stage: Stage, chance: Random) -> str:
    """The process that talks to the daemon."""
    stage.place.slot.insert(stage.somebody(chance).social_card)
    stage.whole("Home/choice:services", f"Services/{chance.choice(stage.matters)}")
    kill_worker(stage.place, "libpcsclite")
    return ending(stage.whole("Attract/"), GONE)


def mend_card(stage: Stage) -> None:
    stage.place.slot.remove()
    time.sleep(_SEEN_S)


def id_reader_unplugged(stage: Stage, chance: Random) -> str:
    """While a ticket is taken by ID card: the card was read, so the ticket comes."""
    stage.place.sam.lay_down(stage.somebody(chance).id_card)
    stage.whole("Home/choice:services")
    stage.place.sam.unplug()
    seen = ending(stage.play(*choosing(stage, chance), "Notify/decline", "TakeTicket/"), SLIP)
    stage.whole("Attract/")
    stage.one_slip()
    stage.sees("C101")
    return seen


def mend_id_reader(stage: Stage) -> None:
    stage.place.sam.take_away()
    stage.place.sam.plug_in()


def kill_worker(place: Place, library: str) -> None:
    """Kill those of the kiosk's processes that have this library in memory."""
    for worker in workers(place, library):
        os.kill(worker, signal.SIGKILL)


def _says_closed(stage: Stage) -> str:
    """The visit is over, and the waiting screen says that the reader is gone."""
    stage.whole("Attract/")
    stage.sees("读卡器没有接通", "C101")
    return "C101"
