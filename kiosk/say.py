"""What the flows say. The words of keys and frames that never change are the screens' own."""

from __future__ import annotations

from certificates.form import Said
from certificates.template import Paper
from certificates.wording import Sentence
from screens.words import Words

WINDOW = Words("窗口", "Window")
OFTEN = Words("常办", "Often")
BY_STAGE = Words("按人生阶段", "Life stages")
BY_STAGE_LINE = Words("出生到身后", "From birth on")
HOW_MANY = Words("共 {n} 项", "{n} services")
BY_DEPARTMENT = Words("按部门", "Departments")

TAKE_TICKET = Words("取号办事", "Take a ticket")
CHECK_IN = Words("预约签到", "Check in")
CHECK_IN_LINE = Words("扫预约码", "Scan your booking code")
MY_TICKETS = Words("我的号", "My tickets")
MY_TICKETS_LINE = Words("查看、取消", "See or cancel")
ALL_MATTERS = Words("全部事项", "All services")

NO_CARD = Words("没带卡也能取号", "No card? Take a ticket")
NO_CARD_TITLE = Words("没带卡，怎么取号？", "How shall we take your ticket?")
NO_CARD_LEAD = Words("两种都能取号，到窗口再核对证件。", "Both give a ticket. Show your papers at the window.")
TYPE_IT = Words("输入身份证号码", "Type your ID number")
TYPE_IT_LINE = Words("窗口能提前找到您的材料", "The window can prepare for you")
NAMELESS = Words("不留号码，直接取号", "Take a ticket without it")
NAMELESS_LINE = Words("部分事项要刷证件才能办", "Some services need a card")
TYPE_TITLE = Words("请输入身份证号码", "Type your ID number")
TYPE_LEAD = Words("18 位，最后一位可能是 X。", "18 characters, the last may be X.")
TYPE_WRONG = Words("号码不对，请对照证件再输一遍。", "That number is not right. Check it against your card.")

SCAN_TITLE = Words("请把预约码放到扫描口", "Hold your booking code to the scanner")
SCAN_LEAD = Words("扫描口在屏幕下方，离开一掌的距离。", "The scanner is below the screen. Keep a hand's width away.")
SCAN_FOREIGN = Words("这不是本厅的预约码。", "This is not a booking code of this hall.")
SCAN_TWO = Words("请只出示一个二维码。", "Show one code only.")
SCAN_UNKNOWN = Words("今天没有这个预约。可以直接取号。", "No such booking today. You can take a ticket.")
SCAN_USED = Words("这个预约已经签到过了。", "This booking has been checked in already.")

SCAN_NOT_NOW = Words(
    "这个预约是 {start}–{end} 的，现在还不能签到。", "This booking is for {start}–{end}. Check in then."
)

STEP_RECORDED = Words("已登记 {number}", "Recorded {number}")
STEP_PRINTING = Words("正在打印号票", "Printing your ticket")
STEP_TAKE = Words("请取证件、号票", "Take your card and ticket")

HAVE_KEEP = Words("好，我继续等", "Keep my ticket")
HAVE_CANCEL = Words("取消这个号", "Cancel this ticket")
HAVE_REPRINT = Words("号票丢了，补打一张", "Print it again")
HAVE_OTHER = Words("办别的事", "Something else")
HAVE_ELSEWHERE = Words("这个号在别的自助机取的。", "This ticket is from another machine.")
CANCEL_TITLE = Words("要取消 {number} 吗？", "Cancel {number}?")
CANCEL_LEAD = Words("取消后要重新排队。", "You would have to queue again.")
CANCEL_DEED = Words("取消这个号", "Cancel my ticket")
CANCELLED_TITLE = Words("{number} 已取消", "{number} is cancelled")
CANCELLED_LEAD = Words("旧号票作废。需要时可以再取号。", "The old slip is void. You can take a new ticket.")
NO_TICKETS = Words("您今天没有在等的号", "You have no ticket today")
NO_TICKETS_LEAD = Words("需要办事，请先取号。", "Take a ticket first.")
GO_ON = Words("知道了，继续办理", "Go on")
MERGED_TITLE = Words("您有两个同样的号", "You had two tickets for the same thing")

NOT_PRINTED_TITLE = Words("号票没有打印", "Nothing was printed")
NOT_PRINTED_LEAD = Words("这个号已作废，没有占用您的名额。", "The number is void. You lost nothing.")
UNSURE_TITLE = Words("号票可能不完整", "Your slip may not be complete")
UNSURE_LEAD = Words(
    "您的号是 {number}，已经登记，不用再取。", "Your number is {number}. It is recorded. Do not take another."
)
UNSURE_LOOK = Words("请看看出纸口，有号票就取走", "Look at the slot and take what is there")
UNSURE_REMEMBER = Words("记下号码，到窗口报号即可", "Note the number and say it at the window")
UNSURE_REPRINT = Words("刷同一张证件可以补打", "Use the same card to print it again")
NOT_CANCELLED_TITLE = Words("号没有取消", "Your ticket was not cancelled")
NOT_CANCELLED_LEAD = Words("本机暂时存不了，您的号还在。", "This machine can't save now. Your ticket still stands.")
MAYBE_CANCELLED_TITLE = Words("号可能还没有取消", "Your ticket may not be cancelled yet")
MAYBE_CANCELLED_LEAD = Words("请过一会儿再放一次证件看一看。", "Please lay your card down again in a while and look.")
NOT_RECORDED_TITLE = Words("没有取成号", "No ticket was taken")
NOT_RECORDED_LEAD = Words("本机暂时存不了，什么都没有打印。", "This machine can't save now. Nothing was printed.")
BROKEN_TITLE = Words("这次办理中断了", "This visit was interrupted")
BROKEN_LEAD = Words("已打印的号票有效，请取回您的证件。", "A printed ticket stays valid. Take your card back.")
ASK_12345 = Words("请用旁边的机器，或拨打 12345", "Use the next machine, or call 12345")
ASK_DESK = Words("请到导办台，或拨打 12345", "Ask at the desk, or call 12345")

CARD_TITLES = {
    "C102": Words("这张卡没有回应", "This card does not answer"),
    "C103": Words("卡取走得太快了", "The card was taken too soon"),
    "C104": Words("这张卡这里用不了", "This card can't be used here"),
    "C105": Words("卡里的内容读不懂", "The card can't be understood"),
    "C106": Words("证件已过有效期", "This document has expired"),
    "C107": Words("读卡器不认这张证件", "The reader refused this document"),
    "C108": Words("和护照对不上", "That does not fit this passport"),
    "C109": Words("这本护照验不过", "This passport can't be verified"),
    "C110": Words("身份证请放另一个读卡区", "Lay your ID card on the other reader"),
    "C111": Words("这是银行卡", "This is a bank card"),
    "C112": Words("这是手机或交通卡", "This is a phone or a transport card"),
}
CARD_LEAD = Words("请取回卡。没有读到任何人的信息。", "Take your card back. Nothing was read from it.")
CARD_LEAD_PULLED = Words("没有读到任何人的信息，请再放一次。", "Nothing was read. Please try once more.")
CARD_AGAIN = Words("擦一擦再放一次，放平不要动", "Wipe it and try again. Keep it still")
CARD_OTHER = Words("可以换身份证或社保卡", "Try your ID card or social security card")
CARD_ON_OTHER = Words("身份证读卡区在旁边，标着“身份证”", "The ID card reader is beside it, marked ID card")
CARD_WINDOW = Words("请带护照到窗口，由工作人员查看", "Take your passport to a window")
CARD_WITHOUT = Words("没带卡也能取号", "You can take a ticket without a card")

CLOSED_LEAD = Words("请取回您的证件。没有登记任何内容。", "Take your card back. Nothing was recorded.")
CLOSED_PAPER = Words("号票纸用完了", "Ticket paper has run out")
CLOSED_PRINTER = Words("打印机暂停", "The printer is not ready")
CLOSED_CATALOGUE = Words("还没有收到事项目录", "The list of services has not arrived")
CLOSED_TODAY = Words("窗口今天不开", "The windows are closed today")
CLOSED_AFTER = Words("今天已下班，{time} 起可取明天的号", "Closed for today. Tickets for tomorrow from {time}")
CLOSED_STORE = Words("本机暂时存不了", "This machine can't save now")
NEEDS_NETWORK = Words("联网后可办", "Needs the network")
WORKS_OFFLINE = Words("离线可办", "Works offline")
AT_WINDOW = Words("窗口 · 约 {minutes} 分钟", "Window, about {minutes} min")
WINDOW_HOURS = Words("人工窗口 {start}–{end}", "Windows {start}–{end}")
QUEUE_NOW = Words("前 {ahead} 人，约 {minutes} 分", "{ahead} ahead, about {minutes} min")
NO_QUEUE = Words("现在不用等", "No wait now")
QUEUE_AS_OF = Words("{as_of} 时前 {ahead} 人", "{ahead} ahead as of {as_of}")

CERTIFICATES = Words("打印证明", "Print a certificate")
CERTIFICATES_LINE = Words("带码的正式证明", "Official papers")
CERTIFICATES_ON = {
    frozenset({Paper.A4, Paper.SLIP}): Words("A4 和小票，24 小时", "A4 and slip, 24 hours"),
    frozenset({Paper.A4}): Words("A4，24 小时", "A4, 24 hours"),
    frozenset({Paper.SLIP}): Words("小票，24 小时", "Slip, 24 hours"),
}
CERTIFICATES_TITLE = Words("要打印哪种证明？", "Which certificate?")
VERIFY = Words("验证明真伪", "Check a certificate")
VERIFY_LINE = Words("扫纸上的码", "Scan the code on it")
VERIFY_TITLE = Words("请把证明上的码放到扫描口", "Hold the code to the scanner")
VERIFY_LEAD = Words("码要放平，离开一掌的距离。什么都不会留下。", "Flat, a hand's width away. Nothing of it is kept.")
NEEDS_ID_CARD = Words("要用身份证", "Needs your ID card")
NEEDS_AGE = Words("年满 {age} 周岁可办", "From the age of {age}")
CLOSED_AUTHORITY = Words("证明打印暂停", "Certificates are not available")
CLOSED_CLOCK = Words("本机时间不准，证明暂停", "The clock is in doubt")
CLOSED_A4 = Words("A4 打印机暂停", "The A4 printer is not ready")
CLOSED_A4_PAPER = Words("A4 纸用完了", "A4 paper has run out")

FROM_CARD = Words("来自证件", "From your card")
FROM_RECORD = Words("来自大厅记录", "From the hall's record")
NAME = Words("姓名", "Name")
ID_NUMBER = Words("证件号", "ID number")
ROW_UNTIL = Words("有效至", "Valid until")
FACT_FEE = Words("费用", "Fee")
FREE = Words("免费", "Free")
ON_A4 = Words("A4", "A4")
ON_SLIP = Words("小票 80 毫米", "Slip, 80 mm")
PAPER_TITLE = Words("打印在哪种纸上？", "On which paper?")
PAPER_A4 = Words("A4 纸", "A4 sheet")
PAPER_A4_LINE = Words("正式样式，适合交存", "For handing in and keeping")
PAPER_SLIP = Words("小票", "Slip")
PAPER_SLIP_LINE = Words("80 毫米热敏纸，会褪色", "80 mm thermal paper; it fades")
LAST_LOOK = Words("这是最后一次预览，不能再改了。", "This is the last preview. It can't be changed any more.")
DATE_EXAMPLE = Words("例如 2019 年 3 月 5 日", "For example 5 March 2019")
PROBLEMS = {
    "unfit": Words("没有这一天，请再看一看。", "There is no such day. Please look again."),
    "future": Words("请输入今天或更早的日期。", "Type today or an earlier day."),
    "before-birth": Words("请输入出生以后的日期。", "Type a day after your birth."),
}
STEP_CERTIFIED = Words("已登记 {number}", "Recorded {number}")
STEP_PRINTING_PAPER = Words("正在打印证明", "Printing your certificate")
STEP_TAKE_PAPER = Words("请取证件、证明", "Take your card and paper")
COPIES_LEFT = Words("纸没有出来，可以在这里补打。", "If no paper came out, it can be printed again here.")
COPIES_NONE = Words("这份证明不能再打了。", "This certificate can't be printed again.")
NO_RECORD_TITLE = Words("没有查到您的记录", "No record was found")
NO_RECORD_LEAD = Words("没有签发任何证明。可到窗口核对。", "Nothing was issued. A window can check for you.")
NOT_ISSUED_LEAD = Words("没有签发，也没有打印。", "Nothing was issued and nothing was printed.")
NOT_ISSUED_TITLES = {
    "K105": Words("证明打印暂停", "Certificates are not available"),
    "K106": Words("有一个字本机打不出来", "One character can't be printed here"),
    "K107": Words("资料对不上，不能打印", "The data does not fit"),
    "K108": Words("这份证明要用身份证", "This needs your ID card"),
    "K110": Words("年龄不符合这份证明的要求", "This certificate is for older holders"),
    "K111": Words("这次不能再改了", "No more changes in this visit"),
    "L103": Words("本机时间不准，不能签发", "The clock is in doubt"),
}
NOT_ISSUED_TITLE = Words("暂时不能打印", "It can't be printed now")
CERT_NOT_PRINTED_TITLE = Words("证明没有打印", "Nothing was printed")
CERT_NOT_PRINTED_LEAD = Words("这份证明已作废，请重新办理。", "This certificate is void. Please start again.")
CERT_UNSURE_TITLE = Words("证明可能不完整", "Your paper may not be complete")
CERT_UNSURE_LEAD = Words("编号 {number} 已经登记。", "Number {number} is recorded.")
CERT_UNSURE_LOOK = Words("请看看出纸口，有纸就取走", "Look at the outlet and take what is there")
CERT_UNSURE_CHECK = Words("纸不完整就不要用，到窗口换", "Don't use half a paper. A window replaces it")

OPEN_TICKETS = Words("取号、预约签到", "Tickets and check-in")
OPEN_SCANNER = Words("扫码口", "Code scanner")
READER_LOST = Words("读卡器没有接通", "The reader is not connected")
SCANNER_LOST = Words("扫码口没有接通", "The scanner is not connected")
ALL_DAY = Words("24 小时", "24 hours")
CLOSED_POWER = Words(
    "停电了，本机马上关闭。\n已取的号都有效。",
    "Power failed and this machine closes.\nTickets already taken are good.",
)
OUT_TITLE = Words("本机暂停服务", "This machine is out of service")


def both(said: Said | Sentence) -> Words:
    """What a template or a verdict says, as words of the screen."""
    return Words(said.zh, said.en)


def fill(words: Words, **values: object) -> Words:
    """``words`` with its placeholders filled; the values are numbers, times and masked names only."""
    return Words(words.zh.format(**values), words.en.format(**values))
