"""Numbers of a deliberating panel: rows are experts, columns items, nan is an answer not given."""

from app.aggregation.agreement import KendallW, gwet_ac2, kendall_w, krippendorff_alpha
from app.aggregation.condorcet import ranked_pairs, schulze
from app.aggregation.consensus import (
    RandUcla,
    band_share,
    content_validity_ratio,
    rand_ucla,
    tastle_wierman,
    van_der_eijk,
)
from app.aggregation.decision import weighted_sum
from app.aggregation.kemeny import KemenyRanking, kemeny
from app.aggregation.majority import majority_judgment
from app.aggregation.ranking import Ranking
from app.aggregation.reliability import Icc, icc
from app.aggregation.robustness import RankAcceptability, rank_acceptability
from app.aggregation.rules import BandRule, CnsRule, IqrRule, RandUclaRule, TwoBandRule
from app.aggregation.stability import Stability, stability
from app.aggregation.summary import Summary, summarise
from app.aggregation.voting import borda, copeland, pairwise_matrix

__all__ = [
    "BandRule",
    "CnsRule",
    "Icc",
    "IqrRule",
    "KemenyRanking",
    "KendallW",
    "RandUcla",
    "RandUclaRule",
    "RankAcceptability",
    "Ranking",
    "Stability",
    "Summary",
    "TwoBandRule",
    "band_share",
    "borda",
    "content_validity_ratio",
    "copeland",
    "gwet_ac2",
    "icc",
    "kemeny",
    "kendall_w",
    "krippendorff_alpha",
    "majority_judgment",
    "pairwise_matrix",
    "rand_ucla",
    "rank_acceptability",
    "ranked_pairs",
    "schulze",
    "stability",
    "summarise",
    "tastle_wierman",
    "van_der_eijk",
    "weighted_sum",
]
