"""A passport in a real pcscd: its protocol, its long answers, and its session over many commands."""

import multiprocessing
from multiprocessing.connection import Connection
from pathlib import Path

from devices.card.sim import Slot
from devices.holder import Holder, Proof
from devices.passport.sim import ChipHalf, Passport
from devices.passport.sim_keys import CurveActive
from tests.devices.passport import reader_child
from tests.devices.passport.chips import PERSON, utopia
from tests.stand.pcscd import Pcscd

DEADLINE = 30.0
"""Seconds, on a machine with other work to do."""


def test_a_passport_is_read_through_the_daemon_and_noticed_when_it_is_taken_away(tmp_path: Path) -> None:
    listed = tmp_path / "list.ml"
    listed.write_bytes(utopia().master_list([utopia().root.certificate]))
    spawn = multiprocessing.get_context("spawn")
    words, theirs = spawn.Pipe()
    with Pcscd() as daemon, words, theirs:
        slot = Slot(daemon.connect)
        told = (theirs, daemon.path, "\r\n".join(PERSON.lines), str(listed))
        child = spawn.Process(target=reader_child.main, args=told, daemon=True)
        child.start()
        try:
            slot.insert(Passport(PERSON, utopia(), CurveActive(), ChipHalf(16)))
            assert words.poll(DEADLINE)
            holder = words.recv()
            assert isinstance(holder, Holder)
            assert (holder.name, holder.proof) == ("NIEMAND ERIKA MARIA", Proof.GENUINE)
            assert still(words) is True
            assert still(words) is True
            slot.remove()
            assert still(words) is None
        finally:
            slot.remove()
            words.send(False)
            child.join(DEADLINE)
            child.close()


def still(words: Connection) -> bool | None:
    words.send(True)
    assert words.poll(DEADLINE)
    answer = words.recv()
    assert answer is None or isinstance(answer, bool)
    return answer
