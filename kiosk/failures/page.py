"""The pages of ``docs/failures/``: one for each code, and one that lists them all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kiosk.failures import Failure, Family
from screens.words import Words

_SOURCE: Final = "从 `kiosk/failures/` 生成，请勿在此修改。 Made from `kiosk/failures/`; change it there."


def page(failure: Failure) -> str:
    """One code in Markdown, both languages."""
    parts = [
        f"# {failure.code} {failure.name.zh} / {failure.name.en}",
        _part("市民看到什么 / What the citizen is told", failure.citizen),
        _part("原因 / Cause", failure.cause),
    ]
    if failure.leaves:
        parts.append(_part("留下什么 / What is left behind", failure.leaves))
    steps = "\n".join(f"{at}. {step.zh}\\\n   {step.en}" for at, step in enumerate(failure.technician, 1))
    parts.append(f"## 技术员怎么做 / What the technician does\n\n{steps}")
    return "\n\n".join((*parts, _SOURCE)) + "\n"


def index(families: Iterable[Family]) -> str:
    """All codes by family."""
    parts = [
        "# 故障代码 / Failure codes\n\n"
        "屏幕上的代码，原因和处理步骤各有一页；维护模式里按一下代码也能看到。\n"
        "Each code that a screen shows has a page with its cause and the steps to mend it; "
        "the maintenance mode shows the same."
    ]
    for family in families:
        rows = "\n".join(
            f"| [{failure.code}]({failure.code}.md) | {failure.name.zh} | {failure.name.en} |"
            for failure in family.failures
        )
        heading = f"## {family.letter} {family.name.zh} / {family.name.en}"
        parts.append(f"{heading}\n\n| 代码 / Code | 名称 | Name |\n|---|---|---|\n{rows}")
    return "\n\n".join((*parts, _SOURCE)) + "\n"


def _part(heading: str, words: Words) -> str:
    return f"## {heading}\n\n{words.zh}\n\n{words.en}"
