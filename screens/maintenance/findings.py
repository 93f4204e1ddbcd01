"""What was found, row by row, and what can be done about it."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QWidget

from screens.maintenance import samples_found
from screens.maintenance.code_key import CodeKey
from screens.maintenance.finding_row import Place, finding_row
from screens.maintenance.screen import MaintenanceScreen, asked
from screens.pages import Finding, Findings
from screens.screen import Samples


class FindingsScreen(MaintenanceScreen[Findings]):
    """The rows on as many pages as they need, the deeds on each of them."""

    SAMPLES: ClassVar[Samples] = {
        "report": samples_found.REPORT,
        "unsure": samples_found.UNSURE,
        "long": samples_found.LONG,
        "nothing": samples_found.NOTHING,
    }

    def build(self, page: Findings) -> None:
        if page.rows:
            self.top(page.title, page.lead)
        else:
            self.banner(asked(self.theme, "info", self.say(page.title), self.say(page.lead) if page.lead else ""))
        (self.others if page.equal else self.deeds)(page.deeds)
        codes = [self._code(finding.code) for finding in page.rows]
        wide = max((code.sizeHint().width() for code in codes if code), default=0)
        rows: list[QWidget] = [self._row(each, code, wide) for each, code in zip(page.rows, codes, strict=True)]
        self.rows(rows, 18, 28)

    def _code(self, code: str) -> CodeKey | None:
        return self.wire(CodeKey(self.theme, code), f"code:{code}") if code else None

    def _row(self, finding: Finding, code: CodeKey | None, wide: int) -> QWidget:
        tag = self.tag(finding.sign) if finding.sign else None
        line = self.say(finding.line) if finding.line else ""
        end = code or (Place(wide) if wide and tag else None)
        return finding_row(self.theme, finding.icon, self.say(finding.title), line, tag, end)
