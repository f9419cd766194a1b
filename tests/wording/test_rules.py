"""Figures become the words of a report by the ordered rules of the seminar on resolution 2370."""

from copy import deepcopy
from fractions import Fraction

import pytest

from app.wording import BrokenRule, Figures, Rules
from tests.results.panels import wording

RULES = Rules.read(wording())


def figures(high, low, n, submitted=None, iqr=2, median=7):
    return Figures(
        n=n,
        submitted=n if submitted is None else submitted,
        p_hi=Fraction(high, n),
        p_lo=Fraction(low, n),
        iqr=Fraction(iqr),
        median=Fraction(median),
    )


def label(*args, rules=RULES, **kwargs):
    found = rules.label(figures(*args, **kwargs))
    return found.id if found else None


@pytest.mark.parametrize(
    ("high", "low", "n", "rest", "expected"),
    [
        (9, 0, 9, {}, "not_enough"),
        (10, 0, 10, {}, "broad_agreement"),
        (14, 0, 14, {"submitted": 24}, "not_enough"),
        (15, 0, 15, {"submitted": 25}, "broad_agreement"),  # 15 of 25 is 60 per cent, not below it
        (6, 6, 20, {"median": 5}, "divergent_views"),  # exactly 30 per cent on both sides
        (6, 5, 20, {"median": 5}, "mixed_views"),
        (16, 2, 20, {}, "broad_agreement"),  # exactly 80 and exactly 10 per cent
        (16, 2, 20, {"iqr": Fraction(9, 4)}, "general_support"),
        (16, 3, 20, {}, "general_support"),
        (13, 3, 20, {}, "general_support"),  # exactly 65 and exactly 15 per cent
        (13, 4, 20, {}, "qualified_support"),
        (12, 5, 20, {"median": 6}, "qualified_support"),
        (12, 6, 20, {"median": 6}, "divergent_views"),
        (6, 5, 20, {"median": Fraction(9, 2)}, "limited_support"),
        (7, 5, 20, {"median": Fraction(9, 2)}, "mixed_views"),
        (0, 20, 20, {"median": 1, "iqr": 0}, "limited_support"),
    ],
)
def test_the_first_rule_that_fits_gives_the_label(high, low, n, rest, expected):
    assert label(high, low, n, **rest) == expected


def test_nobody_rated_is_not_enough_whatever_is_undefined():
    nothing = Figures(n=0, submitted=0, p_hi=None, p_lo=None, iqr=None, median=None)
    found = RULES.label(nothing)
    assert found is not None
    assert found.id == "not_enough"
    assert found.say(nothing, option="W01").endswith("(0 of 0).")


def test_labels_under_thresholds_moved_by_five_points():
    stricter, looser = RULES.stricter(), RULES.looser()
    at_the_edge = (16, 2, 20)  # broad agreement, with nothing to spare
    assert label(*at_the_edge) == "broad_agreement"
    assert label(*at_the_edge, rules=stricter) == "general_support"
    assert label(*at_the_edge, rules=looser) == "broad_agreement"
    nearly = (15, 3, 20)
    assert label(*nearly) == "general_support"
    assert label(*nearly, rules=stricter) == "qualified_support"
    assert label(*nearly, rules=looser) == "broad_agreement"
    # unfavourable labels, too, are harder to get under stricter rules
    split = (6, 6, 20)
    assert label(*split, median=5) == "divergent_views"
    assert label(*split, median=5, rules=stricter) == "mixed_views"
    five_of_twenty = (5, 5, 20)
    assert label(*five_of_twenty, median=5, rules=looser) == "divergent_views"
    # and so is the label for too few responses: 55 and 65 instead of 60 per cent
    assert label(14, 0, 14, submitted=25) == "not_enough"
    assert label(14, 0, 14, submitted=25, rules=stricter) == "broad_agreement"
    assert label(16, 0, 16, submitted=25, rules=looser) == "not_enough"


def test_moving_forth_and_back_gives_the_same_rules():
    assert RULES.stricter().looser() == RULES


def test_sentences_are_filled_with_exact_figures():
    split = figures(7, 6, 20)
    found = RULES.label(split)
    assert found is not None
    said = found.say(split, option="Joint training (W05)")
    assert (
        said
        == "Views diverged on Joint training (W05): 35 per cent were favourable and 30 per cent unfavourable."
    )


def test_per_cent_are_rounded_half_up():
    eighth = figures(9, 8, 24)  # 37.5 and 33.3 per cent
    found = RULES.label(eighth)
    assert found is not None
    assert "38 per cent were favourable and 33 per cent" in found.say(eighth, option="W05")


def test_themes_are_named_or_their_clause_is_left_out():
    reserved = figures(12, 5, 20, median=6)
    found = RULES.label(reserved)
    assert found is not None
    assert found.say(reserved, option="W05") == "W05 found support subject to reservations."
    assert found.say(reserved, option="W05", themes="cost") == (
        "W05 found support subject to reservations, notably on cost."
    )


def test_what_is_filled_in_is_never_read_as_a_pattern():
    split = figures(7, 6, 20)
    found = RULES.label(split)
    assert found is not None
    assert "{n.__class__} {N}" in found.say(split, option="{n.__class__} {N}")


def test_a_seminar_without_rules_has_no_labels():
    none = Rules.read({})
    assert none.label(figures(16, 2, 20)) is None
    assert none.texts() == {}


def test_labels_are_tried_in_the_order_that_is_written_not_in_which_they_stand():
    turned = deepcopy(wording())
    turned["labels"].reverse()
    assert Rules.read(turned) == RULES


def test_texts_stand_in_the_order_of_the_labels():
    assert list(RULES.texts().items())[2] == ("broad_agreement", "Broad agreement")


@pytest.mark.parametrize(
    ("place", "change", "names"),
    [
        (2, {"when": "p_hi >= 0.80 and"}, "broad_agreement"),
        (2, {"when": "support >= 0.80"}, "broad_agreement"),
        (2, {"when": 80}, "broad_agreement"),
        (2, {"when": "otherwise"}, "broad_agreement"),
        (6, {"when": "n > 1"}, "mixed_views"),
        (1, {"id": "not_enough"}, "not_enough"),
        (1, {"id": ""}, "without an id"),
        (1, {"order": "second"}, "divergent_views"),
        (3, {"label": None}, "general_support"),
        (3, {"sentence": "General support for {option.title}."}, "general_support"),
        (3, {"sentence": "General support for {subject}."}, "general_support"),
        (3, {"sentence": "General support for {option."}, "general_support"),
    ],
)
def test_a_broken_label_is_refused_by_its_id(place, change, names):
    broken = deepcopy(wording())
    broken["labels"][place] |= change
    with pytest.raises(BrokenRule) as refusal:
        Rules.read(broken)
    assert refusal.value.rule == names


@pytest.mark.parametrize(
    ("change", "names"),
    [
        ({"labels": "none"}, "labels"),
        ({"labels": ["one"]}, "labels"),
        ({"stability": {"stable": "few change"}}, "stability"),
        ({"stability": "few change"}, "stability"),
        ({"quantifiers": [{"id": "some", "label": "some", "range": "a handful"}]}, "some"),
        ({"scale": {"bands": [{"from": 1}, {"from": 7, "to": 9}]}}, "bands"),
        ({"scale": {"bands": [{"from": 1, "to": 7}, {"from": 7, "to": 9}]}}, "bands"),
        ({"scale": {"bands": "thirds"}}, "bands"),
    ],
)
def test_a_broken_rule_of_another_kind_is_refused_by_its_name(change, names):
    with pytest.raises(BrokenRule) as refusal:
        Rules.read(wording() | change)
    assert refusal.value.rule == names


def test_views_are_stable_below_the_share_that_the_rules_name():
    assert RULES.stable(2, 20)
    assert not RULES.stable(3, 20)  # exactly 15 per cent
    assert not RULES.stable(0, 0)
    quarter = Rules.read(
        wording() | {"stability": {"stable": "share changing by two points or more is below 25 per cent"}}
    )
    assert quarter.stable(3, 20)


@pytest.mark.parametrize(
    ("count", "total", "expected"),
    [
        (1, 40, "one"),
        (1, 2, "one"),
        (2, 40, "a_few"),
        (4, 40, "some"),  # exactly 10 per cent
        (12, 40, "some"),  # exactly 30 per cent
        (13, 40, "many"),
        (24, 40, "many"),
        (25, 40, "most"),
        (32, 40, "most"),
        (33, 40, "nearly_all"),
        (40, 40, "nearly_all"),
    ],
)
def test_quantifiers_follow_their_ranges(count, total, expected):
    word = RULES.quantifier(count, total)
    assert word is not None
    assert word.id == expected


def test_nobody_and_more_than_everybody_have_no_quantifier():
    assert RULES.quantifier(0, 40) is None
    assert RULES.quantifier(41, 40) is None


def test_every_number_of_people_has_one_quantifier():
    for total in range(1, 60):
        for count in range(1, total + 1):
            share = Fraction(count, total)
            assert sum(word.fits(count, share) for word in RULES.quantifiers) == 1


@pytest.mark.parametrize(
    ("low", "high", "ends"),
    [(1, 9, (3, 7)), (1, 5, (1, 5)), (1, 7, (2, 6)), (0, 10, (2, 8)), (1, 2, (1, 2)), (0, 100, (32, 68))],
)
def test_bands_are_thirds_of_the_scale_where_none_are_named(low, high, ends):
    assert RULES.bands(low, high) == ends


def test_bands_that_the_seminar_names_hold_for_the_scale_that_they_cover():
    bands = [{"from": 1, "to": 2}, {"from": 3, "to": 3}, {"from": 4, "to": 5}]
    named = Rules.read(wording() | {"scale": {"bands": bands}})
    assert named.bands(1, 5) == (2, 4)
    assert named.bands(1, 9) == (3, 7)
