"""The renewal that a follow-up leads to: what it takes over from the visit, and how it is told while nobody has changed it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from fmstod.certificate.form import Form, Icf, Periods
from fmstod.certificate.succeeding import last_day, renewing
from fmstod.dates import short_day
from fmstod.domain.answers import Answer, IcfText
from fmstod.domain.consultation import IMPAIRMENT, LIMITATION, PERIODS, Consultation
from fmstod.domain.followup import FollowUp, Picture, first_picture
from fmstod.domain.last_known import last_known
from fmstod.domain.lifecycle import Relation
from fmstod.followup.renewal import found_period, with_plan
from fmstod.storage.store import Store, StoredCase
from fmstod.texts import text as say

_NAMES = {IMPAIRMENT: "impairment", LIMITATION: "limitation"}


class Taken(NamedTuple):
    """An answer of a renewal as it was begun, and what is said of it for as long as it is so."""

    answer: Answer | None
    words: str


def renewal_on(
    today: date, forms: Mapping[tuple[str, str], Form], before: Consultation, done: Sequence[FollowUp]
) -> Consultation:
    """The renewal that is asked for in the case: what a follow-up before today found has to be judged anew."""
    return renewal_after(forms, before, done, next((each for each in reversed(done) if each.on == today), None))


def renewal_after(
    forms: Mapping[tuple[str, str], Form], before: Consultation, done: Sequence[FollowUp], found: FollowUp | None
) -> Consultation:
    """The renewal on the newest version of the form, with impairment, limitation and degree as they were found now.

    `done` are all follow-ups of the case, oldest first: what they told to be over isn't planned again.
    """
    source = forms[before.form]
    newest = max(
        (form for form in forms.values() if form.form == source.form and form.status == "new"),
        key=lambda form: [int(part) for part in form.version.split(".")],
        default=source,
    )
    went = last_known(Picture(on=date.min), done).measures
    record = with_plan(renewing(before, newest, source), before, went=went)
    taken = taken_over(newest, before, found) if found else {}
    answers = {ref: each.answer for ref, each in taken.items() if each.answer is not None}
    return record.changed(answers={**record.answers, **answers})


def first_step(form: Form, record: Consultation, taken: Mapping[str, Taken]) -> int:
    """Where to look first: the first step with something from the visit; the beginning where there is nothing."""
    steps = {question.ref: question.step for question in form.questions()}
    return min((steps[ref] for ref, each in taken.items() if record.answers.get(ref) == each.answer), default=1)


def taken_over(form: Form, before: Consultation, followup: FollowUp) -> dict[str, Taken]:
    """What a renewal on `form` begins with because of the visit, by ref, and what else has to be looked at there."""
    return dict(_taken(form, before, followup))


def taken_of(store: Store, case: StoredCase, form: Form) -> Mapping[str, Taken]:
    """The same for a renewal that is open and not signed yet; empty when no follow-up led to it."""
    if case.documents or case.origin is None or case.origin.kind is not Relation.RENEWS:
        return {}
    before = store.open_case(case.origin.case)
    done = [each.record for each in store.followups.of(before.id) if each.done_at]
    return taken_over(form, before.consultation, done[-1]) if done else {}


def _taken(form: Form, before: Consultation, followup: FollowUp) -> Iterator[tuple[str, Taken]]:
    day = short_day(followup.on)
    was = first_picture(before, {}, followup.on)
    for question in form.questions():
        if isinstance(question, Icf) and question.ref in _NAMES:
            name = _NAMES[question.ref]
            now = _rated(getattr(followup, name))
            if now.text.strip() or now.icf:
                yield question.ref, _described(getattr(was, name), now, day)
        if not isinstance(question, Periods) or question.ref != PERIODS or question.single:
            continue
        if period := _period(before, followup, day, was.degree):
            yield question.ref, period


def _described(was: IcfText, now: IcfText, day: str) -> Taken:
    """The rows as they were rated, and the words of the certificate where there are no new ones: that is said."""
    old = was.text if not now.text.strip() else ""
    changed = ", ".join(_changes(was, now))
    told = [
        say("renewal.taken", day=day),
        say("renewal.changed", changes=changed) if changed else say("renewal.unchanged") if now.icf else "",
        say("renewal.old_words") if old.strip() else "",
    ]
    return Taken(now.changed(text=now.text if now.text.strip() else old), " ".join(part for part in told if part))


def _period(before: Consultation, followup: FollowUp, day: str, was: int | None) -> Taken | None:
    """The planned steps stay as they are, also where the visit found something else: that is said."""
    found = followup.degree
    if found is None:
        return None
    planned = with_plan(Consultation(), before).period_rows
    if planned:
        step = planned[0].degree
        return None if step == found else Taken(planned, say("renewal.other_step", day=day, found=found, step=step))
    row = found_period(last_day(before), followup)
    if row is None:
        return Taken(None, say("renewal.nothing_lost", day=day))
    told = say("renewal.degree_before", degree=was) if was not in (None, found) else ""
    return Taken((row,), " ".join(part for part in (say("renewal.taken", day=day), told, say("renewal.end")) if part))


def _changes(before: IcfText, now: IcfText) -> Iterator[str]:
    """Category by category what isn't as in the certificate before."""
    was = {row.code: row.severity for row in before.icf}
    for row in now.icf:
        then = was.get(row.code)
        if then is None:
            yield say("renewal.new", code=row.code, now=say(f"severity.{row.severity}"))
        elif then != row.severity:
            words = {"before": say(f"severity.{then}"), "now": say(f"severity.{row.severity}")}
            yield say("renewal.change", code=row.code, **words)


def _rated(value: IcfText) -> IcfText:
    """What was said of it: a row that nobody rated is no finding."""
    return IcfText(text=value.text, icf=tuple(row for row in value.icf if row.severity is not None))
