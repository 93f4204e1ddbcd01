"""What the flows about a person's own affairs say: account, phone, proof, acting for another, passport."""

from __future__ import annotations

from kiosk.assurance import Level
from screens.words import Words

MINE = Words("我的", "My page")
MINE_LINE = Words("进度、证明、手机", "Progress, papers, phone")
FOR_ANOTHER = Words("替别人办", "For someone else")
FOR_ANOTHER_LINE = Words("孩子、老人、单位", "Child, elder, company")

NOTICE_TITLE = Words("给您开一个账号", "We open an account for you")
NOTICE_LEAD = Words("第一次办事时开通，以后查进度、补证明更方便。", "It lets you follow what you applied for.")
NOTICE_KEPT = (
    (
        Words("姓名、证件号", "Name and ID number"),
        Words("认出是您本人", "To know that it is you"),
        Words("两年不用或注销就删除", "Until you close it, or 2 years unused"),
    ),
    (
        Words("办了什么、办到哪一步", "What you applied for"),
        Words("给您看进度", "To show you how it stands"),
        Words("一年", "One year"),
    ),
    (
        Words("谁看过您的资料", "Who read your data"),
        Words("让您查得到", "So that you can check"),
        Words("一年", "One year"),
    ),
)
NOTICE_RIGHTS = Words(
    "在“我的”里随时可看、可注销。不开通也能办。", "See or close it in My page. You can go on without one."
)
NOTICE_AGREE = Words("同意，开通并继续", "Agree and go on")
NOTICE_DECLINE = Words("不开通，继续办", "Go on without one")

BIND_TITLE = Words("用手机绑定您的账号", "Bind your phone")
BIND_LEAD = Words("绑定后，叫到您的号会发到手机。", "Then a call of your number comes to your phone.")
BIND_SKIP = Words("不绑定，返回", "Not now")
PROVE_TITLE = Words("请用绑定的手机确认", "Confirm with your phone")
PROVE_LEAD = Words("扫码后，把手机上的数字输在这里。", "Scan, then type the number on your phone here.")
PROVE_SKIP = Words("不用手机，返回", "Go back")
THIS_PHONE_TITLE = Words("绑定这部手机吗？", "Bind this phone?")
THIS_PHONE_LEAD = Words("手机账号：{shown}", "Phone account: {shown}")
THIS_PHONE_DEED = Words("是我的，绑定", "It's mine, bind it")
LAY_AGAIN_TITLE = Words("请再放一次证件", "Lay your card down again")
LAY_AGAIN_LEAD = Words("拿起来，再放到读卡区，完成绑定。", "Lift it and lay it down once more to finish.")
NOT_YOURS = Words("这不是同一个人的证件。", "This is another person's document.")
NOT_READ = Words("没有读到，请放平再试一次。", "It could not be read. Lay it flat and try again.")
BOUND_TITLE = Words("手机已绑定", "Your phone is bound")
BOUND_LEAD = Words("叫到您的号，会发到这部手机。", "When your number is called, this phone hears it.")
BOUND_LATER = Words("换过手机：明天这时候起，它可用来确认。", "It followed another phone, so it counts from tomorrow.")
NOT_BOUND_TITLE = Words("没有绑定", "No phone was bound")
NOT_PROVEN_TITLE = Words("手机没有确认", "The phone did not confirm")
NOTHING_CHANGED = Words("什么都没有改变。", "Nothing was changed.")
BIND_WHY = {
    "expired": Words("码过期了，已换新的。", "The code was too old. Here is a new one."),
    "second-scan": Words("这个码被两部手机扫过，已作废。", "Two phones scanned that code. It is void."),
    "wrong-number": Words("数字不对，已换新码，请再扫。", "Wrong number. Scan the new code."),
    "another-name": Words("手机的实名和证件不是同一个人。", "The phone is registered to another name."),
    "another-phone": Words("扫码的不是绑定的那部手机。", "That is not the phone that is bound."),
    "another-kiosk": Words("这个码不是本机的。", "That code is not this machine's."),
    "not-bound": Words("这部手机还没有绑定，或还没有生效。", "That phone is not bound, or not yet in force."),
    "refused": Words("手机上选了“不是我”。", "The phone said that it is not you."),
    "replayed": Words("这个码已经用过了。", "That code was used already."),
    "not-scanned": Words("还没有手机扫这个码。", "No phone has scanned it yet."),
}
ANOTHER_CODE = Words("这个码作废了，已换新的。", "That code is void. Here is a new one.")
REFUSED_WHY = {
    "expired": Words("码过期了。什么都没有改变。", "The code was too old. Nothing was changed."),
    **{why: BIND_WHY[why] for why in ("another-name", "another-phone", "another-kiosk", "not-bound", "refused")},
    "replayed": BIND_WHY["replayed"],
}
WRONG_DIGITS = Words("数字不对，请看手机再输一次。", "Not the number on your phone. Try once more.")
UNBIND_TITLE = Words("解除绑定的手机吗？", "Unbind what is bound?")
UNBIND_LEAD = Words("{shown}", "{shown}")
UNBIND_DEED = Words("解除绑定", "Unbind it")
UNBOUND_TITLE = Words("已解除绑定", "The phone is unbound")
UNBOUND_LEAD = Words("这部手机不再收到叫号。", "It hears no more calls.")
NOT_UNBOUND_TITLE = Words("没有解除", "It is still bound")

CHANNELS_TITLE = Words("手机和账号", "Phone and account")
CHANNELS_LEAD = Words("按一下手机就能解除。", "Press a phone to unbind it.")
NO_CHANNELS = Words("还没有绑定手机。", "No phone is bound.")
BIND_DEED = Words("绑定手机", "Bind a phone")
SINCE = Words("{day} 起", "Since {day}")
COUNTS_FROM = Words("{when} 起可用来确认", "Counts from {when}")
READS_TITLE = Words("谁看过我的资料", "Who read my data")
READS_LEAD = Words("最近 30 天，共 {n} 次", "Last 30 days, {n} times")
READS_LEAD_ALL = Words("最近 30 天，共 {n} 次，更早的在后面", "Last 30 days, {n} times. Earlier ones follow")
READS_LEAD_PHONE = Words("最近 30 天，共 {n} 次，更早的请在手机上看", "Last 30 days, {n} times. Earlier: on your phone")
OLDER_ON_PHONE = Words("更早的请在手机上看。", "See earlier ones on your phone.")
NO_READS = Words("最近 30 天没有人看过。", "Nobody did in the last 30 days.")
PAPERS_TITLE = Words("我的证明", "My certificates")
NO_PAPERS = Words("还没有打印过证明。", "None was printed yet.")
PAPER_LINE = Words("{day} 至 {until} · {state}", "{day} to {until}, {state}")
EXPIRING_TITLE = Words("快到期的", "Ending soon")
NO_EXPIRING = Words("没有快到期的。", "Nothing ends soon.")
UNTIL = Words("{until} 到期", "Until {until}")
ID_ENDS = Words("您的{document}", "Your {document}")
APPLIED_TITLE = Words("我办的事", "What I applied for")
NO_APPLIED = Words("还没有办过事。", "Nothing yet.")
QUESTION_TITLE = Words("对某次查看有疑问", "A read you don't know")
QUESTION_LEAD = Words(
    "记下时间和单位，拨打 12345 或到窗口，会给您书面答复。", "Note time and office. Call 12345 or ask at a window."
)
EXTRACT_TITLE = Words("我的清单", "My list")
EXTRACT_NOTE = Words("这是清单，不是证明。", "This is a list, not a certificate.")
EXTRACT_STEP = Words("正在打印清单", "Printing your list")
EXTRACT_RECORDED = Words("已登记", "Recorded")
EXTRACT_TAKE = Words("请取清单", "Take your list")
EXTRACT_OUT_TITLE = Words("清单打好了", "Your list is printed")
EXTRACT_OUT_LEAD = Words("请从出纸口取走。号码已隐去。", "Take it from the outlet. Numbers are hidden.")
EXTRACT_VOID_TITLE = Words("清单没有打印", "Nothing was printed")
EXTRACT_VOID_LEAD = Words("可以稍后再试。您的资料没有变化。", "Try again later. Your data is unchanged.")
EXTRACT_UNSURE_TITLE = Words("清单可能不完整", "Your list may not be complete")
EXTRACT_UNSURE_LEAD = Words("出纸口有纸请取走，不要留下。", "Take what came out. Leave nothing there.")
NO_ROWS = Words("没有", "None")

CLOSE_KEY = Words("注销账号", "Close my account")
CLOSE_LINE = Words("删除您的资料", "Erases your data")
CLOSE_TITLE = Words("要注销账号吗？", "Close your account?")
CLOSE_LEAD = Words(
    "资料马上删除，绑定的手机也解除。号和证明不受影响。", "Your data is erased now. Tickets and papers stay valid."
)
CLOSE_DEED = Words("注销，删除资料", "Close and erase")
CLOSED_TITLE = Words("账号已注销", "Your account is closed")
CLOSED_LEAD = Words("以后办事还可以再开通。", "You can open one again any time.")
NO_ACCOUNT_TITLE = Words("您还没有账号", "You have no account yet")
NO_ACCOUNT_LEAD = Words("第一次办事时可以开通。", "It is offered with your first service.")
OPEN_KEY = Words("现在开通", "Open one now")
MINE_AWAY_TITLE = Words("现在查不到", "We can't look now")
MINE_AWAY_LEAD = Words("本机联系不上大厅。您的资料没有变化。", "The hall does not answer. Your data is unchanged.")

LEVELS = {
    Level.NONE: Words("没有证件", "No document"),
    Level.TYPED: Words("输入的号码", "A typed number"),
    Level.SOCIAL_CARD: Words("社保卡", "Social security card"),
    Level.PHONE: Words("证件和绑定的手机", "A card and the bound phone"),
    Level.PASSPORT: Words("验过签名的护照", "A passport with a verified signature"),
    Level.ID_CARD: Words("身份证", "ID card"),
    Level.STRONG: Words("身份证和绑定的手机", "ID card and the bound phone"),
}
STEP_TITLE = Words("这件事要再确认一次", "One more check for this")
STEP_LEAD = Words("怕有人冒用您的卡。", "So that nobody uses your card.")
STEP_NEEDED = Words("要再确认身份", "One more check")
WAY_ID = Words("放身份证", "Lay your ID card down")
WAY_ID_LINE = Words("放到身份证读卡区", "On the ID card reader")
WAY_PHONE = Words("用绑定的手机", "Use your bound phone")
WAY_PHONE_LINE = Words("扫码，再输数字", "Scan, then type a number")
NEEDS = {
    Level.TYPED: Words("要输入身份证号码", "Needs your ID number"),
    Level.SOCIAL_CARD: Words("要刷证件", "Needs a card"),
    Level.PHONE: Words("要身份证，或证件加手机", "Needs your ID card"),
    Level.PASSPORT: Words("要身份证或护照", "Needs an ID card or passport"),
    Level.ID_CARD: Words("要用身份证", "Needs your ID card"),
    Level.STRONG: Words("要身份证和绑定的手机", "Needs ID card and bound phone"),
}
NOT_PROVEN_LEAD = Words("本机验不了，请带证件到窗口办。", "This machine can't check that. A window can.")
LAY_ID_TITLE = Words("请放身份证", "Lay your ID card down")
LAY_ID_LEAD = Words("放到身份证读卡区，平放不动。", "On the ID card reader. Keep it still.")

ACTING_TITLE = Words("您替谁办？", "Who are you here for?")
ACTING_LEAD = Words("号票上写两个人，窗口再核对关系。", "The slip names both. The window checks the papers.")
ACTING_WARD = Words("孩子、老人、家人", "A child or relative")
ACTING_WARD_LINE = Words("输入他的身份证号码", "Type their ID number")
ACTING_AGENT = Words("单位", "A company")
ACTING_AGENT_LINE = Words("输入统一社会信用代码", "Type its credit code")
WARD_TITLE = Words("请输入他的身份证号码", "Type their ID number")
WARD_LEAD = Words("18 位，最后一位可能是 X。", "18 characters, the last may be X.")
WARD_SELF = Words("这是您自己的号码。", "That is your own number.")
AGENT_TITLE = Words("请输入统一社会信用代码", "Type the company's credit code")
AGENT_LEAD = Words("营业执照上的 18 位。", "The 18 characters on its licence.")
AGENT_LABEL = Words("信用代码", "Credit code")
AGENT_WRONG = Words("代码不对，请对照执照再输一遍。", "That code is not right. Check it against the licence.")
ACTED_FOR = Words("被代办人", "On behalf of")
ACTED_COMPANY = Words("代办单位", "On behalf of company")

PASSPORT_TITLE = Words("请输入护照号码", "Type your passport number")
PASSPORT_LEAD = Words("也可以把资料页最下面两行放到扫描口。", "Or hold the two lowest lines to the scanner.")
PASSPORT_LABEL = Words("护照号码", "Passport number")
PASSPORT_BIRTH = Words("您的出生日期？", "When were you born?")
PASSPORT_BIRTH_LABEL = Words("出生日期", "Date of birth")
PASSPORT_EXPIRY = Words("护照到哪天有效？", "When does your passport end?")
PASSPORT_EXPIRY_LABEL = Words("有效期至", "Date of expiry")
PASSPORT_WRONG = Words("和护照对不上，请再看一遍。", "That does not fit your passport. Look again.")
PASSPORT_WAIT_TITLE = Words("正在读护照", "Reading your passport")
PASSPORT_WAIT_LEAD = Words("几秒钟，请不要移动。", "A few seconds. Don't move it.")
