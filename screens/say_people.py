"""What the screens of a person's own affairs say: binding, the personal page, more proof."""

from __future__ import annotations

from typing import Final

from screens.words import Words

# the notice before an account is opened
KEPT_WHAT: Final = Words("留存什么", "What is kept")
KEPT_UNTIL: Final = Words("保存多久", "How long")

# binding a phone
SCAN_THIS: Final = Words("用手机扫这个码", "Scan this code")
SCAN_ONCE: Final = Words("只能用一次", "It works once")
SEE_MACHINE: Final = Words("看手机写的是不是本机", "Is it this machine?")
TYPE_BELOW: Final = Words("把手机上的数字输在这里", "Type its digits here")
ONLY_THERE: Final = Words("数字只显示在您的手机上", "Only your phone shows them")
OWN_PHONE_ONLY: Final = Words(
    "只输您自己手机上的数字，别人告诉您的不要输。", "Type what your own phone shows, not what others say."
)
FOUR_DIGITS: Final = Words("手机上的四位数字", "Digits on your phone")
NEW_CODE_IN: Final = Words("秒后换新码", "seconds to a new code")
HAVE_DIGITS: Final = Words("手机上有数字了", "My phone shows digits")
TYPE_DIGITS: Final = Words("输入手机上的数字", "Type the digits")

# a document laid down
READER_BELOW: Final = Words("读卡器在屏幕右下方。", "The reader is below the screen, on the right.")

# the personal page
MINE: Final = Words("我的", "My page")
READS: Final = Words("谁看过我的资料", "Who read my data")
READS_SHORT: Final = Words("谁看过我的资料", "Data reads")
NO_READS: Final = Words("最近 30 天没有人看过。", "Nobody did in the last 30 days.")
NOTHING_APPLIED: Final = Words("现在没有在办的事。", "Nothing is under way now.")
PRINT_LIST: Final = Words("打印清单（隐去号码）", "Print, numbers hidden")
PRINT_LIST_SHORT: Final = Words("打印清单", "Print this list")
QUESTION: Final = Words("对某次查看有疑问", "Ask about a read")
TICKETS: Final = Words("我的号", "My tickets")
TICKETS_LINE: Final = Words("在等候的号", "Those that wait")
REPRINT: Final = Words("可补打", "Can be printed again")
NONE_YET: Final = Words("还没有", "None yet")
NOTHING_EXPIRES: Final = Words("没有将到期的", "0 to end soon")
BIND_PHONE: Final = Words("绑定手机", "Bind a phone")
BIND_WHY: Final = Words("叫号会发到手机", "Calls then come to it")
UNBIND: Final = Words("可解除", "Can be undone")


def applied(count: int) -> Words:
    return Words(f"在办 {count} 件", f"{count} under way")


def all_applied(count: int) -> Words:
    return Words(f"全部 {count} 件", f"All {count}")


def all_reads(count: int) -> Words:
    return Words(f"全部 {count} 次", f"All {count}")


def last_days(count: int) -> Words:
    return Words(f"最近 30 天 · {count} 次", f"Last 30 days · {count}")


def saw(what: Words) -> Words:
    return Words(f"看了 {what.zh}", f"Saw {what.en}")


def step_in(step: int, steps: int) -> Words:
    return Words(f"{steps} 步中的第 {step} 步", f"Step {step} of {steps}")


def certificates(count: int) -> Words:
    return Words(f"证明 {count} 份", f"{count} certificates" if count != 1 else "1 certificate")


def expiring(count: int) -> Words:
    return Words(f"{count} 件将到期", f"{count} to end soon")


def bound(count: int) -> Words:
    return Words(f"已绑定 {count} 个", f"{count} are bound")


# more proof
SHOWN: Final = Words("已出示", "Shown so far")
NEEDED: Final = Words("还需要", "Still needed")

# letters and digits
LETTERS: Final = Words("ABC", "ABC")
DIGITS: Final = Words("123", "123")


def length(least: int, most: int) -> Words:
    if least == most:
        return Words(f"共 {most} 位，字母和数字。", f"{most} characters, letters and digits.")
    return Words(f"{least} 到 {most} 位，字母和数字。", f"{least} to {most} characters, letters and digits.")
