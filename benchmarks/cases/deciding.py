"""Several criteria and their weights: pymcdm, scikit-criteria, ahpy."""

from itertools import combinations

import ahpy
import numpy as np
import skcriteria
from pymcdm.methods import PROMETHEE_II, TOPSIS, WSM
from pymcdm.normalizations import vector_normalization
from skcriteria.agg.simple import WeightedSumModel
from skcriteria.agg.topsis import TOPSIS as SKC_TOPSIS
from skcriteria.preprocessing.scalers import VectorScaler

from app import aggregation as ours
from cases.case import CRITERIA, EXPERTS, OPTIONS, Case, Floats, close, equal_weights

SIGNS = np.ones(CRITERIA)


def as_it_is(column: Floats, cost: object = None) -> Floats:  # noqa: ARG001 - the peer's signature
    return column


MCDM_SUM = WSM(normalization_function=as_it_is)
MCDM_TOPSIS = TOPSIS(normalization_function=vector_normalization)
FLOWS = PROMETHEE_II("usual")


def mcdm_sum(scores: Floats) -> Floats:
    return np.asarray(MCDM_SUM(scores, equal_weights(), SIGNS))


def mcdm_topsis(scores: Floats) -> Floats:
    return np.asarray(MCDM_TOPSIS(scores, equal_weights(), SIGNS))


def skc_sum(scores: Floats) -> Floats:
    asked = skcriteria.mkdm(scores, SIGNS, weights=equal_weights())
    return np.asarray(WeightedSumModel().evaluate(asked).e_.score)


def skc_topsis(scores: Floats) -> Floats:
    asked = skcriteria.mkdm(scores, SIGNS, weights=equal_weights())
    return np.asarray(SKC_TOPSIS().evaluate(VectorScaler("matrix").transform(asked)).e_.similarity)


def cases() -> list[Case]:
    each, weights = np.random.default_rng(3).random((EXPERTS, OPTIONS, CRITERIA)) * 8 + 1, equal_weights()
    scores = each[0]

    def flows(table: Floats = scores) -> Floats:
        return np.asarray(FLOWS(table, weights, SIGNS))

    rows = [
        ("weighted_sum", ours.weighted_sum, "pymcdm", mcdm_sum),
        ("weighted_sum", ours.weighted_sum, "scikit-criteria", skc_sum),
        ("topsis", ours.topsis, "pymcdm", mcdm_topsis),
        ("topsis", ours.topsis, "scikit-criteria", skc_topsis),
    ]
    return [
        Case(name, peer_name, lambda own=own: own(scores, weights), lambda peer=peer: peer(scores),
             lambda own=own, peer=peer: close(own(scores, weights).score, peer(scores)))
        for name, own, peer_name, peer in rows
    ] + [
        Case(f"{name} of each of {EXPERTS} experts", f"{peer_name}, loop", lambda own=own: own(each, weights),
             lambda peer=peer: [peer(table) for table in each],
             lambda own=own, peer=peer: close(own(each, weights).score, [peer(table) for table in each]))
        for name, own, peer_name, peer in rows
    ] + [
        Case("promethee_ii", "pymcdm", lambda: ours.promethee_ii(scores, weights), flows,
             lambda: close(ours.promethee_ii(scores, weights).score, flows())),
        Case(f"promethee_ii of each of {EXPERTS} experts", "pymcdm, loop",
             lambda: ours.promethee_ii(each, weights), lambda: [flows(table) for table in each],
             lambda: close(ours.promethee_ii(each, weights).score, [flows(table) for table in each])),
        hierarchy(),
    ]  # fmt: skip


def hierarchy(n: int = 7) -> Case:
    rng, judged = np.random.default_rng(7), np.ones((n, n))
    for i, j in combinations(range(n), 2):
        judged[i, j] = rng.choice([1 / 3, 1 / 2, 1, 2, 3])
        judged[j, i] = 1 / judged[i, j]
    pairs = {(str(i), str(j)): float(judged[i, j]) for i, j in combinations(range(n), 2)}

    def peer() -> list[float]:
        found = ahpy.Compare("weights", pairs, precision=9).local_weights
        return [found[str(i)] for i in range(n)]

    return Case(f"ahp, {n} criteria", "ahpy", lambda: ours.ahp(judged), peer,
                lambda: close(ours.ahp(judged).weights, peer(), within=1e-6))  # fmt: skip
