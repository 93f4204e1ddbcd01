"""Sticks as the system mounts them: what is on one after all is whole, and what is not whole is not on it."""

from __future__ import annotations

import os
from collections.abc import Callable, ItemsView, Iterator
from pathlib import Path

import pytest

from kiosk.maintenance import say
from kiosk.maintenance.faults import Fault
from kiosk.maintenance.flow import rounds
from kiosk.maintenance.stick import StickFailed, is_in, put
from kiosk.steps import CardPulled
from screens.pages import AtWork, Findings, Page, Upkeep
from tests.kiosk.maintenance.workshop import Workshop
from tests.kiosk.play import play
from tests.stand.root import mounted
from tests.stand.stick import Stick

FILES = {"keting-K-0203-logs.zip": os.urandom(300_000), "keting-K-0203-logs.zip.sig": os.urandom(70)}


@pytest.fixture
def stick(tmp_path: Path) -> Iterator[Stick]:
    """In already, 8 MB."""
    stick = Stick(tmp_path / "stick.img", tmp_path / "service-port")
    stick.insert()
    yield stick
    stick.pull()


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A stick of 128 KB."""
    with mounted("tmpfs", tmp_path / "small", "size=128k,mode=0777", "tmpfs") as at:
        yield at


class Meanwhile(dict[str, bytes]):
    """Files of which the last is asked for only after something else has happened."""

    happens: Callable[[], None]

    def items(self) -> ItemsView[str, bytes]:  # type: ignore[override]  # one that is asked once
        def each() -> Iterator[tuple[str, bytes]]:
            *first, last = super(Meanwhile, self).items()
            yield from first
            self.happens()
            yield last

        return each()  # type: ignore[return-value]  # it is walked through, no more


def names(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()} - {"lost+found"}


def refusal(mounted: Path, files: dict[str, bytes] = FILES) -> Fault:
    with pytest.raises(StickFailed) as failed:
        put(mounted, files)
    return failed.value.fault


def test_what_was_put_on_a_stick_is_on_it_in_any_other_machine(stick: Stick) -> None:
    put(stick.at, FILES)
    stick.pull()
    assert names(stick.at) == set()
    stick.insert()
    assert {name: (stick.at / name).read_bytes() for name in names(stick.at)} == FILES


def test_a_folder_of_the_machine_is_no_stick_and_nothing_is_written_to_it(tmp_path: Path) -> None:
    folder = tmp_path / "service-port"
    folder.mkdir()
    assert not is_in(folder)
    assert refusal(folder) is Fault.NO_STICK
    assert names(folder) == set()


def test_no_folder_at_all_is_no_stick(tmp_path: Path) -> None:
    assert refusal(tmp_path / "nothing") is Fault.NO_STICK


def test_on_a_full_stick_nothing_half_written_stays(small: Path) -> None:
    (small / "somebody's").write_bytes(b"own")
    assert refusal(small) is Fault.STICK_REFUSED
    assert names(small) == {"somebody's"}


def test_where_the_second_file_has_no_room_the_first_goes_too(small: Path) -> None:
    assert refusal(small, {"first": bytes(60_000), "second": bytes(100_000)}) is Fault.STICK_REFUSED
    assert names(small) == set()


def test_a_stick_that_is_read_only_is_refused(stick: Stick) -> None:
    stick.pull()
    stick.insert(read_only=True)
    assert refusal(stick.at) is Fault.STICK_REFUSED
    assert names(stick.at) == set()


def test_a_stick_pulled_in_the_middle_leaves_nothing_on_it_nor_on_the_machine(stick: Stick) -> None:
    files = Meanwhile(FILES)
    files.happens = stick.pull
    assert refusal(stick.at, files) is Fault.STICK_REFUSED
    assert names(stick.at) == set()
    stick.insert()
    assert names(stick.at) == set()


def test_a_stick_that_does_not_keep_what_it_is_given_is_refused(stick: Stick) -> None:
    def forget() -> None:
        (stick.at / next(iter(FILES))).write_bytes(b"something else")

    files = Meanwhile(FILES)
    files.happens = forget
    assert refusal(stick.at, files) is Fault.STICK_REFUSED
    assert names(stick.at) == set()


def test_what_lies_on_the_stick_is_never_overwritten(stick: Stick) -> None:
    taken = list(FILES)[1]
    (stick.at / taken).write_bytes(b"of the day before")
    assert refusal(stick.at) is Fault.STICK_REFUSED
    assert names(stick.at) == {taken}
    assert (stick.at / taken).read_bytes() == b"of the day before"


# In the maintenance mode.


def code(page: Page[object]) -> str:
    assert isinstance(page, Findings)
    return page.rows[0].code


def test_a_stick_is_asked_for_until_one_is_in(workshop: Workshop, stick: Stick) -> None:
    workshop.stick = stick.at
    stick.pull()

    def insert(_page: object) -> str:
        stick.insert()
        return "again"

    shown = workshop.list((Upkeep, "logs"), (Findings, "again"), (Findings, insert), (Findings, "back"))
    done = shown[3]
    assert isinstance(done, Findings)
    assert done.title == say.SAVED
    assert {row.title.zh for row in done.rows} == names(stick.at)
    assert ("maintenance.did", {"deed": "logs", "by": "T-014"}) in workshop.notes


def test_who_has_no_stick_goes_back_and_nothing_is_in_the_journal(workshop: Workshop) -> None:
    workshop.list((Upkeep, "logs"), (Findings, "back"))
    assert [event for event, _ in workshop.notes] == ["maintenance.opened"]


def test_a_stick_that_takes_nothing_is_told_of_with_its_code(workshop: Workshop, stick: Stick) -> None:
    workshop.stick = stick.at
    stick.pull()
    stick.insert(read_only=True)
    shown = workshop.list((Upkeep, "logs"), (Findings, "back"))
    assert code(shown[1]) == Fault.STICK_REFUSED
    assert not any(event == "maintenance.did" for event, _ in workshop.notes)


def test_the_report_goes_to_the_stick_as_json_with_its_signature_and_as_pdf(workshop: Workshop, stick: Stick) -> None:
    workshop.stick = stick.at
    workshop.list((Upkeep, "report"), (Findings, "save"), (Findings, "back"))
    assert {name.rpartition("readiness")[2] for name in names(stick.at)} == {".json", ".json.sig", ".pdf"}


def test_a_card_pulled_when_the_stick_was_written_to_leaves_it_whole(workshop: Workshop, stick: Stick) -> None:
    workshop.stick = stick.at
    with pytest.raises(CardPulled):
        play(rounds(workshop.opened()), (Upkeep, "logs"), (Findings, CardPulled()))
    assert len(names(stick.at)) == 2
    assert ("maintenance.did", {"deed": "logs", "by": "T-014"}) in workshop.notes
    assert AtWork.seconds == 0  # nobody is asked anything while it is written
