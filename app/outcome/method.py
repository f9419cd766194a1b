"""What the method page says of a seminar: its rounds, scales, rules in words, and weights."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from app.models import Criterion, Round, Seminar
from app.outcome.conditions import RuleInWords, rules_in_words
from app.outcome.reading import band_names
from app.rounds import queries as rounds
from app.wording import Rules


@dataclass(frozen=True, slots=True)
class ScaleInWords:
    """The ends of a scale, and its favourable, undecided and unfavourable band."""

    low: int
    high: int
    bands: tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """How this seminar's results are made, whether or not there is one."""

    rounds: list[Round]
    scales: list[ScaleInWords]
    rules: list[RuleInWords]
    unstable_from: float
    criteria: list[tuple[Criterion, float]]


def about(session: Session, seminar: Seminar) -> About:
    """The method in the seminar's own terms."""
    rules, criteria = Rules.read(seminar.wording), rounds.card_criteria(session, seminar)
    ends = sorted({(criterion.low, criterion.high) for criterion in criteria})
    scales = [ScaleInWords(low, high, band_names(rules, low, high)) for low, high in ends]
    overall = next((one for one in criteria if one.overall), None)
    bands = band_names(rules, overall.low, overall.high) if overall else ("", "", "")
    entries: list[dict[str, Any]] = seminar.wording.get("labels") or []
    total = sum(one.weight for one in criteria if not one.overall) or 1.0
    return About(
        rounds=rounds.plan(session, seminar),
        scales=scales,
        rules=rules_in_words(rules, entries, bands),
        unstable_from=float(rules.unstable_from),
        criteria=[(one, one.weight / total) for one in criteria],
    )
