"""How the export's labels become our own keys: `resources/fmb/terms.toml`."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import field_validator

from fmstod.domain.record import Record


class SourceTerm(Record):
    """One own key: the export's labels that mean it, the label shown, the id of an own question text."""

    source: tuple[str, ...] = ()
    label: str
    question: str = ""


Slot = Mapping[str, SourceTerm]
SLOTS = ("severity", "workload", "course", "factor", "treatment_status", "treatment", "comorbidity", "state")


class Terms(Record):
    """`several` are labels that stand for more than one key, `implied` those that say nothing new, `wrong` those noted.

    `choice` names, slot by slot, keys that exclude each other.
    """

    group: Mapping[str, str]
    several: Mapping[str, Mapping[str, tuple[str, ...]]]
    implied: Mapping[str, tuple[str, ...]]
    wrong: Mapping[str, tuple[str, ...]]
    choice: Mapping[str, Mapping[str, tuple[str, ...]]] = {}
    severity: Slot
    workload: Slot
    course: Slot
    factor: Slot
    treatment_status: Slot
    treatment: Slot
    comorbidity: Slot
    state: Slot

    @field_validator(*SLOTS, mode="before")
    @classmethod
    def _spelled_out(cls, slot: object) -> object:
        if not isinstance(slot, Mapping):
            return slot
        return {key: _spelled_out(value) for key, value in slot.items()}

    def slot(self, name: str) -> Slot:
        """The keys of a slot. KeyError if there is no such slot."""
        found: Slot = self.__dict__[name]
        return found

    def keys(self, slot: str, label: str) -> Sequence[str]:
        """The keys that a label of the export stands for, none for an implied one. KeyError for an unknown one."""
        if label in self.implied.get(slot, ()):
            return ()
        if label in self.several.get(slot, {}):
            return self.several[slot][label]
        for key, term in self.slot(slot).items():
            if label in term.source:
                return (key,)
        raise KeyError(label)


def _spelled_out(value: Any) -> object:
    """A bare label is source and label at once; a single source is a list of one."""
    if isinstance(value, str):
        return {"source": (value,), "label": value}
    if isinstance(value, Mapping) and isinstance(value.get("source"), str):
        return {**value, "source": (value["source"],)}
    return value
