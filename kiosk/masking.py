"""How little of a person is shown: what a bystander may read over a shoulder."""

from __future__ import annotations

from screens.words import Words


def greeting_name(name: str) -> str:
    """``王*`` for 王小明, ``WANG *`` for a Latin name: enough to see that it is the right card."""
    if not name:
        return "*"
    first = name.split()[0] if name[0].isascii() else name[0]
    return f"{first} *" if first.isascii() else f"{first}*"


def slip_name(name: str) -> str:
    """``王*明`` for 王小明, ``王*`` for 王明: what a slip and a list carry."""
    if not name or name[0].isascii() or len(name) == 1:
        return greeting_name(name)
    return f"{name[0]}*" if len(name) == 2 else f"{name[0]}*{name[-1]}"


def masked_number(number: str) -> str:
    """``990***********0028``: the first three and the last four of a citizen number."""
    return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}" if len(number) > 7 else "*" * len(number)


def part_of_day(hour: int) -> Words:
    """The greeting for an hour of the day, 0 to 23."""
    if 5 <= hour < 11:
        return Words("早上好" if hour < 8 else "上午好", "Good morning")
    if 11 <= hour < 18:
        return Words("中午好" if hour < 13 else "下午好", "Good afternoon")
    return Words("晚上好", "Good evening")
