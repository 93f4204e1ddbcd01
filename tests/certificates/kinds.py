"""Two small kinds of certificate that use every kind of field."""

from __future__ import annotations

from typing import Final

from certificates.form import FormField, Kind, Said
from certificates.template import Issue, Paper, Seal, Template
from certificates.wording import Sentence


def _said(zh: str, en: str) -> Said:
    return Said(zh=zh, en=en)


_NOTE: Final = Sentence(zh="仅供测试。", en="For tests only.")
_ISSUE: Final = Issue(
    assurance="id-card",
    copies=3,
    offline=True,
    papers=[Paper.SLIP],
    valid_days=90,
    seal=Seal(text="测试专用章", code="9900000000001"),
    icon="house",
    about=_said("仅供测试", "For tests only"),
)

RESIDENCE: Final = Template(
    type=1,
    version=1,
    kind="test-residence",
    prefix="99JZ",
    title=_said("居住证明", "Certificate of residence"),
    issuer=_said("测试街道办事处", "Test Subdistrict Office"),
    fields=(
        FormField(id="address", label=_said("住址", "Address"), kind=Kind.TEXT, max=60, source="card.address"),
        FormField(
            id="since",
            label=_said("居住起始日", "Since"),
            kind=Kind.DATE,
            source="typed",
            ask=_said("哪天起", "Since when"),
        ),
        FormField(
            id="purpose",
            label=_said("用途", "Purpose"),
            kind=Kind.CHOICE,
            source="chosen",
            ask=_said("作什么用", "What for"),
            choices={1: _said("入学", "School"), 2: _said("落户", "Registration"), 10: _said("其他", "Other")},
        ),
        FormField(
            id="remark", label=_said("备注", "Remark"), kind=Kind.TEXT, max=20, source="card.remark", required=False
        ),
    ),
    body=Sentence(
        zh="兹证明{name}（{number}）自{since}起居住在{address}。用途：{purpose}。",
        en="{name} ({number}) has lived at {address} since {since}. Purpose: {purpose}.",
    ),
    note=_NOTE,
    issue=_ISSUE,
)

EARNINGS: Final = Template(
    type=2,
    version=1,
    kind="test-income",
    prefix="99SR",
    title=_said("收入证明", "Certificate of income"),
    issuer=_said("测试社区居民委员会", "Test Residents' Committee"),
    fields=(
        FormField(
            id="month", label=_said("月份", "Month"), kind=Kind.MONTH, source="typed", ask=_said("哪个月", "Month")
        ),
        FormField(
            id="income",
            label=_said("收入", "Income"),
            kind=Kind.MONEY,
            max=99_999_999,
            source="typed",
            ask=_said("多少钱", "How much"),
        ),
        FormField(
            id="people",
            label=_said("人口", "People"),
            kind=Kind.INTEGER,
            max=20,
            source="typed",
            ask=_said("几口人", "How many"),
        ),
    ),
    body=Sentence(
        zh="{name}家庭{people}人，{month}收入{income}。",
        en="The household of {name}, {people} people, had {income} in {month}.",
    ),
    note=_NOTE,
    issue=_ISSUE,
)
