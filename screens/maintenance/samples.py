"""What the samples of the maintenance screens show: a kiosk of nobody's, as its technician would find it.

The words are those of the maintenance mode; a test of the trunk holds them together.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from screens.pages import Adjust, AskDeed, Badge, Choice, EnterPin, Open, Part, Sign, Upkeep
from screens.words import Words

BADGE: Final = Badge(Words("技术员 T-014", "Technician T-014"), Words("03 号机 · K-0203", "Machine 03 · K-0203"))

_ANSWERS: Final = Words("已接通，有应答", "Connected and answering")
PARTS: Final = (
    Part(
        "printer", "printer", Words("号票打印机", "Slip printer"),
        Words("打印纸用完了", "Paper has run out"), "P102", Sign.BAD, True,
    ),
    Part(
        "sheets", "file-text", Words("A4 打印机", "A4 printer"),
        Words("纸快用完，约剩 40 张纸", "Paper is low, about 40 sheets left"), "", Sign.WARN, True,
    ),
    Part("card", "credit-card", Words("读卡器", "Card reader"), _ANSWERS, "", Sign.OK, True),
    Part("id-card", "id-card", Words("身份证阅读", "ID card reader"), _ANSWERS, "", Sign.OK, True),
    Part("scanner", "scan", Words("扫描口", "Code scanner"), _ANSWERS, "", Sign.OK, True),
    Part(
        "voice", "volume-2", Words("声音", "Sound"),
        Words("没有报错，请试听", "No error. Listen to it"), "", Sign.OK, True,
    ),
    Part(
        "touch", "hand", Words("屏幕", "Screen"),
        Words("触摸与颜色请试一试", "Try touch and colours"), "", Sign.OK, True,
    ),
    Part(
        "hall", "wifi", Words("大厅网络", "Hall and network"),
        Words("已连通，07:58 起", "Connected, since 07:58"), "", Sign.OK, False,
    ),
    Part(
        "clock", "clock", Words("时钟", "Clock"),
        Words("与大厅差 0.3 秒", "0.3 s from the hall's"), "", Sign.OK, False,
    ),
    Part(
        "disk", "hard-drive", Words("磁盘与账本", "Disk and ledger"),
        Words("余 41 GB，张数相符", "41 GB free, copies add up"), "", Sign.OK, False,
    ),
    Part("outbox", "send", Words("待上传", "To be sent"), Words("0 条", "0 events"), "", Sign.OK, False),
    Part(
        "authority", "badge-check", Words("证明签发", "Certificates"),
        Words("密钥到 12月18日，余 412 个编号", "Key until 12-18, 412 numbers left"), "", Sign.OK, False,
    ),
    Part("power", "plug-zap", Words("备用电源", "Backup power"), Words("市电正常", "On mains"), "", Sign.OK, False),
)  # fmt: skip

_NOT_TOLD: Final = Part(
    "clock", "clock", Words("时钟", "Clock"),
    Words("大厅还没有报时", "The hall has not told the time yet"), "", Sign.UNKNOWN, False,
)  # fmt: skip
UPS: Final = Part(
    "power", "plug-zap", Words("备用电源", "Backup power"),
    Words("UPS 没有回答", "The UPS does not answer"), "U103", Sign.BAD, False,
)  # fmt: skip

_DEEDS: Final = (
    Choice("test", "list-checks", Words("全部测试", "All tests")),
    Choice("refill", "receipt-text", Words("换纸", "Refill paper")),
    Choice("logs", "scroll-text", Words("日志导出", "Save logs")),
    Choice("report", "shield-check", Words("就绪报告", "Readiness report")),
    Choice("hall", "wifi", Words("网络与大厅", "Hall and network")),
    Choice("adjust", "volume-2", Words("音量亮度", "Sound, light")),
    Choice("restart", "rotate-ccw", Words("重启", "Restart")),
    Choice("shut-down", "power", Words("关机", "Shut down")),
)
_NOT_ALLOWED: Final = replace(_DEEDS[-1], line=Words("您的卡不能做", "Not with this card"), open=Open.CLOSED)

UNCERTAIN: Final = Choice(
    "uncertain",
    "receipt-text",
    Words("1 张纸结果不确定：号票 A036", "1 paper in doubt: Ticket A036"),
    Words("请看出纸口，有没有这张纸", "Look at the outlet: is it there?"),
)

UPKEEP: Final = Upkeep(BADGE, PARTS, UNCERTAIN, _DEEDS)
CALM: Final = Upkeep(BADGE, PARTS[2:], None, _DEEDS)
MANY: Final = Upkeep(
    BADGE, (*PARTS[:8], _NOT_TOLD, *PARTS[9:12], UPS, *PARTS[2:5]), UNCERTAIN, (*_DEEDS[:-1], _NOT_ALLOWED)
)

PIN: Final = EnterPin(
    BADGE,
    Words("请输入维护卡的密码", "Enter the PIN of your card"),
    Words("由卡自己核对，本机不保存。", "The card itself checks it. The kiosk keeps nothing."),
    None,
    (7, 2, 9, 4, 0, 6, 1, 8, 3, 5),
)
PIN_AGAIN: Final = replace(
    PIN,
    problem=Words("密码不对，卡还允许 2 次。", "Wrong PIN. The card allows 2 more."),
    scrambled=(3, 8, 5, 1, 9, 0, 2, 7, 6, 4),
)

ADJUST: Final = Adjust(BADGE, 6, 10)
ADJUST_SOUND: Final = Adjust(BADGE, 0, None)

RESTART: Final = AskDeed(
    BADGE,
    Words("重启本机程序？", "Restart the kiosk?"),
    Words("约 5 秒后回到待机画面。", "The waiting screen is back in about 5 s."),
    Words("现在重启", "Restart now"),
    "rotate-ccw",
    grave=False,
)
SWITCH_OFF: Final = AskDeed(
    BADGE,
    Words("关闭整台机器？", "Shut the machine down?"),
    Words("要到机箱里按电源键才能再开。", "Only the power key inside turns it on again."),
    Words("现在关机", "Shut down now"),
    "power",
    grave=True,
)
