"""What a department knows reaches the kiosk only for the holder of the card, typed as the certificate wants it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from certificates.form import DAY_ZERO
from certificates.library import newest
from devices.citizen_number import check_digit
from hall.app import create_app
from hall.certificates.records import DEMO, FileRecords, Unavailable, told
from hall.models import Trail
from tests.hall.certificates.machine import TEMPLATES
from tests.hall.conftest import DAY, Counter, InProcess
from tests.hall.terminal import Terminal

WANG = {"name": "王小明", "number": "990000195103070178"}


def record(counter: Counter, terminal: Terminal, **wish: Any) -> dict[str, Any]:
    answer = counter.ask(terminal, "POST", "/v1/record", {"kind": "social-insurance"} | WANG | wish)
    assert answer.status_code == 200, answer.text
    said = terminal.reply("record", answer.content)
    return {what: said[what] for what in ("found", "fields")}


def test_a_record_is_told_in_the_types_of_the_certificate(counter: Counter, terminal: Terminal) -> None:
    assert record(counter, terminal) == {
        "found": True,
        "fields": {
            "employer": "江畔区柳岸机械厂",
            "from": 72 * 12 + 2,
            "to": 111 * 12 + 1,
            "months": 468,
            "base": 412_000,
        },
    }
    day = record(counter, terminal, kind="no-property")["fields"]["queried"]
    assert DAY_ZERO.fromordinal(DAY_ZERO.toordinal() + day).isoformat() == DAY


@pytest.mark.parametrize("wish", [{"name": "李四"}, {"number": "990000195103070020"}, {"kind": "residence"}])
def test_another_name_an_unknown_number_and_a_kind_without_record_look_alike(
    counter: Counter, terminal: Terminal, wish: dict[str, str]
) -> None:
    assert record(counter, terminal, **wish) == {"found": False, "fields": {}}


@pytest.mark.parametrize(
    "wish", [{"kind": "driving-licence"}, {"number": "9900001951030701"}, {"name": ""}, {"name": "a\nb"}, {"more": 1}]
)
def test_a_wish_that_is_none_is_refused(counter: Counter, terminal: Terminal, wish: dict[str, Any]) -> None:
    answer = counter.ask(terminal, "POST", "/v1/record", {"kind": "social-insurance"} | WANG | wish)
    assert (answer.status_code, answer.json()) == (400, {"error": "malformed"})


def test_every_read_leaves_a_row_that_names_kiosk_and_kind_and_nobody(counter: Counter, terminal: Terminal) -> None:
    record(counter, terminal)
    record(counter, terminal, name="李四")
    with counter.hall.store.reading() as session:
        rows = session.scalars(select(Trail.detail).where(Trail.verb == "record")).all()
    assert rows == [f"{terminal.id} social-insurance"] * 2


class Broken:
    def find(self, kind: str, name: str, number: str) -> dict[str, Any]:
        if kind == "no-property":
            raise Unavailable
        return {"employer": "x" * 41, "from": 1, "to": 2, "months": 3, "base": 4}


@pytest.mark.parametrize("kind", ["no-property", "social-insurance"])
def test_a_department_that_fails_or_talks_nonsense_is_unavailable(
    counter: Counter, terminal: Terminal, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hall.app.FileRecords", lambda *_: Broken())
    with InProcess(create_app(counter.hall)) as client:
        counter.client = client
        answer = counter.ask(terminal, "POST", "/v1/record", {"kind": kind} | WANG)
    assert (answer.status_code, answer.json()) == (503, {"error": "unavailable"})
    assert answer.headers["retry-after"] == "60"


def test_a_kiosk_that_reads_too_much_is_slowed_down(counter: Counter, terminal: Terminal) -> None:
    slow = counter.hall.settings.model_copy(update={"records_per_minute": 1})
    object.__setattr__(counter.hall, "settings", slow)
    with InProcess(create_app(counter.hall)) as client:
        counter.client = client
        for _ in range(5):
            record(counter, terminal)
        answer = counter.ask(terminal, "POST", "/v1/record", {"kind": "social-insurance"} | WANG)
    assert (answer.status_code, answer.json()) == (429, {"error": "too-many"})


def test_the_demonstrations_people_are_nobody_and_their_records_fit_the_certificates() -> None:
    records = FileRecords(DEMO, lambda: DAY)
    kinds = [each for each in newest(TEMPLATES.values()) if any(f.source[:7] == "record." for f in each.fields)]
    for number, person in records._people.items():
        assert check_digit(number[:17]) == number[17]
        for template in kinds:
            found = records.find(template.kind, person.name, number)
            if found is not None:
                told(template, found)


@pytest.mark.parametrize(
    "text",
    ['[person.110000195103070178]\nname = "a"', "[person.990000195103070178]\nmore = 1", "[people]\na = 1", "=", ""],
)
def test_a_file_that_holds_no_records_or_real_numbers_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "records.toml"
    path.write_text(text)
    with pytest.raises(ValueError, match="records"):
        FileRecords(path, lambda: DAY)
