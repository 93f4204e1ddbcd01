"""Which regions the numbers on cards begin with: the first two digits of GB/T 2260, and what stands beside it.

Only numbers that a card says are held against this table. A typed number is
not: it names nobody, and its check character already tells a slip of the
finger. Cards carry regions that were dissolved long ago, so the table ends
at the provinces, which have not changed since the numbers began.
"""

from __future__ import annotations

from typing import Final

PROVINCES: Final = {
    "11": "北京",
    "12": "天津",
    "13": "河北",
    "14": "山西",
    "15": "内蒙古",
    "21": "辽宁",
    "22": "吉林",
    "23": "黑龙江",
    "31": "上海",
    "32": "江苏",
    "33": "浙江",
    "34": "安徽",
    "35": "福建",
    "36": "江西",
    "37": "山东",
    "41": "河南",
    "42": "湖北",
    "43": "湖南",
    "44": "广东",
    "45": "广西",
    "46": "海南",
    "50": "重庆",
    "51": "四川",
    "52": "贵州",
    "53": "云南",
    "54": "西藏",
    "61": "陕西",
    "62": "甘肃",
    "63": "青海",
    "64": "宁夏",
    "65": "新疆",
    "71": "台湾",
    "81": "香港",
    "82": "澳门",
    "83": "台湾居民",
}
"""Source: GB/T 2260; 83, which is not in it, is given to Taiwan residents (measures for the residence permit, 2018).
A number is kept for life, so whoever settles on the mainland later has 81 to 83 on a citizen's card."""

TEST: Final = "99"
"""Test persons are nobody. No place and no foreigner has a number that begins so."""

RESIDENCE_PERMITS: Final = ("810000", "820000", "830000", TEST)
"""What a residence permit's number begins with."""

_FOREIGNER: Final = "9"


def is_province(digits: str) -> bool:
    """Whether a citizen's number may begin with these two digits."""
    return digits in PROVINCES or digits == TEST


def is_foreigners(number: str) -> bool:
    """Whether this is the number of a foreigner's card of 2023: a 9, then the province where it was first asked for.

    Source: the rules of the National Immigration Administration for the card of 2023.
    """
    return number.startswith(TEST) or (number[:1] == _FOREIGNER and number[1:3] in PROVINCES)
