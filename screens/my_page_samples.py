"""Personal pages for the gallery: nobody's."""

from __future__ import annotations

from typing import Final

from screens.pages import MyPage, Progress, Seen
from screens.screen import Samples
from screens.words import Words

_APPLIED: Final = (
    Progress(
        Words("社保关系转移接续", "Transfer of social insurance"),
        Words("11月18日受理，对方社保局办理中", "Taken on 18 Nov, with the other office now"),
        3,
        5,
    ),
    Progress(
        Words("老年人优待卡", "Senior citizen card"),
        Words("11月12日受理，制卡中", "Taken on 12 Nov, the card is being made"),
        4,
        5,
    ),
    Progress(Words("异地就医备案", "Medical care elsewhere"), Words("今天受理", "Taken today"), 1, 3),
)
_SEEN: Final = (
    Seen(
        "11-20 09:41",
        Words("03 号自助机", "Machine 03"),
        Words("姓名、证件号", "name, number"),
        Words("您插卡取号", "You took a ticket"),
    ),
    Seen(
        "11-18 15:07",
        Words("社保局 经办", "Social insurance, clerk"),
        Words("参保年限", "years insured"),
        Words("办理社保关系转移", "Transfer of insurance"),
    ),
    Seen(
        "11-12 10:22",
        Words("民政局 经办", "Civil affairs, clerk"),
        Words("出生日期、照片", "birth date, photo"),
        Words("办理老年人优待卡", "Senior citizen card"),
    ),
    Seen(
        "11-02 08:30",
        Words("医保局 系统", "Medical insurance, system"),
        Words("参保状态", "insured or not"),
        Words("异地就医核对", "Care elsewhere"),
    ),
)
_NUMBER: Final = "990***********0028"

SAMPLES: Final[Samples] = {
    "full": MyPage(
        "王*明",
        "王小明",
        _NUMBER,
        _APPLIED[:2],
        _SEEN,
        4,
        3,
        (Words("居住证 12月30日", "Residence card, 30 Dec"),),
        (Words("微信已绑定", "WeChat is bound"),),
    ),
    "many": MyPage("王*明", "王小明", _NUMBER, _APPLIED, _SEEN, 26, 12, (Words("居住证", "Card"),) * 3, ()),
    "new": MyPage("王*明", "王小明", _NUMBER, (), _SEEN[:1], 1, 0, (), ()),
}
