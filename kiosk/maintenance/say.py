"""What the maintenance mode says, to technicians: plain words, in both languages."""

from __future__ import annotations

from typing import Final

from screens.words import Words

# The parts of the kiosk, and how they stand.
SLIP_PRINTER: Final = Words("号票打印机", "Slip printer")
SHEET_PRINTER: Final = Words("A4 打印机", "A4 printer")
CARD: Final = Words("读卡器", "Card reader")
ID_CARD: Final = Words("身份证阅读", "ID card reader")
SCANNER: Final = Words("扫描口", "Code scanner")
VOICE: Final = Words("声音", "Sound")
SCREEN: Final = Words("屏幕", "Screen")
HALL: Final = Words("大厅网络", "Hall and network")
CLOCK: Final = Words("时钟", "Clock")
DISK: Final = Words("磁盘与账本", "Disk and ledger")
OUTBOX: Final = Words("待上传", "To be sent")
AUTHORITY: Final = Words("证明签发", "Certificates")

POWER: Final = Words("备用电源", "Backup power")
MAINS: Final = Words("市电正常", "On mains")

NOT_SEEN_YET: Final = Words("还没有应答", "No answer yet")
READY: Final = Words("就绪", "Ready")
PAPER_LOW: Final = Words("纸快用完", "Paper is low")
SLIPS_LEFT: Final = Words("约还能打 {n} 张", "about {n} slips left")
SHEETS_LEFT: Final = Words("约剩 {n} 张纸", "about {n} sheets left")
ANSWERS: Final = Words("已接通，有应答", "Connected and answering")
NOT_HEARD: Final = Words("没有报错，请试听", "No error. Listen to it")
SCREEN_LINE: Final = Words("触摸与颜色请试一试", "Try touch and colours")
SINCE: Final = Words("{time} 起", "since {time}")
ONLINE: Final = Words("已连通", "Connected")
CLOCK_NOT_TOLD: Final = Words("大厅还没有报时", "The hall has not told the time yet")
CLOCK_DIFFERS: Final = Words("与大厅差 {seconds} 秒", "{seconds} s from the hall's")
DISK_FREE: Final = Words("余 {gb} GB", "{gb} GB free")
BALANCED: Final = Words("张数相符", "copies add up")
NOT_BALANCED: Final = Words("张数不符", "copies do not add up")
WAITING: Final = Words("{n} 条", "{n} events")
OLDEST: Final = Words("最早 {time}", "oldest {time}")
SIGNS_UNTIL: Final = Words("密钥到 {month}月{day}日，余 {n} 个编号", "Key until {month}-{day}, {n} numbers left")

# The card and its PIN.
WORK_CARD: Final = Words("维护卡", "Work card")
PIN_TITLE: Final = Words("请输入维护卡的密码", "Enter the PIN of your card")
PIN_LEAD: Final = Words("由卡自己核对，本机不保存。", "The card itself checks it. The kiosk keeps nothing.")
PIN_TRIES: Final = Words("密码不对，卡还允许 {n} 次。", "Wrong PIN. The card allows {n} more.")
PIN_WRONG: Final = Words("密码不对，请再输一次。", "Wrong PIN. Enter it again.")
PROVING_TITLE: Final = Words("正在核对维护卡", "Checking your card")
PROVING_LEAD: Final = Words("请不要拔卡。", "Leave the card in.")
WAIT_TITLE: Final = Words("请 {time}后再试", "Try again in {time}")
WAIT_LEAD: Final = Words("密码错了几次，等待时间会加倍。", "After wrong PINs the wait doubles.")
SECONDS: Final = Words("{n} 秒", "{n} s")
MINUTES: Final = Words("{n} 分钟", "{n} minutes")
CLOSED_TITLE: Final = Words("维护模式没有打开", "The maintenance mode stays closed")
TAKE_CARD: Final = Words("请取回维护卡", "Take your card back")

# What can be done.
TEST_ALL: Final = Words("全部测试", "All tests")
REFILL: Final = Words("换纸", "Refill paper")
LOGS: Final = Words("日志导出", "Save logs")
REPORT: Final = Words("就绪报告", "Readiness report")
HALL_DEED: Final = Words("网络与大厅", "Hall and network")
ADJUST: Final = Words("音量亮度", "Sound, light")
RESTART: Final = Words("重启", "Restart")
SHUT_DOWN: Final = Words("关机", "Shut down")
NOT_ALLOWED: Final = Words("您的卡不能做", "Not with this card")
NOT_HERE: Final = Words("只能在屏幕上做", "Only at the screen")
NOT_DONE: Final = Words("没有做成", "It was not done")
UNSURE_ONE: Final = Words("1 张纸结果不确定：{what}", "1 paper in doubt: {what}")
UNSURE_MANY: Final = Words("{n} 张纸结果不确定", "{n} papers in doubt")
UNSURE_LINE: Final = Words("请看出纸口，有没有这张纸", "Look at the outlet: is it there?")
UNSURE_ELSE: Final = Words("场地管理员或技术员处理", "For a site manager or technician")
GO_BACK: Final = Words("返回", "Back")

# Papers in doubt.
KINDS: Final = {
    "ticket": Words("号票 {label}", "Ticket {label}"),
    "certificate": Words("证明", "Certificate"),
    "extract": Words("打印清单", "Printed list"),
}
FIND_TITLE: Final = Words("请找这张纸", "Look for this paper")
FIND_LEAD: Final = Words("看出纸口和切刀下面，再选一项。", "Look at the outlet and below the cutter, then choose.")
FIND_STARTED: Final = Words("{time} 开始打印，第 {copy} 份", "Begun at {time}, copy {copy}")
FOUND_WHOLE: Final = Words("纸在，而且完整", "It is here and whole")
FOUND_SPOILT: Final = Words("只有半张或空白", "Half of it, or blank")
FOUND_GONE: Final = Words("没有，可能取走了", "Not here: it may be taken")
FIND_DESTROY: Final = Words("找到的纸请撕毁，不要交给别人。", "Tear up what you find. Give it to nobody.")
FIND_LATER: Final = Words("以后再说", "Later")

# Paper.
REFILL_TITLE: Final = Words("给哪一台换纸", "Refill which printer")
ROLL_TITLE: Final = Words("装上新纸卷", "Put in a new roll")
ROLL_LEAD: Final = Words(
    "打开盖子，热敏面朝打印头，拉出一掌，合上盖子。", "Open, coated side to the head, pull out a hand's length, close."
)
TRAY_TITLE: Final = Words("给纸盒加纸", "Fill the tray")
TRAY_LEAD: Final = Words("抖松纸张，不要超过限高线。", "Fan the paper. Do not fill above the line.")
USED_METRES: Final = Words("{time} 装纸，已用约 {m} 米、{n} 张", "Filled {time}, about {m} m or {n} slips used")
USED_SHEETS: Final = Words("{time} 装纸，已用 {n} 张", "Filled {time}, {n} sheets used")
NEVER_FILLED: Final = Words("还没有登记过装纸", "No refill is on record yet")
ROLL_METRES: Final = Words("新卷 {n} 米", "New roll, {n} m")
TRAY_SHEETS: Final = Words("加满 {n} 张", "Filled to {n} sheets")
PRINTER_SAYS: Final = Words("打印机说", "The printer says")
PRINTS_NOW: Final = Words("有纸，可以打印", "Paper is in, it can print")

# Logs, reports, the stick.
STICK_TITLE: Final = Words("请插入 U 盘", "Insert a USB stick")
STICK_LEAD: Final = Words("插在机箱里面的维护口，等指示灯亮。", "In the service port inside, until its light is on.")
STICK_AGAIN: Final = Words("插好了", "It is in")
SAVING: Final = Words("正在写入 U 盘", "Writing to the stick")
KEEP_IN: Final = Words("请不要拔出。", "Do not take it out.")
SAVED: Final = Words("已写入并核对", "Written and checked")
SAVED_LEAD: Final = Words(
    "现在可以拔出 U 盘。文件有签名，不含个人信息。", "You can take the stick. Files are signed, with no personal data."
)
NOT_SAVED: Final = Words("没有写成", "Nothing was written")
READY_YES: Final = Words("本机可以开放", "This machine is ready")
READY_NO: Final = Words("本机还不能开放", "This machine is not ready")
REPORT_SAVE: Final = Words("存到 U 盘", "Save to a stick")
REPORT_TESTS: Final = Words("{n} 项测试，{passed} 项通过", "{n} tests, {passed} passed")
JOURNAL_WHOLE: Final = Words("日志完整", "The journal is whole")
JOURNAL_LINES: Final = Words("{n} 行，已封存到 {day}", "{n} lines, sealed until {day}")
JOURNAL_OPEN: Final = Words("{n} 行，还没有封存", "{n} lines, not sealed yet")
JOURNAL_UNREAD: Final = Words("日志读不到", "The journal cannot be read")
JOURNAL_ALTERED: Final = Words("日志第 {line} 行被改过", "Line {line} of the journal was altered")
TEST_FAILED: Final = Words("测试没有通过", "The test failed")
TEST_MISSING: Final = Words("三十天内没有测过", "Not tested within thirty days")
MAKING_REPORT: Final = Words("正在检查整台机器", "Checking the whole machine")
A_MOMENT: Final = Words("大约几秒。", "A few seconds.")

# Restart, shut down, enrol.
RESTART_TITLE: Final = Words("重启本机程序？", "Restart the kiosk?")
RESTART_LEAD: Final = Words("约 5 秒后回到待机画面。", "The waiting screen is back in about 5 s.")
RESTART_DEED: Final = Words("现在重启", "Restart now")
OFF_TITLE: Final = Words("关闭整台机器？", "Shut the machine down?")
OFF_LEAD: Final = Words("要到机箱里按电源键才能再开。", "Only the power key inside turns it on again.")
OFF_DEED: Final = Words("现在关机", "Shut down now")
ENROL: Final = Words("重新入网", "Enrol anew")
ENROL_TITLE: Final = Words("扫入网码", "Scan the enrolment code")
ENROL_LEAD: Final = Words("大厅管理页给出的二维码，只能用一次。", "The QR code that the hall gave out, good once.")
ENROL_WRONG: Final = Words("这不是入网码。", "This is not an enrolment code.")
ENROL_ASK: Final = Words("用这个码重新入网？", "Enrol with this code?")
ENROL_ASK_LEAD: Final = Words("大厅 {host}。完成后本机重启。", "Hall {host}. Then the kiosk restarts.")
ENROL_DEED: Final = Words("重新入网", "Enrol now")
ENROLLING: Final = Words("正在与大厅联系", "Talking to the hall")
ENROLLED: Final = Words("已重新入网", "Enrolled")
NOT_ENROLLED: Final = Words("没有入网，一切照旧", "Not enrolled. Nothing has changed")
