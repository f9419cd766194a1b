"""Numbers of a deliberating panel: rows are experts, columns items, nan is an answer not given."""

from app.aggregation.agreement import KendallW, gwet_ac2, kendall_w, krippendorff_alpha
from app.aggregation.attrition import Attrition, attrition
from app.aggregation.comparison import Strengths, bradley_terry, next_pairs
from app.aggregation.condorcet import ranked_pairs, schulze
from app.aggregation.consensus import (
    RandUcla,
    band_share,
    content_validity_ratio,
    rand_ucla,
    tastle_wierman,
    van_der_eijk,
)
from app.aggregation.decision import topsis, weighted_sum
from app.aggregation.kemeny import KemenyRanking, kemeny
from app.aggregation.majority import majority_judgment
from app.aggregation.opinion import OpinionGroups, opinion_groups
from app.aggregation.outranking import promethee_ii
from app.aggregation.rank_sets import RankSets, leave_one_group_out, rank_confidence_sets
from app.aggregation.ranking import Ranking
from app.aggregation.reliability import Icc, icc
from app.aggregation.robustness import RankAcceptability, rank_acceptability
from app.aggregation.rules import BandRule, CnsRule, IqrRule, RandUclaRule, TwoBandRule
from app.aggregation.stability import Stability, stability
from app.aggregation.summary import Summary, summarise
from app.aggregation.voting import borda, copeland, pairwise_matrix
from app.aggregation.weights import (
    AhpWeights,
    BwmWeights,
    ahp,
    best_worst,
    points,
    rank_order_centroid,
    swing,
)

__all__ = [
    "AhpWeights",
    "Attrition",
    "BandRule",
    "BwmWeights",
    "CnsRule",
    "Icc",
    "IqrRule",
    "KemenyRanking",
    "KendallW",
    "OpinionGroups",
    "RandUcla",
    "RandUclaRule",
    "RankAcceptability",
    "RankSets",
    "Ranking",
    "Stability",
    "Strengths",
    "Summary",
    "TwoBandRule",
    "ahp",
    "attrition",
    "band_share",
    "best_worst",
    "borda",
    "bradley_terry",
    "content_validity_ratio",
    "copeland",
    "gwet_ac2",
    "icc",
    "kemeny",
    "kendall_w",
    "krippendorff_alpha",
    "leave_one_group_out",
    "majority_judgment",
    "next_pairs",
    "opinion_groups",
    "pairwise_matrix",
    "points",
    "promethee_ii",
    "rand_ucla",
    "rank_acceptability",
    "rank_confidence_sets",
    "rank_order_centroid",
    "ranked_pairs",
    "schulze",
    "stability",
    "summarise",
    "swing",
    "tastle_wierman",
    "topsis",
    "van_der_eijk",
    "weighted_sum",
]
