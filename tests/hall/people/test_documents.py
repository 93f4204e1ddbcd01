"""What the numbers of documents look like, and how little of a person is shown."""

from __future__ import annotations

import pytest

from hall.people.documents import (
    ALONE,
    WITH_PHONE,
    DocumentName,
    birth_of,
    fits,
    identity,
    masked_name,
    masked_number,
    only_where_they_differ,
)
from hall.people.levels import LEVELS, higher, reaches
from tests.hall.people.registering import number

CITIZEN = number(2)


@pytest.mark.parametrize(
    ("document", "text", "state", "right"),
    [
        ("resident-id", CITIZEN, "", True),
        ("social-card", CITIZEN, "", True),
        ("resident-id", CITIZEN[:-1] + "5", "", False),
        ("resident-id", CITIZEN.replace("0", "\uff10", 1), "", False),
        ("resident-id", CITIZEN + "\n", "", False),
        ("resident-id", "", "", False),
        ("foreign-resident", CITIZEN, "CAN", True),
        ("foreign-resident", "CAN990058081001", "CAN", True),
        ("foreign-resident", "CAN99005808100", "CAN", False),
        ("foreign-resident", "CAN990058081001", "canada", False),
        ("passport", "C01X00T47", "D", True),
        ("passport", "C01X00T47", "", False),
        ("passport", "C01X00T4<", "D", False),
        ("passport", CITIZEN, "CHN", False),
    ],
)
def test_a_number_has_the_form_of_its_document(document: DocumentName, text: str, state: str, right: bool) -> None:
    assert fits(document, text, state) is right


def test_a_person_is_one_by_their_citizen_number_on_any_card_and_by_state_and_number_on_a_passport() -> None:
    assert identity("resident-id", CITIZEN, "") == identity("social-card", CITIZEN, "") == CITIZEN
    assert identity("passport", "C01X00T47", "D") == "passport:D:C01X00T47"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("王小明", "王*明"),
        ("王明", "王*"),
        ("王", "*"),
        ("", "*"),
        ("阿依古丽·买买提", "阿*提"),
        ("WANG XIAOMING", "WANG *"),
        ("MADONNA", "M*"),
        ("· XIAOMING", "X*"),
        ("\u202e王小明", "王*明"),
    ],
)
def test_of_every_name_something_stays_hidden(name: str, shown: str) -> None:
    assert masked_name(name) == shown


def test_a_masked_number_is_no_number() -> None:
    assert masked_number(CITIZEN) == f"990{'*' * 11}{CITIZEN[-4:]}"
    assert masked_number("C01X00T47") == "*******47"


def test_two_names_show_only_where_they_differ() -> None:
    assert only_where_they_differ("王小明", "王大明") == ("*小*", "*大*")
    assert only_where_they_differ("王明", "王小明") == ("王明", "王小明")


def test_the_levels_are_in_order_and_no_document_proves_more_than_it_can() -> None:
    assert LEVELS == ("none", "typed", "social-card", "phone", "passport", "id-card", "strong")
    assert reaches("id-card", "passport")
    assert not reaches("passport", "id-card")
    assert higher("phone", "social-card") == "phone"
    for document, alone in ALONE.items():
        assert alone <= WITH_PHONE[document]
        assert "typed" not in WITH_PHONE[document]
    assert max(WITH_PHONE["social-card"], key=LEVELS.index) == "phone"


@pytest.mark.parametrize(
    ("within", "born"),
    [("19510307", "1951-03-07"), ("20000229", "2000-02-29"), ("19510230", ""), ("00000101", ""), ("19511301", "")],
)
def test_the_day_of_birth_is_read_from_the_number_and_nothing_is_made_up(within: str, born: str) -> None:
    assert birth_of(number(2, within)) == born
    assert birth_of("C01X00T47") == ""
