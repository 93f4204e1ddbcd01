"""Samples of what is found: a readiness report, a paper nobody is sure of, the page of a failure code."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from screens.maintenance import samples
from screens.pages import Choice, FailureGuide, Finding, Findings, Sign
from screens.words import Words

_BACK: Final = Choice("back", "arrow-left", Words("返回", "Back"))
_FOUND: Final = (
    Finding("circle-alert", Words("号票打印机", "Slip printer"), samples.PARTS[0].line, "P102", Sign.BAD),
    Finding("circle-alert", samples.UPS.name, samples.UPS.line, "U103", Sign.BAD),
    Finding("circle-dashed", Words("号票打印", "Slip printer"), Words("测试没有通过", "The test failed"), "", Sign.BAD),
    Finding(
        "circle-dashed",
        Words("声音", "Sound"),
        Words("三十天内没有测过", "Not tested within thirty days"),
        "",
        Sign.UNKNOWN,
    ),
    Finding("list-checks", Words("8 项测试，6 项通过", "8 tests, 6 passed"), None, "", Sign.BAD),
    Finding(
        "scroll-text",
        Words("日志完整", "The journal is whole"),
        Words("8,412 行，已封存到 2026-11-19", "8,412 lines, sealed until 2026-11-19"),
        "",
        Sign.OK,
    ),
)
REPORT: Final = Findings(
    samples.BADGE,
    Words("本机还不能开放", "This machine is not ready"),
    None,
    _FOUND,
    (Choice("save", "usb", Words("存到 U 盘", "Save to a stick")), _BACK),
)
UNSURE: Final = Findings(
    samples.BADGE,
    Words("请找这张纸", "Look for this paper"),
    Words("看出纸口和切刀下面，再选一项。", "Look at the outlet and below the cutter, then choose."),
    (
        Finding(
            "receipt-text",
            Words("号票 A036", "Ticket A036"),
            Words("11-20 09:38 开始打印，第 1 份", "Begun at 11-20 09:38, copy 1"),
        ),
        Finding("circle-alert", Words("打印纸用完了", "Paper has run out"), None, "P102"),
        Finding("trash-2", Words("找到的纸请撕毁，不要交给别人。", "Tear up what you find. Give it to nobody.")),
    ),
    (
        Choice("whole", "circle-check", Words("纸在，而且完整", "It is here and whole")),
        Choice("spoilt", "receipt-text", Words("只有半张或空白", "Half of it, or blank")),
        Choice("gone", "circle-help", Words("没有，可能取走了", "Not here: it may be taken")),
        Choice("later", "arrow-left", Words("以后再说", "Later")),
    ),
    equal=True,
)
LONG: Final = replace(REPORT, rows=_FOUND * 5)
NOTHING: Final = Findings(
    samples.BADGE,
    Words("请插入 U 盘", "Insert a USB stick"),
    Words("插在机箱里面的维护口，等指示灯亮。", "In the service port inside, until its light is on."),
    (),
    (Choice("again", "usb", Words("插好了", "It is in")), _BACK),
)

GUIDE: Final = FailureGuide(
    samples.BADGE,
    "P102",
    Words("打印纸用完了", "Paper has run out"),
    Words("纸卷用完，或纸被扯出。", "The roll is at its end, or the paper was pulled out of its track."),
    Words(
        "号票纸用完了。请用旁边的机器，或拨打 12345。正在打印时请稍候，很快换好纸会接着打。",
        "Ticket paper has run out. Use the next machine, or call 12345. While a slip is printed, wait: with new paper "
        "soon, it goes on.",
    ),
    (
        Words("打开盖子，取出旧纸芯和撕断的纸头。", "Open the cover; take out the old core and the torn end."),
        Words(
            "按机内标签放新纸卷（80 或 58 毫米），热敏面朝打印头。",
            "Put in a new roll (80 or 58 mm, as on the label inside), printed side towards the head.",
        ),
        Words(
            "拉出一掌长，两侧按紧盖子，听到“咔”声。",
            "Pull a hand's length out and press the cover down on both sides until it clicks.",
        ),
        Words(
            "在维护模式里按“换纸”，登记新纸卷。",
            "Press Refill paper in the maintenance mode and say which roll went in.",
        ),
        Words("等待中的票会自动继续，切勿重打。", "A slip that waited goes on by itself: do not print it again."),
        Words("修好的标志：P102 消失，测试票打得出来。", "It is mended when P102 is gone and a test slip comes out."),
    ),
)
LONG_GUIDE: Final = replace(GUIDE, steps=GUIDE.steps * 3)
