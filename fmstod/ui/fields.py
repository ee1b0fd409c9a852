"""Which field asks which kind of question."""

from typing import Any

from fmstod.ui.field import Field
from fmstod.ui.fields_choices import ChoiceField, ChoicesField, DatedChoicesField, FlagField, YesNoField
from fmstod.ui.fields_diagnoses import DiagnosesField
from fmstod.ui.fields_icf import IcfField
from fmstod.ui.fields_measures import MeasuresField
from fmstod.ui.fields_periods import PeriodsField
from fmstod.ui.fields_text import DayField, TextField, WholeField

FIELDS: dict[str, type[Field[Any]]] = {
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
}
