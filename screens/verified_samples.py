"""One verified paper of each kind, for the samples of its screen: nobody's."""

from __future__ import annotations

from typing import Any, Final

from screens.pages import Advice, Check, Fact, Page, Verdict, Verified
from screens.words import Words, same

_ROWS: Final = (
    Fact(Words("证明", "Certificate"), Words("居住证明", "Certificate of residence")),
    Fact(Words("证件号", "ID number"), same("990***********0028"), strong=True),
    Fact(Words("住址", "Address"), same("江畔区柳岸街道 8 号 2 栋")),
    Fact(Words("编号", "Number"), same("99JZ-2026-0417283")),
    Fact(Words("签发", "Issued"), same("2026年11月20日 09:12")),
    Fact(Words("有效至", "Valid until"), same("2027年05月20日")),
    Fact(Words("打印", "Print"), Words("第 1 份（原件）", "Copy 1 (original)")),
)
_LONG: Final = (
    *_ROWS[:2],
    Fact(_ROWS[2].label, same("江畔区柳岸街道滨河大道与柳岸南路交叉口东南侧柳岸花园三期八号楼二单元一千二百零三室")),
    *_ROWS[3:],
    *(Fact(Words(f"子女 {at}", f"Child {at}"), same("王小小 2019年03月05日")) for at in range(1, 5)),
)
_AGE: Final = Words("撤销名单更新于今天 08:00（1 小时 41 分前）。", "List of revocations: today 08:00, 1 h 41 min ago.")
_NOT_ASKED: Final = Words("这次没有核对大厅登记。", "The hall's record was not looked up this time.")
_ASK: Final = Advice(
    Words("可以问 12345", "Ask 12345"), Words("说出编号和发证机关。", "Say the number and the issuer."), "phone"
)
_AGAIN: Final = Advice(
    Words("把纸放平，对准扫描口", "Lay the paper flat at the scanner"),
    Words("离开约 10 厘米。", "About 10 cm away."),
    "scan-line",
)
_SHORT: Final = Advice(
    Words("或查码下的 16 位短码", "Or look up the 16 characters"),
    Words("在本厅网站上输入。", "On the hall's site."),
    "keyboard",
)
_REPRINT: Final = Advice(
    Words("请持纸人重新打印", "Have it printed again"),
    Words("任一自助机凭本人证件，免费、24 小时。", "At any machine, with the holder's own card, free, day and night."),
    "file-text",
)


def _genuine(
    result: Verdict, word: Words, sentence: Words, rows: tuple[Fact, ...] = _ROWS, ended: tuple[Fact, ...] = ()
) -> Verified:
    return Verified(result, word, sentence, rows, "王*明", "王小明", notes=(_AGE,), ended=ended)


SAMPLES: Final[dict[str, Page[Any]]] = {
    "valid": _genuine(
        Verdict.VALID,
        Words("真实有效", "Genuine and valid"),
        Words(
            "是江畔区柳岸街道办事处签发的，没有被改动，没有被撤销。",
            "Issued by Liu'an Subdistrict Office, unchanged, not revoked.",
        ),
    ),
    "alone": Verified(
        Verdict.VALID,
        Words("真实有效", "Genuine and valid"),
        Words(
            "江畔区柳岸街道办事处签发，有效期到2027年5月20日。",
            "Issued by Liu'an Subdistrict Office, Jiangpan District, good until 20 May 2027.",
        ),
        _ROWS,
        "王*明",
        "王小明",
        notes=(_AGE, _NOT_ASKED),
    ),
    "long": Verified(
        Verdict.VALID,
        Words("真实有效", "Genuine and valid"),
        Words(
            "是江畔区柳岸街道办事处签发的，没有被改动，没有被撤销。",
            "Issued by Liu'an Subdistrict Office, unchanged, not revoked.",
        ),
        _LONG,
        "阿***",
        "阿卜杜热伊木·买买提艾力·吐尔逊江",
        notes=(_AGE,),
    ),
    "expired": _genuine(
        Verdict.EXPIRED,
        Words("已过期", "Expired"),
        Words("签发时是真的，已过有效期。", "Genuine when issued, no longer valid."),
        (*_ROWS[:5], Fact(_ROWS[5].label, _ROWS[5].value, strong=True)),
    ),
    "revoked": _genuine(
        Verdict.REVOKED,
        Words("已撤销", "Revoked"),
        Words("签发机关已撤销这张证明。", "The issuer has revoked it."),
        ended=(
            Fact(Words("撤销", "Revoked"), same("2026年11月22日"), strong=True),
            Fact(Words("原因", "Reason"), Words("所写情况已变更", "What it says has changed"), strong=True),
        ),
    ),
    "not-yet": _genuine(
        Verdict.NOT_YET_REGISTERED,
        Words("真实，登记稍后到达", "Genuine, registration pending"),
        Words("打印时机器没有联网，明天再查一次。", "The machine was offline. Check again tomorrow."),
    ),
    "unknown": _genuine(
        Verdict.STATUS_UNKNOWN,
        Words("签名真实，是否撤销未知", "Status unknown"),
        Words("本机的撤销名单太旧了。", "This machine's list of revocations is too old."),
    ),
    "forged": Verified(
        Verdict.FORGED,
        Words("不是真的", "Forged. Do not accept."),
        Words(
            "签名不符：内容被改动过，或不是任何政务机构签发的。",
            "The signature does not fit: changed, or issued by no authority.",
        ),
        advice=(
            Advice(
                Words("不要采用这张纸", "Do not accept this paper"),
                Words("上面写的内容都不可信，本机不显示。", "Nothing on it can be trusted, so it is not shown."),
                "ban",
            ),
            _REPRINT,
            Advice(
                Words("怀疑造假，请拨 12345", "Call 12345 if you suspect forgery"),
                Words("报这个编号，便于查找：V-0941-7K3M", "Give this number: V-0941-7K3M"),
                "phone",
            ),
        ),
        checks=(
            Check(Words("二维码能读出", "The code can be read"), True),
            Check(Words("格式是本厅证明", "It has this hall's format"), True),
            Check(Words("签名与内容相符", "The signature fits the content"), False),
        ),
    ),
    "unknown-key": Verified(
        Verdict.UNKNOWN_KEY,
        Words("查不到签发机关", "Issuer not known"),
        Words("本机的名单里没有这把钥匙，名单是 3 小时前的。", "No such key in a list of 3 hours ago."),
        advice=(_ASK,),
        checks=(Check(Words("签名的钥匙在名单里", "The key that signed is listed"), False),),
        notes=(_AGE,),
    ),
    "not-ours": Verified(
        Verdict.NOT_OURS,
        Words("不是本系统的证明", "Not one of ours"),
        Words("这个码不是政务证明的码。", "This code is not that of a certificate."),
        advice=(_AGAIN,),
    ),
    "unreadable": Verified(
        Verdict.UNREADABLE,
        Words("读不出来", "Unreadable"),
        Words("码太淡、太皱或没有照全。", "The code is too pale, creased or only partly seen."),
        advice=(_AGAIN, _SHORT),
    ),
    "clock": Verified(
        Verdict.CHECK_CLOCK,
        Words("请先校准时钟", "Check the clock"),
        Words("本机的时钟不对，现在不能验。", "This machine's clock is wrong. It can't check now."),
        advice=(_ASK,),
    ),
}
