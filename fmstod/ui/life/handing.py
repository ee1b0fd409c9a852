"""Beside the signature and the ways out: so short a sick leave that Försäkringskassan seldom needs the certificate (U-7)."""

from PySide6.QtWidgets import QWidget

from fmstod.certificate.form import Form, Periods
from fmstod.certificate.handing import handing_notice
from fmstod.domain.problem import Problem
from fmstod.texts import text as say
from fmstod.ui.cases.forms import certificates, name_of
from fmstod.ui.dates import days_of
from fmstod.ui.kit.marks import mark
from fmstod.ui.kit.parts import button, column, panel, row, text
from fmstod.ui.kit.tokens import Look
from fmstod.ui.messages import message_of
from fmstod.ui.models.consultation_model import ConsultationModel


class HandingNotice(QWidget):
    """One sentence, that unfolds; it takes no room while there is nothing to say."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._title = text("", "strong", wrap=True)
        self._words, self._instead = text("", wrap=True), text("", wrap=True)
        self._more = button(look, say("handing.more"), "plain")
        self._more.clicked.connect(self._unfold)
        self._whole = panel(column(self._words, self._instead, gap=4))
        self._whole.hide()
        words = column(self._title, row(self._more, ...), self._whole, gap=4)
        line = row(column(2, mark(look, "tip", "muted"), ...), words, gap=8, pad=(12, 8, 12, 8))
        line.setStretch(1, 1)
        self.setLayout(column(panel(line, ground="hover"), 12))

    def show_for(self, model: ConsultationModel) -> None:
        """What is to be thought of before the certificate of this case goes anywhere."""
        earlier = model.now.leave.days.earlier or 0
        notice = handing_notice(model.reference.form, model.now.answers, earlier)
        self.setVisible(notice is not None)
        if notice is not None:
            self._title.setText(say("handing.title", days=days_of(_days(notice))))
            self._words.setText(message_of(notice))
            instead = _employers(model.reference.form, _days(notice))
            self._instead.setText(instead)
            self._instead.setVisible(bool(instead))

    def _unfold(self) -> None:
        shown = self._whole.isHidden()
        self._whole.setVisible(shown)
        self._more.setText(say("handing.less" if shown else "handing.more"))
        self._more.setAccessibleName(self._more.text())


def _days(notice: Problem) -> int:
    days = notice.values["days"]
    return days if isinstance(days, int) else 0


def _employers(form: Form, days: int) -> str:
    """The employer's certificate for so short a time, that can be made out of this one."""
    for other in certificates():
        longest = max((q.longest for q in other.questions() if isinstance(q, Periods)), default=0)
        if other.status == "new" and other.made_from == form.form and days <= longest:
            return say("handing.instead", form=name_of((other.form, other.version)))
    return ""
