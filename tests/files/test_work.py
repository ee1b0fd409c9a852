"""The demands of work: groups of R001-6 and the three levels that FMB knows."""

from fmstod.files import read_demands


def test_the_groups_and_levels_are_those_of_the_consultation():
    demands = read_demands()
    assert [level.key for level in demands.loads] == ["light", "moderate", "high"]
    assert [group.key for group in demands.groups] == [
        "load",
        "posture",
        "cognitive",
        "emotional",
        "voice",
        "shifts",
    ]
    assert 20 <= len(list(demands.demands())) <= 30


def test_every_demand_has_a_short_label_that_fits_into_a_sentence():
    for demand in read_demands().demands():
        assert demand.label[0].isupper()
        assert not demand.label.endswith(".")
        assert len(demand.label) <= 40
