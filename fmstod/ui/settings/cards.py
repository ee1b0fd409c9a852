"""The settings' cards below the appearance, in their order."""

from collections.abc import Callable, Mapping

from fmstod.ui.kit.tokens import Look
from fmstod.ui.session import Session
from fmstod.ui.settings.codes import CodesCard, codes_card
from fmstod.ui.settings.days import DaysCard, lock_card, plan_after_card
from fmstod.ui.settings.fmb import FmbCard, fmb_card
from fmstod.ui.settings.quality import QualityCard, quality_card
from fmstod.ui.settings.seal import SealCard, seal_card

# Each says `grew`, and `changed` with the words for what was read in.
CARDS: Mapping[str, Callable[[Look, Session], CodesCard | DaysCard | FmbCard | QualityCard | SealCard | None]] = {
    "fmb": fmb_card,
    "codes": codes_card,
    "lock": lock_card,
    "plan": plan_after_card,
    "quality": quality_card,
    "seal": seal_card,
}
