"""What the screens themselves say. Verbs on keys, what to do and then why, no blame."""

from __future__ import annotations

from typing import Final

from screens.words import Words

# the frame
BACK: Final = Words("上一步", "Back")
HOME: Final = Words("首页", "Home")
LEAVE: Final = Words("结束", "End")
LEAVE_CARD: Final = Words("结束退卡", "End, eject")
UNTIL_END: Final = Words("秒后\n自动结束", "seconds\nto end")
PAUSED: Final = Words("打印时计时暂停", "The clock stands still while printing")
HANDS_OFF: Final = Words("正在读卡，请不要移动证件", "Reading. Leave the card where it is")
LANGUAGE: Final = Words("语言 / EN", "语言 / 中文")
ELDER: Final = Words("长辈模式", "Large type")
DISPLAY: Final = Words("显示", "Display")
REACH: Final = Words("低位操作", "Low reach")
SPEAK: Final = Words("朗读", "Read out")
HELP: Final = Words("求助 12345", "Help 12345")
HOTLINE: Final = "12345"
FETCH_HELP: Final = Words("找人帮忙", "Ask for help")
PAGE_BEFORE: Final = Words("上一页", "Previous page")
PAGE_AFTER: Final = Words("下一页", "Next page")
CHINESE: Final = "简体中文"
ENGLISH: Final = "English"


def page_of(number: int, of: int) -> Words:
    return Words(f"第 {number} 页，共 {of} 页", f"Page {number} of {of}")


def step_of(step: int, steps: int, subject: Words | None) -> Words:
    zh, en = f"第 {step} 步，共 {steps} 步", f"Step {step} of {steps}"
    return Words(f"{zh} · {subject.zh}", f"{en} · {subject.en}") if subject else Words(zh, en)


# help and time-out
HELP_TITLE: Final = Words("需要帮忙吗？", "Need help?")
HELP_WINDOW: Final = Words("白天请到导办台", "In the daytime, ask at the desk")
HELP_WINDOW_LINE: Final = Words("告诉工作人员是几号机", "Say which machine you are at")
HELP_CALL: Final = Words("随时请拨 12345", "At any hour, call 12345")
HELP_CALL_LINE: Final = Words("政务服务热线，24 小时有人接听", "The government hotline, answered day and night")
HELP_STAY: Final = Words("您已办的事还在", "What you have done is kept")
HELP_STAY_LINE: Final = Words("关上这一页就能接着办", "Close this page and go on")
HELP_CLOSE: Final = Words("知道了，继续办理", "Close and go on")
STILL_THERE: Final = Words("您还在办理吗？", "Are you still here?")
I_AM_HERE: Final = Words("我还在，继续办理", "I am here, go on")
END_NOW: Final = Words("结束", "End now")
END_NOW_CARD: Final = Words("结束，退卡", "End, give back the card")
TOUCH_ANYWHERE: Final = Words("触摸屏幕任何位置也可继续。", "A touch anywhere also goes on.")


def ending_in(seconds: int, card: bool) -> Words:
    zh = f"{seconds} 秒后自动结束，\n您的资料会从本机清除" + ("，\n证件会退还给您。" if card else "。")
    en = f"This visit ends in {seconds} seconds.\nYour data is wiped from here" + (
        ",\nand you get your card back." if card else "."
    )
    return Words(zh, en)


# how things stand
CAN: Final = Words("可办", "Open")
CLOSED: Final = Words("暂停", "Closed")
OFFLINE: Final = Words("离线可办", "Works offline")
STEP: Final = Words("需再确认", "Extra check")
BROKEN: Final = Words("故障", "Fault")
DONE: Final = Words("已完成", "Done")
HOLD_FOR_NAME: Final = Words("按住看全名", "Hold for full name")

# attract
PLACE_ID: Final = Words("请放身份证", "Place your ID card")
INSERT_CARD: Final = Words("请插社保卡", "Insert your social card")
BOTH: Final = Words("请放身份证，或插社保卡", "Place your ID card or insert your social security card")
NO_DOCUMENT: Final = Words("不用证件也能办", "You can go on without a card")
READER_WHERE: Final = Words("读卡器在屏幕右下方", "The reader is below, on the right")
READERS_CLOSED: Final = Words("读卡暂停，其他都正常", "Card readers are closed, all else works")
NOW_OPEN: Final = Words("现在可以办", "Open now")


def show_one(document: Words) -> Words:
    return Words(f"请出示{document.zh}", f"Show your {document.en}")


# reading
READING: Final = Words("正在读取证件", "Reading your card")
MOMENT: Final = Words("请稍候", "One moment, please")
MOMENT_LEAD: Final = Words("正在结束这次办理，马上就好。", "This visit is being closed. It won't take long.")
READING_LEAD: Final = Words("约 2 秒。请不要移动证件。", "About 2 seconds. Leave the card where it is.")

# home
WHAT_TO_DO: Final = Words("您要办哪件事？", "What would you like to do?")
BOOKED_TODAY: Final = Words("您今天的预约", "Your booking today")
CHECK_IN: Final = Words("签到取号", "Check in")
MAY_CONCERN: Final = Words("可能与您有关", "May concern you")
WORKED_OUT: Final = Words("仅在本机推算，不保存", "Worked out here, not kept")
OR_CHOOSE: Final = Words("或者选一件", "Or choose one")


def greeting(name: str, words: Words) -> Words:
    if not name:
        return words
    return Words(f"{name}，{words.zh}", f"{words.en}, {name}")


def card_inside(document: Words) -> Words:
    return Words(f"{document.zh}在机内", f"{document.en} is in")


def check_in_at(when: str) -> Words:
    start = when.split("–")[0]
    return Words(f"签到取号 · {start} 预约", f"Check in · booked {start}")


def booked_at(when: str) -> Words:
    start = when.split("–")[0]
    return Words(f"您今天 {start} 有预约", f"Booked today at {start}")


# services
CHOOSE: Final = Words("您要办什么？", "What do you need?")
CHOOSE_SEVERAL: Final = Words("可多选，一张号办完", "Several go on one ticket")
CHOSEN: Final = Words("已选", "Chosen")
ADD: Final = Words("加入", "Add")
NEXT_CHECK: Final = Words("下一步，核对", "Next: check")
NOTHING_YET: Final = Words("还没有选", "Nothing yet")
TAP_TO_ADD: Final = Words("点一下加入", "Tap to add")
NO_MATTERS: Final = Words("这一类现在没有可办的事", "Nothing in this group now")


def chosen(count: int) -> Words:
    return Words(f"已选 {count} 件", f"{count} chosen")


def in_all(minutes: int) -> Words:
    return Words(f"合计约 {minutes} 分钟", f"About {minutes} min in all")


def at_most(count: int) -> Words:
    return Words(f"一张号最多 {count} 件", f"At most {count} on one ticket")


# review
REMOVE: Final = Words("移除", "Remove")
MORE: Final = Words("说明", "More")
ADD_ONE: Final = Words("再加一件", "Add another")
HOLDER: Final = Words("取号人", "For")
STANDS_HERE: Final = Words("办理人", "You are")
BRING: Final = Words("要带的材料", "What to bring")
MERGED: Final = Words("重复的已合并", "Each only once")
ESTIMATE: Final = Words("估计", "Estimate")
AHEAD: Final = Words("前面", "Ahead")
WAITING: Final = Words("等候", "Wait, about")
HANDLING: Final = Words("办理", "Then, about")
ESTIMATE_NOTE: Final = Words("等候时间是估计，以现场叫号为准。", "The wait is an estimate. Listen for your number.")
NO_ESTIMATE: Final = Words(
    "现在不知道前面有几人，请看现场叫号屏。", "The queue is not known now. See the hall's screen."
)
PRINT_TICKET: Final = Words("取号并打印", "Take the ticket")
BOOKING: Final = Words("预约", "Booked")


def check(count: int) -> Words:
    return Words(f"请核对，一张号办 {count} 件", "Check your ticket" if count == 1 else f"Check: {count} on one ticket")


def people(count: int) -> Words:
    return Words(f"{count} 人", f"{count} people" if count != 1 else "1 person")


def about(minutes: int) -> Words:
    return Words(f"约 {minutes} 分钟", f"About {minutes} min")


def minutes(count: int) -> Words:
    """For a figure whose label already says that it is an estimate in English."""
    return Words(f"约 {count} 分钟", f"{count} min")


def as_of(time: str) -> Words:
    return Words(f"{time} 的人数，之后可能有变化。", f"As of {time}; it may have changed since.")


# guide
FEE: Final = Words("费用", "Fee")
TIME_LIMIT: Final = Words("办结时限", "Time limit")
SAMPLE: Final = Words("示例内容", "Sample text")

# printing and taking
PRINTING: Final = Words("正在打印，请稍候", "Printing your ticket")
PRINTING_LEAD: Final = Words("约 3 秒。请先不要取走纸张和证件。", "About 3 seconds. Leave paper and card for now.")
PRINTED: Final = Words("号票已打印", "Your ticket is ready")
CARD_FIRST: Final = Words("请先取走证件", "Take your card first")
THEN_TICKET: Final = Words("再取走号票", "Then take the ticket")
TAKE_TICKET: Final = Words("请取走号票", "Take your ticket")
TICKET_WHERE: Final = Words("号票在屏幕正下方出纸口。", "It is in the slot below the screen.")
YOUR_NUMBER: Final = Words("您的号码", "Your number")
ESTIMATED_WAIT: Final = Words("估计等候", "Estimated wait")
NO_TICKET: Final = Words("号票没有出来？", "No ticket came out?")
TAKE_CARD: Final = Words("请取走您的证件", "Take your card")
CARD_FORGOTTEN: Final = Words("您的证件还在机器里", "Your card is still here")
CARD_FORGOTTEN_LEAD: Final = Words("请取走证件。走远了请回来拿。", "Take it with you. If you left, come back for it.")
ALARM: Final = Words("正在响铃提醒", "A bell is ringing")


def card_where(document: Words) -> Words:
    return Words(
        f"{document.zh}在屏幕右下方，\n20 秒未取会响铃提醒。",
        f"{document.en}: below the screen,\non the right. It rings after 20 seconds.",
    )


def your_document(document: Words) -> Words:
    return Words(f"{document.zh}在屏幕右下方。", f"{document.en}: below the screen, on the right.")


def matters_together(count: int) -> Words:
    return Words(f"{count} 件事一起办", f"{count} matters together" if count > 1 else "1 matter")


# have a ticket
HAVE: Final = Words("您已有号，正在等候", "You already have a ticket")

# type a number, scan
FIELD: Final = Words("身份证号", "ID number")
CLEAR: Final = Words("清空", "Clear")
ERASE: Final = Words("退格", "Erase")
NEXT: Final = Words("下一步", "Next")
FROM_ID: Final = Words("共 18 位，最后一位可能是 X。", "18 characters; the last may be X.")
NOT_KEPT: Final = Words("只用来取号，办完即清除。", "Only for this ticket, then wiped.")
HOLD_CODE: Final = Words("把码对准扫描口", "Hold the code to the scanner")
HOLD_CODE_LINE: Final = Words("离开约 10 厘米，屏幕调亮。", "About 10 cm away, screen bright.")

# notice, out of service
YOU_CAN: Final = Words("您可以", "You can")
CODE: Final = Words("故障码", "Code")
ASK: Final = Words("咨询电话", "Ask")
WAIT_HERE: Final = Words("恢复后，本屏会自动变回来。", "This screen comes back by itself.")
