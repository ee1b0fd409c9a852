"""Which field asks which kind of question."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from fmstod.certificate.form import DatedChoices, Icf, Question
from fmstod.ui.fields.choices import ChoiceField, ChoicesField, DatedChoicesField, FlagField, YesNoField
from fmstod.ui.fields.diagnoses import DiagnosesField
from fmstod.ui.fields.documents import DocumentsField
from fmstod.ui.fields.field import Field
from fmstod.ui.fields.icf import IcfField
from fmstod.ui.fields.measures import MeasuresField
from fmstod.ui.fields.periods import PeriodsField
from fmstod.ui.fields.steps import AheadField
from fmstod.ui.fields.text import DayField, DescriptionField, TextField, WholeField

FIELDS: Mapping[str, type[Field[Any]]] = MappingProxyType(
    {
        "flag": FlagField,
        "yes_no": YesNoField,
        "choice": ChoiceField,
        "choices": ChoicesField,
        "dated_choices": DatedChoicesField,
        "text": TextField,
        "whole": WholeField,
        "day": DayField,
        "diagnoses": DiagnosesField,
        "icf": IcfField,
        "periods": PeriodsField,
        "measures": MeasuresField,
        "steps": AheadField,
    }
)


def field_of(question: Question) -> type[Field[Any]]:
    """The field for a question: that of its kind, or of what the form makes of the kind."""
    match question:
        case DatedChoices() if question.listed:
            return DocumentsField
        case Icf(picks=False):
            return DescriptionField
        case _:
            return FIELDS[question.kind]
