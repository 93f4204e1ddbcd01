"""Samples of the guided tests: one with a paper, one with a sound, one alone; and what they wait for."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from screens.maintenance import samples
from screens.pages import AtWork, AwaitCard, Choice, ColourTest, Testing, TestRow, TestState, TouchTest
from screens.trial_slip import TrialSlip, trial
from screens.words import Words

_NAMES: Final = (
    Words("触摸", "Touch"),
    Words("屏幕颜色", "Screen colours"),
    Words("号票打印", "Slip printer"),
    Words("A4 打印", "A4 printer"),
    Words("读卡", "Card reader"),
    Words("身份证阅读", "ID card reader"),
    Words("扫描", "Code scanner"),
    Words("声音", "Sound"),
)


def _rows(at: int, failed: int = -1) -> tuple[TestRow, ...]:
    """The tests before ``at`` are done, one of them ``failed``."""
    done = (TestState.FAILED if number == failed else TestState.PASSED for number in range(at))
    states = [*done, TestState.RUNS, *(TestState.WAITS for _ in _NAMES[at + 1 :])]
    times = ["09:43"] * at + [""] * (len(_NAMES) - at)
    return tuple(map(TestRow, _NAMES, states, times))


_ALL: Final = Words("全部测试", "All tests")
_JUDGED: Final = (
    Choice("pass", "circle-check", Words("对，通过", "Yes, it passes")),
    Choice("fail", "octagon-x", Words("不对", "No")),
)
_AFTER: Final = (
    Choice("again", "rotate-ccw", Words("再来一次", "Once more")),
    Choice("back", "arrow-left", Words("上一项", "One back")),
    Choice("stop", "x", Words("停止测试", "Stop")),
)


def testing_paper() -> Testing:
    return Testing(
        samples.BADGE,
        _ALL,
        _rows(2),
        2,
        Words("测试票和图上一样吗？", "Is the slip as shown?"),
        (
            Words("格子清楚，没有白色竖线", "Fields are sharp, no white lines"),
            Words("八个字都在，笔画清楚", "All eight characters are there and sharp"),
            Words("最下面的黑条完整", "The bar at the end is whole"),
            Words("纸已切断", "The paper is cut"),
        ),
        (Words("打印机答复：已完成。", "The printer says: done."),),
        trial(TrialSlip("KETING-TEST-5D41C07A", samples.BADGE.place, "2026-11-20 09:44"), 576),
        (
            *_JUDGED,
            *_AFTER,
        ),
    )


TESTING_SOUND: Final = Testing(
    samples.BADGE,
    _ALL,
    _rows(7, failed=4),
    7,
    Words("听到三声和一句话吗？", "Did you hear the notes and a sentence?"),
    (
        Words("声音清楚，没有杂音", "Clear, without noise"),
        Words("站在一步外也听得见", "Heard from a step away"),
    ),
    (),
    None,
    (*_JUDGED, *_AFTER),
)
TESTING_ALONE: Final = replace(
    TESTING_SOUND,
    title=Words("测试", "Test"),
    rows=_rows(7)[7:],
    at=0,
    deeds=(*_JUDGED, _AFTER[0], _AFTER[2]),
)

TOUCH: Final = TouchTest(samples.BADGE, Words("请碰每一格", "Touch every field"), 6, 10)
COLOURS: Final = ColourTest(samples.BADGE)

AT_WORK: Final = AtWork(
    samples.BADGE,
    Words("正在打印测试页", "Printing a test page"),
    Words("请看出纸口。", "Look at the outlet."),
)
AWAIT_CARD: Final = AwaitCard(
    samples.BADGE,
    Words("请放测试身份证", "Lay down the test ID card"),
    Words("读出的内容不显示，也不保存。", "What it says is neither shown nor kept."),
    "id-card",
    (Choice("fail", "octagon-x", Words("没有反应", "Nothing happens")), _AFTER[2]),
)
