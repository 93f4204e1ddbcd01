"""What is wrong with a catalogue, as a list of plain lines; an empty list is a good one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from hall.catalogue import wording
from hall.catalogue.model import Catalogue, Hours, Service

SERVICES: Final = 99
OWNERS: Final = frozenset(
    {
        "social-insurance",
        "medical-insurance",
        "civil-affairs",
        "disabled-persons",
        "public-security",
        "housing-fund",
    }
)
"""The first batch: 99 matters of six owners."""

FEWEST: Final = 3
"""Matters below which a department or a stage of life is not worth a key on the screen."""

MINUTES: Final = range(2, 61)
MATERIALS: Final = range(1, 9)
SOURCE: Final = re.compile(r"sample|https://[^\s]+")

UNPROMPTED: Final = frozenset({"illness", "bereavement"})
"""Stages of life that are never suggested."""

DRAWN: Final = frozenset(
    {
        "accessibility",
        "arrow-right-left",
        "baby",
        "banknote",
        "bike",
        "book-open",
        "briefcase",
        "bus",
        "car",
        "credit-card",
        "file-text",
        "flower-2",
        "graduation-cap",
        "hand-heart",
        "heart-handshake",
        "heart-pulse",
        "house-plug",
        "id-card",
        "piggy-bank",
        "plane",
        "shield-check",
        "shield-user",
        "stethoscope",
        "sunset",
        "users",
    }
)
"""The Lucide drawings that terminals ship for the catalogue."""


def lint(catalogue: Catalogue) -> list[str]:
    """Every fault of the catalogue, one line each: the place, a colon, what is wrong."""
    return [
        *_whole(catalogue),
        *_unique(catalogue),
        *_known(catalogue),
        *_hours(catalogue.hours),
        *_services(catalogue.services),
        *wording.faults(catalogue),
    ]


def icons(catalogue: Catalogue) -> set[str]:
    """The names of all drawings that a terminal needs to show this catalogue."""
    return {tile.icon for tile in catalogue.tiles()}


def _whole(catalogue: Catalogue) -> Iterator[str]:
    if len(catalogue.services) != SERVICES:
        yield f"catalogue: {len(catalogue.services)} services, not {SERVICES}"
    owners = {department.id for department in catalogue.departments}
    for owner in sorted(OWNERS ^ owners):
        yield f"{owner}: {'missing among' if owner in OWNERS else 'not one of'} the six owners"
    of_department = Counter(service.department for service in catalogue.services)
    at_stage = Counter(stage for service in catalogue.services for stage in service.stages)
    in_queue = Counter(service.queue for service in catalogue.services)
    for count, things, fewest in (
        (of_department, catalogue.departments, FEWEST),
        (at_stage, catalogue.stages, FEWEST),
        (in_queue, catalogue.queues, 1),
    ):
        for thing in things:
            if count[thing.id] < fewest:
                yield f"{thing.id}: leads to {count[thing.id]} of at least {fewest} services"


def _unique(catalogue: Catalogue) -> Iterator[str]:
    services = catalogue.services
    for what, keys in (
        ("department id", [department.id for department in catalogue.departments]),
        ("stage id", [stage.id for stage in catalogue.stages]),
        ("queue id", [queue.id for queue in catalogue.queues]),
        ("queue name", [queue.name.zh for queue in catalogue.queues]),
        ("service id", [service.id for service in services]),
        ("Chinese name", [service.name.zh for service in services]),
        ("English name", [service.name.en.casefold() for service in services]),
    ):
        yield from (f"{key}: {what} used {count} times" for key, count in Counter(keys).items() if count > 1)


def _known(catalogue: Catalogue) -> Iterator[str]:
    departments = {department.id for department in catalogue.departments}
    stages = {stage.id for stage in catalogue.stages}
    queues = {queue.id for queue in catalogue.queues}
    for service in catalogue.services:
        yield from _not_in(departments, [service.department], service.id, "department")
        yield from _not_in(stages, service.stages, service.id, "stage")
        yield from _not_in(queues, [service.queue], service.id, "queue")
    for tile in catalogue.tiles():
        yield from _not_in(DRAWN, [tile.icon], tile.id, "icon")


def _not_in(known: Iterable[str], names: Iterable[str], place: str, what: str) -> Iterator[str]:
    return (f"{place}: no {what} '{name}'" for name in names if name not in known)


def _hours(hours: Hours) -> Iterator[str]:
    last = (-1, "")
    for day, start, end in hours.open:
        if start >= end:
            yield f"hours: day {day} closes at {end}, before it opens at {start}"
        if (day, start) < last:
            yield f"hours: day {day} at {start} is out of order or overlaps"
        last = (day, end)
    if hours.night[0] == hours.night[1]:
        yield "hours: night has no length"


def _services(services: Iterable[Service]) -> Iterator[str]:
    for service in services:
        if service.minutes not in MINUTES:
            yield f"{service.id}: {service.minutes} minutes, not {MINUTES[0]} to {MINUTES[-1]}"
        if service.ages and service.ages[0] > service.ages[1]:
            yield f"{service.id}: ages run backwards"
        if service.ages and not UNPROMPTED.isdisjoint(service.stages):
            yield f"{service.id}: nobody is reminded of illness or death because of their age"
        if not service.stages or len(set(service.stages)) < len(service.stages):
            yield f"{service.id}: no stage of life, or one twice"
        if len(service.materials) not in MATERIALS:
            yield f"{service.id}: {len(service.materials)} materials, not {MATERIALS[0]} to {MATERIALS[-1]}"
        if len({material.zh for material in service.materials}) < len(service.materials):
            yield f"{service.id}: the same material twice"
        if not SOURCE.fullmatch(service.source):
            yield f"{service.id}: source is neither 'sample' nor an address"
