"""The journal text of the open consultation."""

from collections import ChainMap

from fmstod.certificate.journal import journal_text
from fmstod.ui.models.consultation_model import ConsultationModel


def journal_of(model: ConsultationModel) -> str:
    """As it reads today."""
    ref = model.reference
    named = {f"alternative.{each.key}": each.text for each in ref.catalogue.alternative}
    phrases = ChainMap(named, dict(ref.phrases))
    return journal_text(model.consultation, ref.forms, ref.issuer, phrases, ref.today(), ref.sources)
