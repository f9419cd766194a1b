"""What is compared: our function, the peer's way to the same result, and a check that it is the same."""

from collections.abc import Callable
from dataclasses import dataclass

import choix
import krippendorff
import numpy as np
import pandas as pd
import pingouin
from numpy.typing import NDArray
from pref_voting.c1_methods import copeland as peer_copeland
from pref_voting.margin_based_methods import beat_path_Floyd_Warshall as beat_path
from pref_voting.profiles import Profile
from pymcdm.methods import PROMETHEE_II, TOPSIS
from pymcdm.normalizations import vector_normalization
from scipy.stats import friedmanchisquare

from app import aggregation as ours

Floats = NDArray[np.float64]

EXPERTS, OPTIONS, CRITERIA, REPLICATES = 200, 60, 5, 2000
# A loop that would take minutes runs so many replicates, and its time is multiplied.
FEW, FEWEST = 100, 5


@dataclass(frozen=True)
class Case:
    """One row of the table; the peer's time counts `times` times over."""

    name: str
    peer_name: str
    ours: Callable[[], object]
    peer: Callable[[], object]
    same: Callable[[], bool]
    times: float = 1


def close(a: object, b: object) -> bool:
    return bool(np.allclose(np.asarray(a, float), np.asarray(b, float), equal_nan=True, atol=1e-8))


def panel(seed: int = 1, missing: float = 0.1) -> Floats:
    """Whole ratings (experts, options, criteria) from 1 to 9 of options that differ."""
    rng = np.random.default_rng(seed)
    r = rng.normal(0, 2, (EXPERTS, OPTIONS, CRITERIA)) + np.linspace(6.5, 4, OPTIONS)[:, None]
    r = np.clip(np.round(r), 1, 9)
    r[rng.random(r.shape) < missing] = np.nan
    return r


def descriptions() -> Case:
    r = panel().reshape(EXPERTS, -1)
    frame = pd.DataFrame(r)
    same = close(ours.summarise(r, 1, 9).q3, frame.describe().loc["75%"])
    return Case(
        "summarise, 300 cells",
        "pandas describe",
        lambda: ours.summarise(r, 1, 9),
        frame.describe,
        lambda: same,
    )


def agreement() -> list[Case]:
    full, gaps = panel(missing=0)[:, :, 0], panel()[:, :, 0]
    long = pd.DataFrame(
        [(i, e, full[e, i]) for e in range(EXPERTS) for i in range(OPTIONS)], columns=["t", "e", "x"]
    )

    def friedman() -> float:
        return float(friedmanchisquare(*full.T).statistic)

    def alpha() -> float:
        return float(krippendorff.alpha(reliability_data=gaps, level_of_measurement="ordinal"))

    def correlation() -> pd.DataFrame:
        return pingouin.intraclass_corr(long, "t", "e", "x")

    forms = ("ICC1", "ICCA1", "ICCC1", "ICC1k", "ICCAk", "ICCCk")
    return [
        Case("kendall_w", "scipy friedman", lambda: ours.kendall_w(full), friedman,
             lambda: close(ours.kendall_w(full).chi2, friedman())),
        Case("krippendorff_alpha", "krippendorff", lambda: ours.krippendorff_alpha(gaps), alpha,
             lambda: close(ours.krippendorff_alpha(gaps), alpha())),
        Case("icc, six forms", "pingouin", lambda: ours.icc(full), correlation,
             lambda: close([ours.icc(full)[form].value for form in forms], correlation()["ICC"])),
    ]  # fmt: skip


def ballots() -> Floats:
    rng = np.random.default_rng(2)
    noisy = np.arange(OPTIONS) * 0.3 + rng.normal(0, 5, (EXPERTS, OPTIONS))
    return noisy.argsort(axis=1).argsort(axis=1) + 1.0


def profile(ranks: Floats) -> Profile:
    return Profile([list(map(int, row)) for row in ranks.argsort(axis=1)])


def winners(rank: Floats) -> list[int]:
    return np.flatnonzero(rank == 1).tolist()


def voting() -> list[Case]:
    """The peer starts from the same table of ranks, as a panel's ratings give it."""
    ranks = ballots()
    pairwise = ours.pairwise_matrix(ranks)
    scores = profile(ranks).borda_scores()
    return [
        Case("pairwise_matrix", "pref_voting", lambda: ours.pairwise_matrix(ranks),
             lambda: profile(ranks).margin_matrix,
             lambda: close(pairwise - pairwise.T, profile(ranks).margin_matrix)),
        Case("borda", "pref_voting", lambda: ours.borda(ranks), lambda: profile(ranks).borda_scores(),
             lambda: close(ours.borda(ranks).score.argsort()[::-1], sorted(scores, key=scores.get)[::-1])),
        Case("copeland", "pref_voting", lambda: ours.copeland(ranks), lambda: peer_copeland(profile(ranks)),
             lambda: winners(ours.copeland(ranks).rank) == peer_copeland(profile(ranks))),
        Case("schulze", "pref_voting", lambda: ours.schulze(ranks), lambda: beat_path(profile(ranks)),
             lambda: winners(ours.schulze(ranks).rank) == beat_path(profile(ranks))),
    ]  # fmt: skip


def decisions() -> list[Case]:
    rng = np.random.default_rng(3)
    scores, weights = rng.random((OPTIONS, CRITERIA)) * 8 + 1, np.full(CRITERIA, 1 / CRITERIA)
    each = rng.random((EXPERTS, OPTIONS, CRITERIA)) * 8 + 1
    signs = np.ones(CRITERIA)
    peer = TOPSIS(normalization_function=vector_normalization)
    flows = PROMETHEE_II("usual")
    return [
        Case("topsis", "pymcdm", lambda: ours.topsis(scores, weights), lambda: peer(scores, weights, signs),
             lambda: close(ours.topsis(scores, weights).score, peer(scores, weights, signs))),
        Case("topsis for each of 200 experts", "pymcdm, loop",
             lambda: [ours.topsis(own, weights) for own in each],
             lambda: [peer(own, weights, signs) for own in each],
             lambda: close([ours.topsis(own, weights).score for own in each],
                           [peer(own, weights, signs) for own in each])),
        Case("promethee_ii", "pymcdm", lambda: ours.promethee_ii(scores, weights),
             lambda: flows(scores, weights, signs),
             lambda: close(ours.promethee_ii(scores, weights).score, flows(scores, weights, signs))),
    ]  # fmt: skip


def comparisons() -> list[Case]:
    rng = np.random.default_rng(4)
    strength, wins = rng.normal(0, 0.5, OPTIONS), np.zeros((OPTIONS, OPTIONS))
    i, j = rng.integers(0, OPTIONS, (2, 5000))
    i, j = i[i != j], j[i != j]
    won = rng.random(i.size) < 1 / (1 + np.exp(strength[j] - strength[i]))
    pairs = np.where(won[:, None], np.stack([i, j], 1), np.stack([j, i], 1))
    np.add.at(wins, (pairs[:, 0], pairs[:, 1]), 1)
    data = [tuple(map(int, pair)) for pair in pairs]

    def same(peer: Callable[..., Floats]) -> bool:
        return bool(np.allclose(ours.bradley_terry(wins).log_strength, peer(OPTIONS, data), atol=1e-3))

    return [
        Case("bradley_terry", f"choix {name}", lambda: ours.bradley_terry(wins),
             lambda peer=peer: peer(OPTIONS, data), lambda peer=peer: same(peer))
        for name, peer in (("ilsr", choix.ilsr_pairwise), ("opt", choix.opt_pairwise))
    ]  # fmt: skip


def bootstraps() -> list[Case]:
    """Rank acceptability by a loop over the peer: it draws others, so that shares agree within chance."""
    r, weights = panel(), np.full(CRITERIA, 1 / CRITERIA)
    peer, signs = TOPSIS(normalization_function=vector_normalization), np.ones(CRITERIA)
    cells = pd.DataFrame(r.reshape(EXPERTS, -1))
    ranks = np.argsort(np.argsort(-np.nan_to_num(r[:, :, 0]), axis=1, kind="stable"), axis=1) + 1.0

    def loop(score: Callable[[NDArray[np.intp]], Floats], replicates: int) -> Floats:
        rng = np.random.default_rng(5)
        total = np.zeros(OPTIONS)
        for _ in range(replicates):
            total += (-score(rng.integers(0, EXPERTS, EXPERTS))).argsort().argsort() + 1
        return total / replicates

    def by_pandas(drawn: NDArray[np.intp]) -> Floats:
        return cells.iloc[drawn].mean().to_numpy().reshape(OPTIONS, CRITERIA) @ weights

    def by_numpy(drawn: NDArray[np.intp]) -> Floats:
        return np.asarray(np.nanmean(r[drawn], axis=0) @ weights)

    def by_topsis(drawn: NDArray[np.intp]) -> Floats:
        return np.asarray(peer(np.nanmean(r[drawn], axis=0), weights, signs))

    def by_schulze() -> list[list[int]]:
        rng = np.random.default_rng(5)
        return [beat_path(profile(ranks[rng.integers(0, EXPERTS, EXPERTS)])) for _ in range(FEWEST)]

    def accept(method: str, own: Floats = r, w: Floats = weights) -> ours.RankAcceptability:
        return ours.rank_acceptability(own, w, method=method, replicates=REPLICATES)

    def near(method: str, score: Callable[[NDArray[np.intp]], Floats]) -> bool:
        return bool(np.abs(accept(method).expected_rank - loop(score, FEW)).max() < 2)  # noqa: PLR2004 - chance

    many = REPLICATES / FEW
    rows = [
        ("weighted_sum", "numpy nanmean", by_numpy),
        ("weighted_sum", "pandas", by_pandas),
        ("topsis", "pymcdm", by_topsis),
    ]
    return [
        Case(f"rank_acceptability, {method}", f"{name}, loop *", lambda method=method: accept(method),
             lambda score=score: loop(score, FEW),
             lambda method=method, score=score: near(method, score), many)
        for method, name, score in rows
    ] + [
        Case("rank_acceptability, schulze", "pref_voting, loop *",
             lambda: accept("schulze", -ranks, np.ones(1)), by_schulze,
             lambda: all(accept("schulze", -ranks, np.ones(1)).p_best[w].sum() > 0 for w in by_schulze()),
             REPLICATES / FEWEST)
    ]  # fmt: skip


def cases() -> list[Case]:
    return [descriptions(), *agreement(), *voting(), *decisions(), *comparisons(), *bootstraps()]
