"""What the maintenance screens themselves say: plain words for somebody with a tool in the hand."""

from __future__ import annotations

from typing import Final

from screens.pages import Sign, TestState
from screens.words import Words

# the frame
MODE: Final = Words("维护模式", "Maintenance")
NOBODYS_DATA: Final = Words("不显示任何个人信息", "No personal data")
CARD_INSIDE: Final = Words("卡在机内", "Card is in")
WORKS_OFFLINE: Final = Words("离线可用", "Works offline")
OTHER_LANGUAGE: Final = Words("English", "中文")
LEAVE: Final = Words("退出维护", "Leave")
PULL_THE_CARD: Final = Words("拔卡立即退出", "Pulling the card ends it at once")


def idle(seconds: int) -> Words:
    minutes = seconds // 60
    return Words(f"{minutes} 分钟无操作自动退出", f"Ends by itself after {minutes} idle minutes")


# the question whether anybody is still there
STILL_THERE: Final = Words("还在维护吗？", "Still at work?")
I_AM_HERE: Final = Words("我还在，继续维护", "I am here, go on")
END_NOW: Final = Words("退出维护", "Leave maintenance")


def ending_in(seconds: int) -> Words:
    return Words(
        f"{seconds} 秒后自动退出维护，\n本机回到待机页面。",
        f"Maintenance ends in {seconds} seconds,\nand the waiting page comes back.",
    )


def pin_digits(least: int, most: int) -> Words:
    return Words(
        f"{least} 至 {most} 位数字。键的位置每次不同。", f"{least} to {most} digits. The keys change places each time."
    )


# how parts stand
SIGNS: Final = {
    Sign.OK: Words("正常", "OK"),
    Sign.WARN: Words("注意", "Check"),
    Sign.BAD: Words("故障", "Fault"),
    Sign.UNKNOWN: Words("未知", "Unknown"),
}
TEST: Final = Words("测试", "Test")
RESOLVE: Final = Words("处理", "Resolve")


def parts(count: int, troubled: int) -> Words:
    if not troubled:
        return Words(f"设备 {count} 台，都正常", f"All {count} parts are OK")
    needs = "needs" if troubled == 1 else "need"
    return Words(f"设备 {count} 台，{troubled} 台要处理", f"{troubled} of {count} parts {needs} you")


# tests
STATES: Final = {
    TestState.WAITS: Words("待测", "To do"),
    TestState.RUNS: Words("进行中", "Now"),
    TestState.PASSED: Words("通过", "Passed"),
    TestState.FAILED: Words("未通过", "Failed"),
}
NO_ANSWER: Final = Words("有格子没有反应", "A field does not react")


def number_of(number: int, of: int) -> Words:
    return Words(f"第 {number} 项，共 {of} 项", f"Test {number} of {of}")


def fields_left(count: int) -> Words:
    return Words(f"还剩 {count} 格", f"{count} left")


# a failure code
CAUSE: Final = Words("原因", "Cause")
CITIZEN: Final = Words("市民看到的", "What citizens are told")
TO_DO: Final = Words("怎么处理", "What to do")
RETURN: Final = Words("返回", "Go back")

# volume and brightness
ADJUST: Final = Words("音量与亮度", "Volume and brightness")
VOLUME: Final = Words("音量", "Volume")
BRIGHTNESS: Final = Words("亮度", "Brightness")
LESS: Final = Words("减小", "Less")
MORE: Final = Words("增大", "More")
NO_BRIGHTNESS: Final = Words("这块屏的亮度不能在这里调。", "This panel's brightness can't be set from here.")
