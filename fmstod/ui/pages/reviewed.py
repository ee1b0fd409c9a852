"""What step 7 is for: a draft is read and signed, what is signed is read, and what doesn't hold says so."""

from fmstod.certificate.form import Form, Periods
from fmstod.domain.lifecycle import Life
from fmstod.storage.store import Recipient
from fmstod.ui.states import OVER


def place_of(life: Life | None, *, closed: str, signed: bool, left: bool, leave: bool = True) -> str:
    """Where the step's words stand in the texts; "" for a draft, whose words are the form's own.

    `closed` is why nothing can be written, `ended`, `locked` or `read`; `left` whether a document is still to be signed;
    without `leave` there is none.
    """
    if closed or not signed:
        return closed or ("" if leave else "without")
    if life is not None and life.state in OVER:
        return life.state
    return "plan" if left else "signed"


def recipients_of(form: Form) -> tuple[Recipient, ...]:
    """Who may be given it: what is for the employer never goes to Försäkringskassan (certificates.md 4.4)."""
    return tuple(to for to in Recipient if form.discretion is None or to is not Recipient.FK)


def tells_of_leave(form: Form) -> bool:
    """Whether the patient's page and an extract can be made: from periods, and not from an employer's own certificate.

    Nor from an old form: before version 1.3 of FK 7804 the answer about uneven hours meant the opposite.
    """
    return (
        form.status == "new"
        and form.discretion is None
        and any(isinstance(question, Periods) for question in form.questions())
    )
