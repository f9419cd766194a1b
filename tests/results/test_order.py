"""Who comes first in a table changes nothing: same answers, same digest, same numbers."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from app.aggregation import rank_acceptability, weighted_sum
from app.results import snapshot
from tests.results.panels import SCALES, panel

cells = st.one_of(st.integers(1, 9), st.sampled_from(["no_expertise", "cannot_say", "prefer_not"]), st.none())


@st.composite
def answers(draw):
    options, experts = draw(st.integers(1, 3)), draw(st.integers(0, 7))
    ballot = st.tuples(*[st.tuples(cells, cells, cells)] * options)
    pair = st.tuples(st.tuples(*[cells] * options), st.tuples(*[cells] * options))
    ballots = draw(st.lists(ballot, min_size=experts, max_size=experts))
    pairs = draw(st.none() | st.lists(pair, max_size=7))
    texts = st.tuples(st.sampled_from([f"W{n:02}" for n in range(1, options + 1)]), st.text(min_size=1))
    return options, ballots, pairs, draw(st.lists(texts, max_size=6))


def count(options, ballots, pairs, texts):
    made = panel(ballots, count=options, pairs=pairs, rationales=texts)
    return snapshot.tally(made, invited=9, enrolled=8, quorum_share=0.6)


@settings(max_examples=60, deadline=None)
@given(answers(), st.randoms(use_true_random=False))
def test_permuting_experts_changes_neither_digest_nor_numbers(answers, chance):
    options, ballots, pairs, texts = answers
    before = count(options, ballots, pairs, texts)
    for listed in (ballots, pairs, texts):
        if listed:
            chance.shuffle(listed)
    assert count(options, ballots, pairs, texts) == before


@settings(max_examples=30, deadline=None)
@given(answers())
def test_the_same_answers_give_the_same_numbers_again(answers):
    assert count(*answers).as_numbers() == count(*answers).as_numbers()


@settings(max_examples=30, deadline=None)
@given(answers())
def test_places_of_rationales_tell_nothing_of_their_authors(answers):
    tally = count(*answers)
    for texts in tally.rationales.values():
        assert texts == sorted(texts)
    assert sum(map(len, tally.rationales.values())) == len(answers[3])


@settings(max_examples=30, deadline=None)
@given(answers())
def test_whoever_has_the_ratings_and_the_seed_finds_the_same_ranks(answers):
    options, ballots, pairs, texts = answers
    tally = count(options, ballots, pairs, texts)
    ratings = panel(ballots, count=options).ratings
    if not tally.submitted:
        return
    used, weights = [1, 2], [SCALES[1].weight, SCALES[2].weight]
    totals, rated = np.nansum(ratings, axis=0)[:, used], (~np.isnan(ratings)).sum(axis=0)[:, used]
    means = np.where(rated > 0, totals / np.maximum(rated, 1), np.nan)
    ranks = weighted_sum(means, weights).rank
    assert [option.rank for option in sorted(tally.options, key=lambda one: one.code)] == [
        None if np.isnan(rank) else rank for rank in ranks
    ]
    if tally.replicates:
        drawn = rank_acceptability(ratings[:, :, used], weights, replicates=tally.replicates, seed=tally.seed)
        best = [option.p_best for option in sorted(tally.options, key=lambda one: one.code)]
        assert best == [snapshot.plain(share) for share in drawn.p_best]
