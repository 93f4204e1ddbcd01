"""Samples of what is found: a readiness report, a paper nobody is sure of, the page of a failure code."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from screens.maintenance import samples
from screens.pages import Choice, FailureGuide, Finding, Findings, Sign
from screens.trial_slip import TrialSlip, trial
from screens.words import Words

_BACK: Final = Choice("back", "arrow-left", Words("返回", "Go back"))
_FOUND: Final = (
    Finding("printer", Words("号票打印机", "Ticket printer"), samples.PARTS[0].line, "P102", Sign.BAD),
    Finding("file-text", Words("A4 打印机", "A4 printer"), samples.PARTS[1].line, "A021", Sign.WARN),
    Finding("wifi", Words("网络", "Network"), samples.PARTS[6].line, "", Sign.OK),
    Finding("clock", Words("时钟", "Clock"), samples.PARTS[7].line, "", Sign.OK),
    Finding("plug-zap", Words("备用电源", "Power supply"), None, "U103", Sign.UNKNOWN),
)
REPORT: Final = Findings(
    samples.BADGE,
    Words("还不能开放：1 处故障", "Not ready: 1 fault"),
    Words("2026年11月20日 09:46 检查，12 项。", "Checked on 20 Nov 2026 at 09:46, 12 points."),
    _FOUND,
    (Choice("print", "printer", Words("打印并签名", "Sign and print")), _BACK),
)


def unsure() -> Findings:
    return Findings(
        samples.BADGE,
        Words("出纸口有这张票吗？", "Is this ticket in the slot?"),
        Words("只按看到的回答，会记入日志。", "Answer what you see. It goes on record."),
        (
            Finding(
                "receipt-text",
                Words("A036 · 社保关系转移接续", "A036 · Transfer of social insurance"),
                Words("09:38 打印中缺纸", "Paper ran out at 09:38 while it was printed"),
            ),
        ),
        (
            Choice("whole", "circle-check", Words("有，完整", "Yes, whole")),
            Choice("none", "octagon-x", Words("没有或不全", "No, or torn")),
            Choice("later", "clock", Words("以后再说", "Decide later")),
        ),
        trial(TrialSlip("KETING TEST K-0203 4181", samples.BADGE.place, "09:38"), 576),
    )


LONG: Final = replace(REPORT, title=Words("日志，最近 30 天", "Journal, last 30 days"), rows=_FOUND * 6)
NOTHING: Final = Findings(
    samples.BADGE,
    Words("没有插优盘", "There is no stick"),
    Words("请把优盘插进机柜里的 USB 口，再按一次。", "Put a stick into the USB port in the cabinet, and try again."),
    (),
    (Choice("again", "usb", Words("已插好，再试", "It is in, try again")), _BACK),
)

GUIDE: Final = FailureGuide(
    samples.BADGE,
    "P102",
    Words("号票打印机缺纸", "The ticket printer is out of paper"),
    Words("纸卷用完，或纸没有压到传感器。", "The roll is used up, or the paper does not lie on its sensor."),
    Words("号票纸用完了，取号暂停。", "Paper has run out. Tickets are closed here."),
    (
        Words("打开机柜下门，抬起打印机的绿色压杆。", "Open the lower door and lift the printer's green lever."),
        Words("取出纸芯，放入新卷，热敏面朝上。", "Take the core out, put a new roll in, coated side up."),
        Words("拉出 10 厘米，合上压杆，撕齐。", "Pull out 10 cm, close the lever and tear it straight."),
        Words("回到上一页，按“换纸”，再打一张测试票。", 'Go back, press "Change paper" and print a test slip.'),
    ),
)
LONG_GUIDE: Final = replace(GUIDE, steps=GUIDE.steps * 4)
