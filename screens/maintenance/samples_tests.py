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
    Words("号票打印", "Ticket printing"),
    Words("A4 打印", "A4 printing"),
    Words("读卡", "Card reader"),
    Words("身份证阅读", "ID card reader"),
    Words("扫描", "Scanner"),
    Words("声音", "Sound"),
)


def _rows(at: int, failed: int = -1) -> tuple[TestRow, ...]:
    """The tests before ``at`` are done, one of them ``failed``."""
    done = (TestState.FAILED if number == failed else TestState.PASSED for number in range(at))
    states = [*done, TestState.RUNS, *(TestState.WAITS for _ in _NAMES[at + 1 :])]
    times = ["09:43"] * at + [""] * (len(_NAMES) - at)
    return tuple(map(TestRow, _NAMES, states, times))


_ALL: Final = Words("全部测试", "All tests")
_AFTER: Final = (
    Choice("back", "arrow-left", Words("上一项", "Previous")),
    Choice("again", "rotate-ccw", Words("再打一张", "Print again")),
    Choice("stop", "x", Words("停止测试", "Stop")),
)


def testing_paper() -> Testing:
    return Testing(
        samples.BADGE,
        _ALL,
        _rows(2),
        2,
        Words("测试票和图上一样吗？", "Does the test slip look like this?"),
        (
            Words("格子清楚，没有白色竖线", "The fields are clear, with no white lines"),
            Words("四个生僻字都在", "All four rare characters are there"),
            Words("最下面的黑条完整", "The black bar at the bottom is whole"),
            Words("纸已切断", "The paper is cut"),
        ),
        (
            Words("打印机答复：已完成，0.9 秒。", "The printer says: done, in 0.9 s."),
            Words("二维码由扫描口自动读回：相符。", "The scanner read the code back: the same."),
        ),
        trial(TrialSlip("KETING TEST K-0203 4182", samples.BADGE.place, "09:44"), 576),
        (
            Choice("pass", "circle-check", Words("一样，通过", "The same, pass")),
            Choice("fail", "octagon-x", Words("不一样", "Not the same")),
            *_AFTER,
        ),
    )


TESTING_SOUND: Final = Testing(
    samples.BADGE,
    _ALL,
    _rows(7, failed=4),
    7,
    Words("听到三个音了吗？", "Did you hear three notes?"),
    (
        Words("从低到高，音量一样", "From low to high, equally loud"),
        Words("插上耳机后只在耳机里响", "With an earphone in, only there"),
    ),
    (),
    None,
    (
        Choice("pass", "circle-check", Words("听到了，通过", "Heard, pass")),
        Choice("fail", "octagon-x", Words("没听到", "Not heard")),
        Choice("again", "rotate-ccw", Words("再放一遍", "Play again")),
        _AFTER[2],
    ),
)
TESTING_ALONE: Final = replace(
    TESTING_SOUND, title=Words("声音", "Sound"), rows=_rows(7)[7:], at=0, deeds=TESTING_SOUND.deeds[:3]
)

TOUCH: Final = TouchTest(samples.BADGE, Words("请把每一格都按一下", "Touch every field once"), 6, 10)
COLOURS: Final = ColourTest(samples.BADGE)

AT_WORK: Final = AtWork(
    samples.BADGE,
    Words("正在打印测试票", "Printing a test slip"),
    Words("约 3 秒。请先不要拿纸。", "About 3 seconds. Leave the paper for now."),
)
AWAIT_CARD: Final = AwaitCard(
    samples.BADGE,
    Words("请插入测试卡", "Insert the test card"),
    Words("读到后自动继续。", "It goes on by itself when the card was read."),
    "credit-card",
    (Choice("fail", "octagon-x", Words("读不出来", "It is not read")), Choice("stop", "x", Words("停止测试", "Stop"))),
)
