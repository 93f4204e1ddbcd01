"""A bundle is taken whole or refused: no payload of any shape leaves half a catalogue or another error."""

from __future__ import annotations

import copy
from datetime import datetime, time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hall.catalogue import load
from kiosk.catalogue import Catalogue, checked
from offline_cache.clock import HALL_ZONE
from offline_cache.envelope import canonical, parse
from tests.kiosk.bundle import payload, said, service

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30) | st.binary(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a payload."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, each in inner for place in places(each, (*path, key)))]


def changed(place: tuple[Any, ...], to: Any) -> dict[str, Any]:
    whole: Any = copy.deepcopy(payload())
    at = whole
    for step in place[:-1]:
        at = at[step]
    at[place[-1]] = to
    assert isinstance(whole, dict)
    return whole


PLACES = [place for place in places(payload()) if place]


def test_the_shipped_catalogue_is_taken_as_it_crosses_the_wire() -> None:
    bundle = parse(canonical(load().bundle() | {"version": 1}), 4_000_000)
    assert len(checked(bundle).services) == 99


@given(st.dictionaries(st.text(max_size=10), ANYTHING, max_size=5))
def test_any_other_payload_is_refused(hostile: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="validation error"):
        checked(hostile)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(PLACES), ANYTHING)
def test_anything_at_any_place_is_taken_whole_or_refused(place: tuple[Any, ...], hostile: Any) -> None:
    try:
        taken = checked(changed(place, hostile))
    except ValueError:
        return
    assert isinstance(taken, Catalogue)
    assert taken.by_id.keys() == {one.id for one in taken.services}
    for one in taken.services:
        assert taken.queue(one.queue).id == one.queue
    taken.for_age(70)
    taken.hours.today(datetime(2026, 11, 20, 12, 0, tzinfo=HALL_ZONE))
    taken.hours.is_night(time(12, 0))


@pytest.mark.parametrize("missing", [place for place in PLACES if isinstance(place[-1], str)], ids=str)
def test_nothing_may_be_left_out(missing: tuple[Any, ...]) -> None:
    whole: Any = copy.deepcopy(payload())
    at = whole
    for step in missing[:-1]:
        at = at[step]
    del at[missing[-1]]
    with pytest.raises(ValueError, match="Field required"):
        checked(whole)


def test_nothing_may_be_added() -> None:
    for hostile in (payload(more=1), payload(services=[service("a", "一", more=1)])):
        with pytest.raises(ValueError, match="Extra inputs"):
            checked(hostile)


TWICE = payload()


@pytest.mark.parametrize("kind", ["services", "queues", "stages", "departments"])
def test_no_two_things_have_one_id(kind: str) -> None:
    twice = payload(**{kind: [*TWICE[kind], TWICE[kind][0]]})
    with pytest.raises(ValueError, match="one id"):
        checked(twice)


@pytest.mark.parametrize("names", [{"queue": "Z"}, {"department": "nowhere"}, {"stages": ["retire", "nowhere"]}])
def test_a_service_names_only_what_is_there(names: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="service a names what is not there"):
        checked(payload(services=[service("a", "一", **names)]))


@pytest.mark.parametrize(
    "hostile",
    [
        {"id": "a b"},
        {"id": "../../etc"},
        {"id": "a\n"},
        {"id": "x" * 65},
        {"name": said("", "x")},
        {"name": said("长" * 121, "x")},
        {"guide": said("长" * 1_501, "x")},
        {"minutes": 0},
        {"minutes": 241},
        {"minutes": "10"},
        {"minutes": True},
        {"hot": 101},
        {"needs": "nothing"},
        {"channel": "web"},
        {"ages": [1]},
        {"ages": [1, 2, 3]},
        {"materials": [said("纸", "paper")] * 21},
        {"offline": 1},
    ],
    ids=str,
)
def test_a_service_outside_its_bounds_is_refused(hostile: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="validation error"):
        checked(payload(services=[service("a", "一") | hostile]))


@pytest.mark.parametrize("clock", ["9:00", "24:01", "09:60", "0900", "09:00\n", "", "二十", None])
def test_a_time_that_is_none_is_refused(clock: Any) -> None:
    with pytest.raises(ValueError, match="validation error"):
        checked(payload(hours={"open": [[0, clock, "17:00"]], "night": ["22:00", "06:00"]}))


def test_a_day_reaches_from_its_first_opening_to_its_last_closing() -> None:
    spans = [[4, "13:30", "17:00"], [4, "09:00", "12:00"], [0, "08:00", "18:00"]]
    hours = checked(payload(hours={"open": spans, "night": ["22:00", "06:00"]})).hours
    assert hours.today(datetime(2026, 11, 20, tzinfo=HALL_ZONE)) == ("09:00", "17:00")
    assert hours.today(datetime(2026, 11, 21, tzinfo=HALL_ZONE)) is None


@pytest.mark.parametrize(
    ("night", "dark", "light"),
    [
        (["22:00", "06:00"], ["22:00", "23:59", "00:00", "05:59"], ["06:00", "21:59"]),
        (["01:00", "05:00"], ["01:00", "04:59"], ["05:00", "00:59"]),
        (["00:00", "00:00"], [], ["00:00", "12:00"]),
    ],
)
def test_night_may_go_over_midnight(night: list[str], dark: list[str], light: list[str]) -> None:
    hours = checked(payload(hours={"open": [], "night": night})).hours
    assert all(hours.is_night(time.fromisoformat(clock)) for clock in dark)
    assert not any(hours.is_night(time.fromisoformat(clock)) for clock in light)


def test_what_an_age_comes_for_is_open_fitting_and_hottest_first() -> None:
    services = [
        service("cool", "一", ages=[60, 70], hot=10),
        service("hot", "二", ages=[60, 70], hot=90),
        service("other", "三", ages=[0, 59], hot=99),
        service("any", "四", hot=99),
        service("shut", "五", ages=[60, 70], hot=99, closed=said("停办", "Closed")),
    ]
    catalogue = checked(payload(services=services))
    for age in (60, 70):
        assert [one.id for one in catalogue.for_age(age)] == ["hot", "cool"]
    assert [one.id for one in catalogue.for_age(59)] == ["other"]
