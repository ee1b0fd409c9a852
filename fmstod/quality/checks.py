"""The functions of the rules that a lexicon alone can't judge, by rule id."""

from collections.abc import Mapping
from types import MappingProxyType

from fmstod.quality import (
    basis,
    chain,
    course,
    diagnosis,
    impairment,
    limitation,
    periods,
    plans,
    privacy,
    work,
    writing,
)
from fmstod.quality.reader import Check

_MODULES = (basis, impairment, limitation, chain, privacy, writing, periods, diagnosis, work, course, plans)
CHECKS: Mapping[str, Check] = MappingProxyType(
    {rule: check for each in _MODULES for rule, check in each.CHECKS.items()}
)
