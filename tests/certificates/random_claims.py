"""Certificates of people who are nobody, as a hall might issue them in a year: seeded, of any template.

Names have 2 to 4 characters, addresses 12 to 30; numbers, days and sums lie where a record would have them.
"""

from __future__ import annotations

import random
from datetime import date
from typing import Final

from certificates.claims import INDICES, Claims, Value
from certificates.form import DAY_ZERO, FormField, Kind
from certificates.template import Template

_SURNAMES: Final[list[str]] = [
    *"王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆",
    *"汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤",
    *("欧阳", "上官", "诸葛", "司徒"),
]
_GIVEN: Final = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂玲红建华国志文玉春梅海燕雪琳鹏宇浩然子轩梓涵欣怡诗雨泽晨思远嘉"
    "俊熙博一诺若曦沐宸皓奕辰瑾瑜婉清书瑶锦程淼鑫垚翊珩琬璟煜昊羲彧"
)
_STREETS: Final = ("柳岸", "望江", "滨河", "石桥", "荷塘", "东浦", "南苑", "云台", "梧桐", "长堤", "渡口", "白沙")
_ROADS: Final = ("人民路", "解放大道", "学府街", "沿江东路", "建设三路", "梅园巷", "新港西路", "工业二横路")
_ESTATES: Final = ("翠湖花园", "江畔明珠小区", "幸福里", "阳光新城三期", "锦绣华庭", "桂花苑", "港湾家园", "和谐公寓")
_TRADES: Final = ("电子科技", "餐饮管理", "物业服务", "建筑工程", "精密机械制造", "供应链管理", "文化传播", "医疗器械")
_FORMS: Final = ("有限公司", "股份有限公司", "有限责任公司", "（集团）有限公司江畔分公司")
_FROM: Final = 1_767_196_800  # 2026-01-01, UTC+8
_YEAR: Final = 365 * 86_400
_DAY: Final = 86_400


def random_claims(rng: random.Random, template: Template) -> Claims:
    """One original of ``template``, issued in 2026."""
    iat = _FROM + rng.randrange(_YEAR)
    midnight = (iat + 8 * 3_600) // _DAY * _DAY - 8 * 3_600
    return Claims(
        type=template.type,
        version=template.version,
        iat=iat,
        exp=midnight + (template.issue.valid_days + 1) * _DAY,
        cti=rng.randbytes(10),
        status=rng.randrange(INDICES),
        name=name(rng),
        masked="990" + f"{rng.randrange(1000):03d}" + rng.choice("0123456789X"),
        fields=tuple(_value(rng, field) for field in template.fields),
    )


def name(rng: random.Random) -> str:
    """2 to 4 characters."""
    return rng.choice(_SURNAMES) + "".join(rng.choices(_GIVEN, k=rng.choice((1, 2, 2, 2))))


def address(rng: random.Random) -> str:
    """12 to 30 characters."""
    while True:
        text = (
            f"江畔区{rng.choice(_STREETS)}街道{rng.choice(_ROADS)}{rng.randint(1, 399)}号"
            + rng.choice(("", rng.choice(_ESTATES)))
            + rng.choice(("", f"{rng.randint(1, 30)}栋", f"{rng.randint(1, 30)}栋{rng.randint(1, 4)}单元"))
            + rng.choice(("", f"{rng.randint(1, 33)}{rng.randint(1, 12):02d}室"))
        )
        if 12 <= len(text) <= 30:
            return text


def _text(rng: random.Random, field: FormField) -> str:
    match field.id:
        case "address":
            return address(rng)
        case "employer":
            brand = "".join(rng.choices(_GIVEN, k=rng.randint(2, 4)))
            return f"江畔{brand}{rng.choice(_TRADES)}{rng.choice(_FORMS)}"
        case "office":
            return f"江畔区民政局{rng.choice(_STREETS)}婚姻登记处"
        case "document":
            return f"99{rng.randrange(10**10):010d}{rng.choice(('', '号'))}"
        case _:
            return "".join(rng.choices(_GIVEN, k=field.max // 2))


def _value(rng: random.Random, field: FormField) -> Value:
    if not field.required and rng.random() < 0.3:
        return None
    today = (date(2026, 1, 1) - DAY_ZERO).days
    match field.kind:
        case Kind.TEXT:
            return _text(rng, field)[: field.max]
        case Kind.DATE:
            return today + rng.randrange(400, 3_600) if field.id == "until" else today - rng.randrange(12_000)
        case Kind.MONTH:
            return 126 * 12 - (rng.randrange(1, 4) if field.id == "to" else rng.randrange(4, 400))
        case Kind.CHOICE:
            return rng.choice(list(field.choices))
        case Kind.MONEY:
            return rng.randrange(10_000, min(field.max, 3_000_000))
        case Kind.INTEGER:
            return rng.randint(1, 6 if field.id == "household" else field.max)
