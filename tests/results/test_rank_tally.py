"""Orders are counted: places, comparisons won, several rules, how firm it is and how far experts agree."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.results import tallies
from app.results.rank_tally import METHOD, RankTally
from tests.results.polls import order, poll, ranked

CODES = ("W01", "W02", "W03", "W04")
ballots = st.lists(st.dictionaries(st.sampled_from(CODES), st.integers(1, 6)), max_size=9)


def by_code(tally: RankTally):
    return {option.code: option for option in tally.options}


def test_of_one_mind_is_one_order():
    tally = ranked([order("W02", "W01", "W03")] * 6)
    assert [option.code for option in tally.options] == ["W02", "W01", "W03"]
    assert [option.score for option in tally.options] == [1.0, 0.5, 0.0]
    assert tally.condorcet == "W02"
    assert (tally.kendall_w, tally.alike, tally.kendall_raters) == (1.0, 1.0, 6)
    first = tally.options[0]
    assert (first.mean, first.median, first.q1, first.q3, first.places) == (1.0, 1.0, 1.0, 1.0, [6, 0, 0])
    assert (first.rank_low, first.rank_high, first.p_best) == (1, 1, 1.0)
    assert all(option.rank == option.rank_schulze == option.rank_kemeny for option in tally.options)
    assert tally.rules_agree


def test_what_is_left_out_is_compared_with_nothing_and_is_not_last():
    tally = by_code(ranked([order("W01", "W02"), order("W03")] + [order("W03", "W02")] * 2))
    assert tally["W01"].n == 1
    assert tally["W01"].unranked == 3
    # it won the only comparison it was in; with W03 it was never compared
    assert tally["W01"].score == 0.75
    assert tally["W01"].rank < tally["W02"].rank


def test_places_are_counted_through_within_each_ballot():
    tally = by_code(ranked([{"W01": 5, "W02": 20, "W03": 20}]))
    assert [tally[code].places for code in ("W01", "W02", "W03")] == [[1, 0, 0], [0, 1, 0], [0, 1, 0]]
    assert [tally[code].mean for code in ("W01", "W02", "W03")] == [1.0, 2.5, 2.5]


def test_a_circle_of_majorities_has_no_winner_over_all():
    tally = ranked([order("W01", "W02", "W03"), order("W02", "W03", "W01"), order("W03", "W01", "W02")])
    assert tally.condorcet is None
    assert {option.rank for option in tally.options} == {1}
    assert [leader.code for leader in tally.leaders] == ["W01", "W02", "W03"]
    assert tally.above["W01"] == {"W02": 2, "W03": 1}
    assert tally.alike == pytest.approx(1 / 3)


def test_rules_may_put_different_ones_first():
    # four of seven put W01 above each other one; W02 is never far down
    tally = ranked([order("W01", "W02", "W03", "W04")] * 4 + [order("W02", "W03", "W04", "W01")] * 3, CODES)
    assert tally.condorcet == "W01"
    assert by_code(tally)["W02"].rank == 1
    assert by_code(tally)["W01"].rank_schulze == 1
    assert not tally.rules_agree


def test_an_abstention_is_told_and_counts_nowhere():
    tally = by_code(ranked([{"W01": 1, "W02": "cannot_say"}, {"W02": "cannot_say"}, order("W01", "W02")]))
    assert tally["W02"].abstained == {"cannot_say": 2}
    assert (tally["W02"].n, tally["W02"].unranked) == (1, 0)
    assert tally["W03"].unranked == 2


def test_of_few_experts_there_is_no_interval():
    tally = ranked([order("W01", "W02", "W03")] * 4)
    assert tally.replicates == 0
    assert not tally.has_intervals
    assert tally.options[0].p_best is None


@pytest.mark.parametrize("said", [[], [{}], [{}, {}], [{"W01": "cannot_say"}]])
def test_where_nobody_ranks_there_is_no_order(said):
    tally = ranked(said)
    assert tally.rankings == 0
    assert tally.ranked == []
    assert tally.leaders == []
    assert tally.condorcet is None
    assert (tally.alike, tally.kendall_w) == (None, None)
    assert tally.submitted == len(said)


def test_one_subject_is_first_and_beats_nobody():
    tally = ranked([{"W01": 1}] * 6, ["W01"])
    assert tally.options[0].rank == 1
    assert tally.options[0].score is None
    assert tally.condorcet is None


@settings(max_examples=40, deadline=None)
@given(ballots, st.randoms(use_true_random=False))
def test_the_order_of_the_ballots_changes_nothing(said, chance):
    other = list(said)
    chance.shuffle(other)
    assert ranked(said, CODES).as_numbers() == ranked(other, CODES).as_numbers()


@settings(max_examples=40, deadline=None)
@given(ballots, st.permutations(CODES))
def test_other_names_give_the_same_numbers_under_these_names(said, names):
    renamed = dict(zip(CODES, names, strict=True))
    tally = by_code(ranked(said, CODES))
    other = by_code(ranked([{renamed[c]: place for c, place in one.items()} for one in said], CODES))
    for code, option in tally.items():
        again = other[renamed[code]]
        for name in ("n", "places", "mean", "median", "q1", "q3", "score", "rank"):
            assert getattr(option, name) == getattr(again, name)
        for rule in ("rank_copeland", "rank_schulze", "rank_kemeny"):
            assert getattr(option, rule) == getattr(again, rule)


@settings(max_examples=40, deadline=None)
@given(ballots)
def test_only_the_order_of_places_counts(said):
    spread = [{code: 10 * place + 3 for code, place in one.items()} for one in said]
    tally, other = ranked(said, CODES).as_numbers(), ranked(spread, CODES).as_numbers()
    drawn = {"rank_low", "rank_high", "expected_rank", "p_best", "p_top3"}
    for one, again in zip(tally["options"], other["options"], strict=True):
        assert {k: v for k, v in one.items() if k not in drawn} == {
            k: v for k, v in again.items() if k not in drawn
        }


@settings(max_examples=30, deadline=None)
@given(ballots)
def test_what_was_frozen_is_read_as_it_was(said):
    tally = ranked(said, CODES)
    frozen = json.loads(json.dumps(tally.as_numbers(), allow_nan=False))
    assert tallies.read(METHOD, frozen) == tally


def test_the_tables_hold_every_subject_and_explain_every_column():
    tally = ranked([order("W01", "W02", "W03", "W04")] * 5, CODES)
    ranking, above = tally.tables()
    assert [row[0] for row in ranking.rows] == list(CODES)
    assert all(len(row) == len(table.columns) for table in (ranking, above) for row in table.rows)
    assert above.rows[0] == ["W01", None, 5, 5, 5]
    said = " ".join(
        [*tally.MEANINGS, *tally.MEANINGS.values(), "code title version placed_2 placed_3 placed_4"]
    )
    assert [column for column in ranking.columns if column not in said] == []


def test_neither_the_seed_nor_the_digest_of_answers_tells_of_a_text():
    plain = poll([order("W01", "W02")] * 5, CODES, "rank")
    wordy = poll([order("W01", "W02")] * 5, CODES, "rank", rationales={"W01": ("Because.",)})
    assert plain.seed == wordy.seed
    assert plain.inputs()["answers"] == wordy.inputs()["answers"]
    assert plain.inputs()["rationales"] != wordy.inputs()["rationales"]
