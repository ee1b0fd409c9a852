"""Random lives of several cases, step by step, against a slow model that knows only the words of certificates.md 5.1."""

import contextlib
import shutil
import tempfile
from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from fmstod.domain.event import Asked, Revocation, Subject
from fmstod.domain.leave import Instead
from fmstod.domain.lifecycle import Relation, State
from fmstod.errors import NotAllowed
from fmstod.storage.store import Activity, Recipient
from tests.storage.sample import TESS, Clock, Received, answering, document, new_store, reopened

LOCK = timedelta(days=14)


class Slow:
    """One case as a person would keep it in a notebook: what happened to it, nothing derived."""

    def __init__(self, made, kind=None, of=None):
        self.made, self.kind, self.of = made, kind, of
        self.version = 1
        self.ready = self.locked = self.ended = self.signed = self.revoked = self.gone = False
        self.asked, self.answered, self.to = [], set(), set()


class Lives(RuleBasedStateMachine):
    """The clock only sometimes goes forward: it also goes back, and the app is closed and opened."""

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.clock = Clock()
        self.store = new_store(self.folder / "home", self.clock)
        self.cases, self.number = {}, 0

    def teardown(self):
        self.store.close()
        shutil.rmtree(self.folder)

    # The model

    def see(self):
        """Every time that the store is asked at is held against every draft; it reads the clock once more for itself."""
        for case in self.cases.values():
            due = case.made + LOCK
            if not case.signed and not case.gone and self.clock.instant + timedelta(seconds=1) >= due:
                case.locked = True

    def children(self, name, kind, *, signed=False):
        return [
            c
            for c in self.cases.values()
            if c.of == name and c.kind == kind and not (c.gone or c.locked or c.ended) and (c.signed or not signed)
        ]

    def stands_for(self, case):
        """Whether a signed case counts: not revoked, or revoked when another had already taken its place."""
        return not case.revoked or self.superseded(self.name_of(case))

    def name_of(self, case):
        return next(name for name, each in self.cases.items() if each is case)

    def there_is(self, name, kind, *, signed):
        return any(self.stands_for(c) for c in self.children(name, kind, signed=signed))

    def superseded(self, name):
        return self.there_is(name, Relation.REPLACES, signed=True) or self.there_is(
            name, Relation.COMPLEMENTS, signed=True
        )

    def waiting(self, case):
        return [] if case.revoked else [q for q in case.asked if q not in case.answered]

    def may_begin(self, name, kind):
        case = self.cases[name]
        valid = case.signed and not case.revoked
        replaced = self.there_is(name, Relation.REPLACES, signed=True)
        complemented = self.there_is(name, Relation.COMPLEMENTS, signed=True)
        if kind is Relation.REPLACES:
            has_one = self.there_is(name, kind, signed=False)
            return valid and not has_one and not complemented and not self.waiting(case)
        if kind is Relation.COMPLEMENTS:
            return valid and not replaced and not self.there_is(name, kind, signed=False) and bool(self.waiting(case))
        if kind is Relation.RENEWS:
            return valid and not replaced and not complemented
        if kind is Relation.MADE_FROM:
            return valid and not replaced
        open_copy = any(not c.signed and self.stands_for(c) for c in self.children(name, kind))
        return case.locked and not case.revoked and not open_copy

    def may_sign(self, name):
        case = self.cases[name]
        if case.signed or case.locked or case.ended:
            return False
        if case.kind not in (Relation.REPLACES, Relation.COMPLEMENTS):
            return True
        rivals = [
            c
            for kind in (Relation.REPLACES, Relation.COMPLEMENTS)
            for c in self.children(case.of, kind, signed=True)
            if c is not case and self.stands_for(c)
        ]
        return not rivals

    def state(self, name):
        case = self.cases[name]
        for state, holds in (
            (State.REVOKED, case.revoked),
            (State.REPLACED, self.there_is(name, Relation.REPLACES, signed=True)),
            (State.COMPLEMENTED, self.there_is(name, Relation.COMPLEMENTS, signed=True)),
            (State.RENEWED, case.signed and self.there_is(name, Relation.RENEWS, signed=True)),
            (State.SENT, "fk" in case.to),
            (State.HANDED_OUT, bool(case.to)),
            (State.SIGNED, case.signed),
            (State.WITHOUT_LEAVE, case.ended),
            (State.COPIED, case.locked and self.there_is(name, Relation.COPIED, signed=False)),
            (State.LOCKED, case.locked),
            (State.READY, case.ready),
        ):
            if holds:
                return state
        return State.DRAFT

    # The steps

    def does(self, act, *, allowed):
        """The store allows it just when the model does."""
        refused = contextlib.suppress(NotAllowed)
        done = False
        with refused:
            act()
            done = True
        assert done is allowed

    def pick(self, data):
        return data.draw(st.sampled_from(sorted(name for name, case in self.cases.items() if not case.gone)))

    there_are_some = precondition(lambda self: any(not case.gone for case in self.cases.values()))

    @rule()
    def write(self):
        self.see()
        self.number += 1
        name = f"c{self.number}"
        self.store.save_case(name, TESS, 0)
        self.cases[name] = Slow(self.store.open_case(name).life.created)

    @there_are_some
    @rule(data=st.data())
    def save(self, data):
        name = self.pick(data)
        self.see()
        case = self.cases[name]
        allowed = not (case.signed or case.locked or case.ended)
        record = answering(TESS, q25=f"version {case.version + 1}")
        self.does(lambda: self.store.save_case(name, record, case.version), allowed=allowed)
        case.version += allowed

    @there_are_some
    @rule(data=st.data())
    def discard(self, data):
        name = self.pick(data)
        self.see()
        case = self.cases[name]
        case.gone = not (case.signed or case.locked or case.ended)
        self.does(lambda: self.store.discard_case(name, case.version), allowed=case.gone)

    @precondition(lambda self: any(case.gone for case in self.cases.values()))
    @rule(data=st.data())
    def fetch_back(self, data):
        name = data.draw(st.sampled_from(sorted(name for name, case in self.cases.items() if case.gone)))
        self.store.save_case(name, TESS, 0)
        self.cases[name].gone, self.cases[name].version = False, 1

    @there_are_some
    @rule(data=st.data())
    def mark_ready(self, data):
        name = self.pick(data)
        self.see()
        case = self.cases[name]
        allowed = not (case.signed or case.locked or case.ended or case.ready)
        self.does(lambda: self.store.lives.mark_ready(name, case.version), allowed=allowed)
        case.ready = case.ready or allowed

    @there_are_some
    @rule(data=st.data(), chosen=st.booleans())
    def end(self, data, chosen):
        """Without a certificate, which has to be chosen first."""
        name = self.pick(data)
        self.see()
        case = self.cases[name]
        draft = not (case.signed or case.locked or case.ended)
        if draft:
            self.store.save_case(name, TESS.changed(instead=Instead() if chosen else None), case.version)
            case.version += 1
        self.does(lambda: self.store.lives.end(name, case.version), allowed=draft and chosen)
        case.ended = case.ended or (draft and chosen)

    @there_are_some
    @rule(data=st.data())
    def reopen(self, data):
        name = self.pick(data)
        self.see()
        case = self.cases[name]
        allowed = case.ended and not case.locked
        self.does(lambda: self.store.lives.reopen(name), allowed=allowed)
        case.ended = case.ended and not allowed

    @there_are_some
    @rule(data=st.data())
    def sign(self, data):
        name = self.pick(data)
        self.see()
        case, allowed = self.cases[name], self.may_sign(name)
        paper = (document(name=f"d-{name}"), name.encode())
        self.does(lambda: self.store.sign(name, case.version, [paper], []), allowed=allowed)
        if allowed:
            case.signed = True
            case.version += 1
            if case.kind in (Relation.COMPLEMENTS, Relation.RENEWS):
                self.cases[case.of].answered |= set(self.waiting(self.cases[case.of]))

    @there_are_some
    @rule(data=st.data(), to=st.sampled_from([Recipient.PATIENT, Recipient.FK]))
    def release(self, data, to):
        name = self.pick(data)
        self.see()
        case, way = self.cases[name], Received()
        if not case.signed:
            return
        allowed = not case.revoked and not (to is Recipient.FK and self.there_is(name, Relation.REPLACES, signed=True))
        self.does(
            lambda: self.store.release(
                f"d-{name}", to, Activity.PRINT, way, marking=lambda pdf, mark: pdf + mark.document.encode()
            ),
            allowed=allowed,
        )
        assert (way.got == [name.encode()]) is (allowed and not self.superseded(name))
        if allowed:
            case.to.add(to)

    @there_are_some
    @rule(data=st.data())
    def revoke(self, data):
        name = self.pick(data)
        self.see()
        case = self.cases[name]
        allowed = (case.signed or case.locked) and not case.revoked
        self.does(lambda: self.store.lives.revoke(name, Revocation.WRONG_PATIENT), allowed=allowed)
        case.revoked = case.revoked or allowed

    @there_are_some
    @rule(data=st.data(), kind=st.sampled_from(Relation))
    def begin(self, data, kind):
        of = self.pick(data)
        self.see()
        self.number += 1
        name, allowed = f"c{self.number}", self.may_begin(of, kind)
        self.does(lambda: self.store.lives.begin(name, TESS, kind, of), allowed=allowed)
        if allowed:
            self.cases[name] = Slow(self.store.open_case(name).life.created, kind, of)

    @there_are_some
    @rule(data=st.data())
    def be_asked(self, data):
        name = self.pick(data)
        self.see()
        self.number += 1
        case, question = self.cases[name], f"q{self.number}"
        asked = Asked(id=question, subject=Subject.COMPLEMENT, on=date(2026, 12, 1), groups=("work",))
        allowed = case.signed and not case.revoked
        self.does(lambda: self.store.lives.note(name, asked), allowed=allowed)
        if allowed:
            case.asked.append(question)

    @precondition(lambda self: any(case.asked and not case.gone for case in self.cases.values()))
    @rule(data=st.data())
    def answer(self, data):
        name = data.draw(st.sampled_from(sorted(n for n, case in self.cases.items() if case.asked)))
        case = self.cases[name]
        question = data.draw(st.sampled_from(case.asked))
        allowed = question in self.waiting(case)
        self.does(lambda: self.store.lives.answer(name, question, "svar"), allowed=allowed)
        if allowed:
            case.answered.add(question)

    @rule(days=st.integers(-30, 30))
    def pass_time(self, days):
        self.clock.instant += timedelta(days=days)

    @rule()
    def close_and_open(self):
        self.store.close()
        self.see()
        self.store = reopened(self.folder / "home", now=self.clock)

    @invariant()
    def each_state_is_the_models(self):
        self.see()
        rows = {row.id: row.state for row in self.store.cases()}
        assert rows == {name: self.state(name) for name, case in self.cases.items() if not case.gone}
        for name, state in rows.items():
            life, case = self.store.open_case(name).life, self.cases[name]
            assert (life.state, life.signed, life.locked) == (state, case.signed, case.locked)
            assert life.complement_asked == bool(self.waiting(case))


TestLives = Lives.TestCase
TestLives.settings = settings(
    max_examples=15, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
