"""Voting rules beside pref_voting, which starts from the same table of the experts' ranks."""

import numpy as np
from numpy.typing import NDArray
from pref_voting.c1_methods import copeland as peer_copeland
from pref_voting.c1_methods import copeland_ranking
from pref_voting.grade_methods import majority_judgement as peer_judgment
from pref_voting.grade_profiles import GradeProfile
from pref_voting.margin_based_methods import beat_path, ranked_pairs_defeat_tb
from pref_voting.other_methods import kemeny_young
from pref_voting.profiles import Profile

from app import aggregation as ours
from cases.case import EXPERTS, OPTIONS, Case, Floats, close, panel

# The peer tries all orders: 9 options take it ten times as long as 8.
FEW_OPTIONS = 8


def ballots(options: int = OPTIONS) -> Floats:
    rng = np.random.default_rng(2)
    noisy = np.arange(options) * 0.3 + rng.normal(0, 5, (EXPERTS, options))
    return noisy.argsort(axis=1).argsort(axis=1) + 1.0


def profile(ranks: Floats) -> Profile:
    return Profile([list(map(int, row)) for row in ranks.argsort(axis=1)])


def winners(rank: Floats) -> list[int]:
    return np.flatnonzero(rank == 1).tolist()


def peer_borda(ranks: Floats) -> Floats:
    scores = profile(ranks).borda_scores()
    return np.array([scores[option] for option in range(ranks.shape[1])], float)


def peer_copeland_order(ranks: Floats) -> NDArray[np.int64]:
    places = copeland_ranking(profile(ranks)).rmap
    return np.array([places[option] for option in range(ranks.shape[1])])


def peer_pairs(ranks: Floats) -> list[int]:
    defeats = ranked_pairs_defeat_tb(profile(ranks))
    return [option for option, beaten in defeats.in_degree if not beaten]


def cases() -> list[Case]:
    ranks, few = ballots(), ballots(FEW_OPTIONS)
    grades = panel(missing=0)[:, :, 0]

    def margins() -> Floats:
        counts = ours.pairwise_matrix(ranks)
        return counts - counts.T

    def judgment() -> list[int]:
        given = [dict(enumerate(map(int, row))) for row in grades]
        return peer_judgment(GradeProfile(given, list(range(1, 10))))

    def row(name: str, rank: Floats, peer_winners: list[int]) -> bool:
        assert peer_winners, name
        return winners(rank) == peer_winners

    return [
        Case("pairwise_matrix", "pref_voting", lambda: ours.pairwise_matrix(ranks),
             lambda: profile(ranks).margin_matrix, lambda: close(margins(), profile(ranks).margin_matrix)),
        Case("borda", "pref_voting", lambda: ours.borda(ranks), lambda: peer_borda(ranks),
             lambda: close(ours.borda(ranks).score, peer_borda(ranks))),
        Case("copeland", "pref_voting", lambda: ours.copeland(ranks), lambda: peer_copeland_order(ranks),
             lambda: row("copeland", ours.copeland(ranks).rank, peer_copeland(profile(ranks)))),
        Case("schulze", "pref_voting", lambda: ours.schulze(ranks), lambda: beat_path(profile(ranks)),
             lambda: row("schulze", ours.schulze(ranks).rank, beat_path(profile(ranks)))),
        Case("ranked_pairs", "pref_voting", lambda: ours.ranked_pairs(ranks), lambda: peer_pairs(ranks),
             lambda: row("ranked_pairs", ours.ranked_pairs(ranks).rank, peer_pairs(ranks))),
        Case(f"kemeny, {FEW_OPTIONS} options", "pref_voting", lambda: ours.kemeny(few),
             lambda: kemeny_young(profile(few)),
             lambda: row("kemeny", ours.kemeny(few).rank, kemeny_young(profile(few)))),
        Case("majority_judgment", "pref_voting", lambda: ours.majority_judgment(grades), judgment,
             lambda: row("majority_judgment", ours.majority_judgment(grades).rank, judgment())),
    ]  # fmt: skip
