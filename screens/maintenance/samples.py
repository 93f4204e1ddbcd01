"""What the samples of the maintenance screens show: a kiosk of nobody's, as its technician would find it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from screens.pages import Adjust, AskDeed, Badge, Choice, EnterPin, Open, Part, Sign, Upkeep
from screens.words import Words

BADGE: Final = Badge(Words("技术员 T-014", "Technician T-014"), Words("03 号机 · K-0203", "Machine 03 · K-0203"))

PARTS: Final = (
    Part(
        "ticket", "printer", Words("号票打印机", "Ticket printer"),
        Words("纸已用完，取号已暂停", "Out of paper. Tickets are closed"), "P102", Sign.BAD, True,
    ),
    Part(
        "sheet", "file-text", Words("A4 打印机", "A4 printer"),
        Words("墨粉 11 %，约 340 页", "Toner at 11%, about 340 pages"), "A021", Sign.WARN, True,
    ),
    Part(
        "card", "credit-card", Words("读卡器", "Card reader"),
        Words("插拔正常，今日 62 次", "62 cards today"), "", Sign.OK, True,
    ),
    Part(
        "idcard", "id-card", Words("身份证阅读", "ID card reader"),
        Words("SAM 应答 98 毫秒", "SAM answers in 98 ms"), "", Sign.OK, True,
    ),
    Part(
        "scanner", "scan-line", Words("扫描口", "Scanner"),
        Words("画面清晰，30 帧/秒", "Sharp picture, 30 a second"), "", Sign.OK, True,
    ),
    Part(
        "sound", "volume-2", Words("声音", "Sound"),
        Words("扬声器、耳机孔正常", "Loudspeaker and earphone work"), "", Sign.OK, True,
    ),
    Part("network", "wifi", Words("网络", "Network"), Words("到大厅 24 毫秒", "24 ms to the hall"), "", Sign.OK, True),
    Part(
        "clock", "clock", Words("时钟", "Clock"), Words("与大厅差 0.3 秒", "0.3 s from the hall's"), "", Sign.OK, True
    ),
    Part(
        "store", "hard-drive", Words("磁盘与账本", "Disk and ledger"),
        Words("余 41 GB，校验通过", "41 GB free, ledger checked"), "", Sign.OK, True,
    ),
    Part(
        "outbox", "send", Words("待上传", "To be sent"), Words("0 条，最近 09:40", "None, last at 09:40"), "", Sign.OK,
        False,
    ),
)  # fmt: skip

_UPS: Final = Part(
    "power", "plug-zap", Words("备用电源", "Power supply"),
    Words("没有应答，停电时不能把票打完", "No answer: a power cut stops the paper"), "U103", Sign.UNKNOWN, False,
)  # fmt: skip
_PASSPORT: Final = Part(
    "passport", "book-user", Words("护照阅读", "Passport reader"),
    Words("今日 3 本，最近 09:12", "3 today, last at 09:12"), "", Sign.OK, True,
)  # fmt: skip

_DEEDS: Final = (
    Choice("tests", "list-checks", Words("全部测试", "All tests")),
    Choice("paper", "receipt-text", Words("换纸", "Change paper")),
    Choice("export", "scroll-text", Words("日志导出", "Export logs")),
    Choice("report", "shield-check", Words("就绪报告", "Readiness report")),
    Choice("network", "wifi", Words("网络与大厅", "Network and hall")),
    Choice("adjust", "volume-2", Words("音量亮度", "Sound and light")),
    Choice("restart", "rotate-ccw", Words("重启", "Restart")),
    Choice("off", "power", Words("关机", "Switch off")),
)
_ENROL: Final = Choice(
    "enrol", "key-round", Words("重新注册", "Enrol again"), Words("需负责人", "Manager only"), Open.CLOSED
)

UNCERTAIN: Final = Choice(
    "uncertain",
    "receipt-text",
    Words("1 张号票结果不确定：A036", "1 ticket is uncertain: A036"),
    Words(
        "09:38 打印中缺纸。请看出纸口，有没有这张票？",
        "Paper ran out at 09:38. Is it in the slot?",
    ),
)

UPKEEP: Final = Upkeep(BADGE, PARTS, UNCERTAIN, _DEEDS)
CALM: Final = Upkeep(BADGE, PARTS[2:8], None, _DEEDS)
MANY: Final = Upkeep(BADGE, (*PARTS, _UPS, _PASSPORT, *PARTS[2:5]), UNCERTAIN, (*_DEEDS, _ENROL))

PIN: Final = EnterPin(
    BADGE,
    Words("请输入工作卡密码", "Type the PIN of your work card"),
    Words("还可以试 3 次。", "3 tries are left."),
    None,
    (7, 2, 9, 4, 0, 6, 1, 8, 3, 5),
)
PIN_AGAIN: Final = replace(
    PIN,
    lead=Words("还可以试 2 次。", "2 tries are left."),
    problem=Words(
        "密码不对。再错要等 20 秒，错完 2 次卡会锁住。",
        "Wrong PIN. The next wrong one costs 20 s, and the card locks itself after 2.",
    ),
    scrambled=(3, 8, 5, 1, 9, 0, 2, 7, 6, 4),
)

ADJUST: Final = Adjust(BADGE, 6, 10)
ADJUST_SOUND: Final = Adjust(BADGE, 0, None)

RESTART: Final = AskDeed(
    BADGE,
    Words("重启这台机器？", "Restart this machine?"),
    Words("约 1 分钟后恢复。没有上传的都还在。", "It is back in about a minute. What is not sent yet is kept."),
    Words("重启", "Restart"),
    "rotate-ccw",
    grave=False,
)
SWITCH_OFF: Final = AskDeed(
    BADGE,
    Words("关机？", "Switch off?"),
    Words("关机后只能按机柜里的电源键再开。", "After that, only the switch in the cabinet starts it again."),
    Words("关机", "Switch off"),
    "power",
    grave=True,
)
