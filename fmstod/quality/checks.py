"""The functions of the rules that a lexicon alone can't judge, by rule id."""

from collections.abc import Mapping
from types import MappingProxyType

from fmstod.quality import basis, chain, impairment, limitation, privacy
from fmstod.quality.reader import Check

CHECKS: Mapping[str, Check] = MappingProxyType(
    {**basis.CHECKS, **impairment.CHECKS, **limitation.CHECKS, **chain.CHECKS, **privacy.CHECKS}
)
