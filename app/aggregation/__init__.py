"""Numbers of a deliberating panel: rows are experts, columns items, nan is an answer not given."""

from app.aggregation.agreement import KendallW, gwet_ac2, kendall_w, krippendorff_alpha
from app.aggregation.consensus import (
    RandUcla,
    band_share,
    content_validity_ratio,
    rand_ucla,
    tastle_wierman,
    van_der_eijk,
)
from app.aggregation.decision import weighted_sum
from app.aggregation.ranking import Ranking
from app.aggregation.reliability import Icc, icc
from app.aggregation.robustness import RankAcceptability, rank_acceptability
from app.aggregation.rules import BandRule, CnsRule, IqrRule, RandUclaRule, TwoBandRule
from app.aggregation.stability import Stability, stability
from app.aggregation.summary import Summary, summarise

__all__ = [
    "BandRule",
    "CnsRule",
    "Icc",
    "IqrRule",
    "KendallW",
    "RandUcla",
    "RandUclaRule",
    "RankAcceptability",
    "Ranking",
    "Stability",
    "Summary",
    "TwoBandRule",
    "band_share",
    "content_validity_ratio",
    "gwet_ac2",
    "icc",
    "kendall_w",
    "krippendorff_alpha",
    "rand_ucla",
    "rank_acceptability",
    "stability",
    "summarise",
    "tastle_wierman",
    "van_der_eijk",
    "weighted_sum",
]
