"""Short texts as physicians write them: the well written are left alone, and in the others the rule that they break fires."""

from pathlib import Path

import pytest
import tomli

from tests.quality.certificates import found

TEXTS = tomli.loads(Path(__file__).with_name("own_texts.toml").read_text(encoding="utf-8"))["text"]
CHAIN = {"FUN", "GRU", "AKT", "DFA"}
REFS = {"work": "29", "impairment": "35", "limitation": "17"}


def told(text):
    changes = {ref: text[name] for name, ref in REFS.items() if name in text}
    if "code" in text:
        changes["6"] = [{"code": text["code"], "text": text.get("name", "Diagnosen")}]
    return {p.rule for p in found(changes) if p.rule[:3] in CHAIN}


@pytest.mark.parametrize("text", [each for each in TEXTS if "breaks" not in each], ids=lambda each: each["code"])
def test_a_good_text_is_left_alone(text):
    assert told(text) == set()


@pytest.mark.parametrize("text", [each for each in TEXTS if "breaks" in each], ids=lambda each: each["breaks"])
def test_a_poor_text_breaks_its_rule(text):
    assert text["breaks"] in told(text)
