"""Files that people edit by hand: what is wrong is refused, and the place is named."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from hall.catalogue import Unreadable, load
from hall.catalogue.reading import SHIPPED


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path in SHIPPED.glob("*.toml"):
        shutil.copy(path, tmp_path)
    return tmp_path


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_copied_folder_reads_the_same(folder: Path) -> None:
    assert load(folder) == load()


def test_a_service_belongs_to_the_department_of_its_file() -> None:
    assert next(service for service in load().services if service.id == "rent-withdraw").department == "housing-fund"


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        pytest.param("minutes = 15", "minutes = 15\ncolour = 'red'", "pension-transfer: colour", id="unknown key"),
        pytest.param("minutes = 15", "minutes = '15'", "pension-transfer: minutes", id="text for a number"),
        pytest.param("minutes = 15", "minutes = true", "pension-transfer: minutes", id="truth for a number"),
        pytest.param("offline = true", "offline = 1", "pension-transfer: offline", id="number for a truth"),
        pytest.param('channel = "window"', 'channel = "fax"', "pension-transfer: channel", id="unknown channel"),
        pytest.param('needs = "none"', 'needs = "face"', "pension-transfer: needs", id="unknown need"),
        pytest.param("hot = 82", "hot = 101", "pension-transfer: hot", id="hotter than hot"),
        pytest.param("ages = [22, 59]", "ages = [22]", "pension-transfer: ages.1", id="half an age"),
        pytest.param("ages = [22, 59]", "ages = [22, 159]", "pension-transfer: ages.1", id="nobody is that old"),
        pytest.param('source = "sample"', "", "pension-transfer: source", id="no source"),
        pytest.param(
            'stages = ["work", "retirement"]', "stages = [1]", "pension-transfer: stages.0", id="number for id"
        ),
        pytest.param('queue = "A"', 'queue = "AA"', "pension-transfer: queue", id="two letters"),
        pytest.param('zh = "社保关系转移接续"', 'zh = ""', "pension-transfer: name.zh", id="empty"),
        pytest.param('zh = "社保关系转移接续"', 'zh = "社\\u001B@"', "pension-transfer: name.zh", id="printer command"),
        pytest.param('zh = "社保关系转移接续"', 'zh = "社\\n保"', "pension-transfer: name.zh", id="two lines"),
        pytest.param('id = "pension-transfer"', 'id = "Pension transfer"', "Pension transfer: id", id="not kebab"),
    ],
)
def test_a_wrong_entry_is_refused_by_name(folder: Path, old: str, new: str, place: str) -> None:
    edit(folder / "social_insurance.toml", old, new)
    with pytest.raises(Unreadable, match=f"^{re.escape(place)}: "):
        load(folder)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        pytest.param('hotline = "12345"', 'hotline = "12345"\nfax = "1"', "hall.toml: fax", id="unknown key"),
        pytest.param('hotline = "12345"', 'hotline = "12345"\nservices = []', "hall.toml: services", id="services"),
        pytest.param('hotline = "12345"', 'hotline = "call us"', "hall.toml: hotline", id="no number"),
        pytest.param('[0, "09:00", "17:00"]', '[7, "09:00", "17:00"]', "hall.toml: hours.open.0.0", id="eighth day"),
        pytest.param('[0, "09:00", "17:00"]', '[0, "9:00", "17:00"]', "hall.toml: hours.open.0.1", id="loose clock"),
        pytest.param('night = ["22:00", "06:00"]', 'night = ["24:00", "06:00"]', "hall.toml: hours.night.0", id="24 h"),
        pytest.param('icon = "shield-check"', "", "hall.toml: departments.0.icon", id="no drawing"),
    ],
)
def test_a_wrong_hall_is_refused_by_place(folder: Path, old: str, new: str, place: str) -> None:
    edit(folder / "hall.toml", old, new)
    with pytest.raises(Unreadable, match=f"^{re.escape(place)}: "):
        load(folder)


def test_every_fault_of_shape_is_told_at_once(folder: Path) -> None:
    edit(folder / "social_insurance.toml", "minutes = 15", "minutes = '15'")
    edit(folder / "housing_fund.toml", "hot = 90", "hot = -1")
    with pytest.raises(Unreadable) as refused:
        load(folder)
    assert [line.split(": ")[0] for line in str(refused.value).splitlines()] == ["pension-transfer", "rent-withdraw"]


def test_a_department_without_its_file_is_refused(folder: Path) -> None:
    (folder / "housing_fund.toml").unlink()
    with pytest.raises(Unreadable, match=r"^housing_fund\.toml: not found$"):
        load(folder)


def test_a_hall_that_names_no_departments_is_refused(folder: Path) -> None:
    (folder / "hall.toml").write_text('hotline = "12345"\n', encoding="utf-8")
    with pytest.raises(Unreadable, match=r"^hall\.toml: departments: "):
        load(folder)


@pytest.mark.parametrize("content", [b"[[services]\n", b"\xff\xfe", b'id = "loose"\n', b"services = [1]\n", b""])
def test_a_broken_department_file_is_refused(folder: Path, content: bytes) -> None:
    (folder / "civil_affairs.toml").write_bytes(content)
    with pytest.raises(Unreadable, match=r"^civil_affairs\.toml: "):
        load(folder)


def test_the_file_says_the_department_and_nothing_else_does(folder: Path) -> None:
    edit(folder / "housing_fund.toml", 'id = "rent-withdraw"', 'id = "rent-withdraw"\ndepartment = "civil-affairs"')
    with pytest.raises(Unreadable, match=r"^rent-withdraw: department: the file says it$"):
        load(folder)


def test_a_department_can_name_no_file_elsewhere(folder: Path) -> None:
    edit(folder / "hall.toml", 'id = "housing-fund"', 'id = "../housing-fund"')
    with pytest.raises(Unreadable, match=r"^hall\.toml: departments\.5\.id: "):
        load(folder)
