"""Numbers of a deliberating panel: rows are experts, columns items, nan is an answer not given."""

from app.aggregation.agreement import KendallW, kendall_w
from app.aggregation.consensus import RandUcla, band_share, rand_ucla, tastle_wierman
from app.aggregation.decision import weighted_sum
from app.aggregation.ranking import Ranking
from app.aggregation.robustness import RankAcceptability, rank_acceptability
from app.aggregation.rules import BandRule, IqrRule, TwoBandRule
from app.aggregation.stability import Stability, stability
from app.aggregation.summary import Summary, summarise

__all__ = [
    "BandRule",
    "IqrRule",
    "KendallW",
    "RandUcla",
    "RankAcceptability",
    "Ranking",
    "Stability",
    "Summary",
    "TwoBandRule",
    "band_share",
    "kendall_w",
    "rand_ucla",
    "rank_acceptability",
    "stability",
    "summarise",
    "tastle_wierman",
    "weighted_sum",
]
