"""Each rule of the lint, shown to catch the fault it is there for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from hall.catalogue import Catalogue, Service, Words, lint, load
from hall.catalogue.model import Hours

Change = Callable[[Catalogue], Catalogue]

HERE = "pension-transfer"


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return load()


def one(**changes: Any) -> Change:
    """One service changed behind the model's back, so that the lint alone can notice."""

    def change(catalogue: Catalogue) -> Catalogue:
        services = tuple(
            service.model_copy(update=changes) if service.id == HERE else service for service in catalogue.services
        )
        return catalogue.model_copy(update={"services": services})

    return change


def first(what: str, **changes: Any) -> Change:
    """The first of the departments, stages or queues changed."""

    def change(catalogue: Catalogue) -> Catalogue:
        head, *rest = getattr(catalogue, what)
        return catalogue.model_copy(update={what: (head.model_copy(update=changes), *rest)})

    return change


def without(gone: Callable[[Service], bool]) -> Change:
    return lambda catalogue: catalogue.model_copy(
        update={"services": tuple(service for service in catalogue.services if not gone(service))}
    )


def opening(*spans: tuple[int, str, str], night: tuple[str, str] = ("22:00", "06:00")) -> Change:
    return lambda catalogue: catalogue.model_copy(update={"hours": Hours(open=spans, night=night)})


def inside(part: str, **changes: Words) -> Change:
    """A word of the hall itself changed."""
    return lambda catalogue: catalogue.model_copy(update={part: getattr(catalogue, part).model_copy(update=changes)})


def zh(text: str) -> Words:
    return Words(zh=text, en="Transfer")


def en(text: str) -> Words:
    return Words(zh="转移", en=text)


def guide(zh: str = "先取号。再到窗口。", en: str = "Take a number. Go to the window.") -> Change:
    return one(guide=Words(zh=zh, en=en))


def paper(number: int) -> Words:
    return Words(zh=f"材料 {number}", en=f"Paper {number}")


WHOLE: dict[str, tuple[Change, str]] = {
    "a service is missing": (without(lambda service: service.id == HERE), "98 services, not 99"),
    "an owner is missing": (first("departments", id="tax"), "social-insurance: missing among the six owners"),
    "a seventh owner": (first("departments", id="tax"), "tax: not one of the six owners"),
    "a department with nothing": (
        without(lambda service: service.department == "housing-fund"),
        "housing-fund: leads to 0 of at least 3 services",
    ),
    "a stage with nothing": (without(lambda service: "birth" in service.stages), "birth: leads to 0 of at least 3"),
    "a queue with nothing": (without(lambda service: service.queue == "C"), "C: leads to 0 of at least 1"),
    "an id twice": (one(id="id-card-lost"), "id-card-lost: service id used 2 times"),
    "a Chinese name twice": (one(name=zh("失业登记")), "失业登记: Chinese name used 2 times"),
    "an English name twice": (one(name=en("First id card")), "first id card: English name used 2 times"),
    "a department id twice": (first("departments", id="housing-fund"), "housing-fund: department id used 2 times"),
    "a stage id twice": (first("stages", id="work"), "work: stage id used 2 times"),
    "a queue id twice": (first("queues", id="B"), "B: queue id used 2 times"),
    "a queue name twice": (
        first("queues", name=Words(zh="三楼婚姻登记处 1–4", en="Floor 3")),
        "三楼婚姻登记处 1–4: queue name used 2 times",
    ),
    "an unknown department": (one(department="tax"), f"{HERE}: no department 'tax'"),
    "an unknown stage": (one(stages=("work", "space")), f"{HERE}: no stage 'space'"),
    "an unknown queue": (one(queue="Z"), f"{HERE}: no queue 'Z'"),
    "a drawing nobody ships": (one(icon="rocket"), f"{HERE}: no icon 'rocket'"),
    "a department's drawing nobody ships": (first("departments", icon="rocket"), "social-insurance: no icon 'rocket'"),
    "closing before opening": (opening((0, "17:00", "09:00")), "day 0 closes at 09:00, before it opens at 17:00"),
    "days out of order": (opening((1, "09:00", "12:00"), (0, "09:00", "12:00")), "day 0 at 09:00 is out of order"),
    "spans that overlap": (opening((0, "09:00", "13:00"), (0, "12:00", "17:00")), "day 0 at 12:00 is out of order"),
    "a night without length": (opening(night=("22:00", "22:00")), "night has no length"),
}

ITEM: dict[str, tuple[Change, str]] = {
    "too quick": (one(minutes=1), f"{HERE}: 1 minutes, not 2 to 60"),
    "too slow": (one(minutes=61), f"{HERE}: 61 minutes, not 2 to 60"),
    "ages backwards": (one(ages=(60, 20)), f"{HERE}: ages run backwards"),
    "death suggested by age": (one(ages=(60, 90), stages=("bereavement",)), "nobody is reminded of illness or death"),
    "no stage": (one(stages=()), f"{HERE}: no stage of life"),
    "a stage twice": (one(stages=("work", "work")), f"{HERE}: no stage of life, or one twice"),
    "no materials": (one(materials=()), f"{HERE}: 0 materials, not 1 to 8"),
    "nine materials": (one(materials=tuple(paper(n) for n in range(9))), f"{HERE}: 9 materials, not 1 to 8"),
    "a material twice": (one(materials=(paper(1), paper(1))), f"{HERE}: the same material twice"),
    "no source": (one(source="somewhere"), f"{HERE}: source is neither"),
}

WORDS: dict[str, tuple[Change, str]] = {
    "English in the Chinese": (one(name=zh("Transfer")), "not written in plain Chinese: 'Transfer'"),
    "half-width marks": (one(fee=zh("免费(工本费另计)")), "not written in plain Chinese"),
    "Chinese in the English": (one(name=en("Transfer 社保")), "not written in plain English"),
    "no letters in the English": (one(fee=en("20")), "not written in plain English"),
    "a long Chinese name": (one(name=zh("转" * 15)), "15 characters, not 14 at most"),
    "a long English name": (one(name=en("a" * 45)), "45 characters, not 44 at most"),
    "a long material": (one(materials=(zh("转" * 29),)), f"{HERE}: materials: 29 characters, not 28 at most"),
    "a long fee": (one(fee=en("a" * 85)), f"{HERE}: fee: 85 characters, not 84 at most"),
    "a long time limit": (one(time_limit=zh("转" * 29)), f"{HERE}: time_limit: 29 characters"),
    "a long reason for closing": (one(closed=zh("转" * 29)), f"{HERE}: closed: 29 characters"),
    "a long queue name": (first("queues", name=zh("转" * 29)), "queue A: name: 29 characters"),
    "a long stage name": (first("stages", name=zh("转" * 15)), "birth: name: 15 characters"),
    "a long hall name": (inside("hall", name=zh("厅" * 29)), "hall: name: 29 characters"),
    "a long place": (inside("hall", place=zh("厅" * 29)), "hall: place: 29 characters"),
    "a long rule for missed calls": (inside("texts", missed=zh("过" * 29)), "texts: missed: 29 characters"),
    "title case": (one(name=en("Transfer of Insurance")), "'Insurance' has a capital letter in the middle"),
    "a shout": (one(fee=zh("免费！")), "'！' is not how we speak"),
    "an English shout": (one(fee=en("Free!")), "'!' is not how we speak"),
    "the familiar you": (one(fee=zh("你先付款")), "'你' is not how we speak"),
    "marketing": (one(fee=zh("优质服务")), "'优质' is not how we speak"),
    "English marketing": (one(fee=en("A seamless service")), "'seamless' is not how we speak"),
    "kindly": (one(fee=en("Kindly pay first")), "'Kindly' is not how we speak"),
    "a chain of pleases": (one(fee=en("Please wait, then please pay")), "is not how we speak"),
    "a chain of 请": (one(fee=zh("请稍候，请付款")), "is not how we speak"),
    "somebody's number": (one(materials=(zh("打 13800000000"),)), "'13800000000' looks like somebody's number"),
    "stray spaces": (one(fee=en("Free  of charge")), "stray spaces"),
    "a loose accent": (one(fee=zh("免费 e\u0301")), "stray spaces or loose accents"),
    "a shout in a guide": (guide(zh="先取号！快来。再到窗口。"), f"{HERE}: guide: '！' is not how we speak"),
    "a guide without an end": (guide(zh="先取号。再到窗口。办完"), f"{HERE}: guide: no full stop at the end: '办完'"),
    "a guide of one sentence": (guide(en="Take a number."), "1 sentences in English, not 2 to 4"),
    "a guide of five sentences": (guide(zh="一。二。三。四。五。"), "5 sentences in Chinese, not 2 to 4"),
    "a long sentence": (guide(zh=f"{'长' * 29}。短。"), "a sentence of 29 characters, not 28 at most"),
    "a long English sentence": (guide(en=f"{'a' * 121}. Short."), "a sentence of 121 characters, not 120 at most"),
}


@pytest.mark.parametrize(("change", "fault"), [pytest.param(*case, id=name) for name, case in WHOLE.items()])
def test_the_lint_sees_that_the_whole_has(shipped: Catalogue, change: Change, fault: str) -> None:
    assert any(fault in line for line in lint(change(shipped)))


@pytest.mark.parametrize(("change", "fault"), [pytest.param(*case, id=name) for name, case in (ITEM | WORDS).items()])
def test_the_lint_sees_in_one_service(shipped: Catalogue, change: Change, fault: str) -> None:
    lines = lint(change(shipped))
    assert len(lines) == 1, lines
    assert fault in lines[0]


def test_a_guide_with_another_noun_is_the_same_guide(shipped: Catalogue) -> None:
    lost = next(service.guide for service in shipped.services if service.id == "disability-card-lost")
    copied = Words(zh=lost.zh.replace("证", "社保卡"), en=lost.en.replace("card", "permit"))
    lines = lint(one(guide=copied)(shipped))
    assert any("the same as disability-card-lost in Chinese" in line for line in lines)
    assert any("the same as disability-card-lost in English" in line for line in lines)


def test_a_sentence_said_twice_is_boilerplate(shipped: Catalogue) -> None:
    lost = next(service.guide for service in shipped.services if service.id == "disability-card-lost")
    sentence = lost.zh.split("。")[0]
    lines = lint(guide(zh=f"先取号。{sentence}。")(shipped))
    assert f"catalogue: 2 guides say '{sentence}'" in lines


def test_proper_names_keep_their_capitals(shipped: Catalogue) -> None:
    assert lint(one(name=en("Transfer to Hong Kong"))(shipped)) == []
