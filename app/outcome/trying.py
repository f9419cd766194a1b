"""The page on which weights are tried: what was asked for, whose weights there are, and what would come."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from sqlmodel import Session

from app.errors import AppError, Conflict, Invalid
from app.i18n import gettext
from app.outcome import reading
from app.outcome.queries import Outcome
from app.policy import Role
from app.results import disclosure, what_if
from app.results.tally import RateTally, Scale
from app.results.what_if import WeightOff, WhatIf

TOP = 3
# a weight in per cent to one decimal
CLOSE = 0.0006


class NoRanks(Conflict):
    """The result tells no ranks, so none are tried."""

    message = "So few experts submitted that no ranks are given, under these weights or others."


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """Weights to start from, as shares of 1; the name may be a word of the seminar itself."""

    name: str
    weights: dict[str, float]
    of_seminar: bool = False

    @property
    def query(self) -> str:
        """What the address of the page has for these weights."""
        return urlencode({code: in_percent(share) for code, share in self.weights.items() if share})


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Weights as they were typed, what is wrong with them or what would come of them, and other weights."""

    scales: list[Scale]
    values: dict[str, str]
    errors: dict[str, AppError]
    found: WhatIf | None
    presets: list[Preset]
    chosen: Preset | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leading:
    """An option that is among the first three under some of the weights: its rank under each."""

    code: str
    title: str
    ranks: list[int | None]

    @property
    def always(self) -> bool:
        """Whether it is among them under all."""
        return all(rank is not None and rank <= TOP for rank in self.ranks)


def page(session: Session, outcome: Outcome, query: Mapping[str, str], *, roles: Collection[Role]) -> Page:
    """The page for the weights in the address; without any, for those of the seminar."""
    if not reading.is_sure(outcome.tally):
        raise NoRanks
    scales = outcome.tally.scales
    known = presets(session, outcome, roles=roles)
    asked = {scale.code: query.get(scale.code, "").strip() for scale in scales}
    if not any(asked.values()):
        asked = {scale.code: in_percent(known[0].weights.get(scale.code, 0.0)) for scale in scales}
    found, errors = None, {}
    try:
        given = _numbers(asked)
        found = disclosure.what_if(session, round_=outcome.round_, roles=frozenset(roles), weights=given)
    except Invalid as fault:
        errors = fault.errors or {"": fault}
    chosen = next((one for one in known if found and _same(one.weights, found.weights)), None)
    return Page(scales=scales, values=asked, errors=errors, found=found, presets=known, chosen=chosen)


def presets(session: Session, outcome: Outcome, *, roles: Collection[Role]) -> list[Preset]:
    """The weights of the seminar, equal ones, overall support alone, and those that the panel gave."""
    tally = outcome.tally
    ranking = {
        scale.code: reading.weight(tally, scale) for scale in tally.scales if scale.code in tally.ranked_by
    }
    found = [Preset(name=gettext("The seminar's weights"), weights=ranking)]
    others = [scale.code for scale in tally.scales if scale.code in ranking and not scale.overall]
    if len(others) > 1:
        equal = dict.fromkeys(others, 1 / len(others))
        found.append(Preset(name=gettext("Equal weights"), weights=equal))
    if tally.overall and others:
        found.append(Preset(name=gettext("Overall support alone"), weights={tally.overall.code: 1.0}))
    return found + _weighed(session, outcome, roles)


def leading(tally: RateTally, known: list[Preset]) -> list[Leading]:
    """The options that are among the first three under some of these weights, those of all first."""
    under = [what_if.ranks(tally, one.weights) for one in known]
    rows = [
        Leading(code=option.code, title=option.title, ranks=[ranks[option.code] for ranks in under])
        for option in tally.options
    ]
    some = [row for row in rows if any(rank is not None and rank <= TOP for rank in row.ranks)]
    return sorted(some, key=lambda row: not row.always)


def in_percent(share: float) -> str:
    """A share of 1 as a weight is typed: with a point, and no more decimals than it needs."""
    return f"{100 * share:.1f}".removesuffix(".0")


def _weighed(session: Session, outcome: Outcome, roles: Collection[Role]) -> list[Preset]:
    """What the panel, and each sector of which it may be told, said that the criteria weigh."""
    latest = disclosure.latest_of(session, seminar=outcome.seminar, roles=frozenset(roles), type="weigh")
    if latest is None:
        return []
    known = {scale.code for scale in outcome.tally.scales}
    number = latest.round_.number
    by_panel = gettext("The panel's weights, round R%(number)s") % {"number": number}
    given = [(by_panel, latest.tally.weights, False)]
    given += [
        (group.label, {code: one.mean for code, one in group.weights.items()}, True)
        for group in latest.tally.groups
        if group.weights and group.code
    ]
    found = []
    for name, weights, of_seminar in given:
        kept = {code: one for code, one in weights.items() if code in known and one > 0}
        if total := sum(kept.values()):
            shares = {code: one / total for code, one in kept.items()}
            found.append(Preset(name=name, weights=shares, of_seminar=of_seminar))
    return found


def _numbers(asked: Mapping[str, str]) -> dict[str, float]:
    found, wrong = {}, {}
    for code, text in asked.items():
        try:
            found[code] = float(text.replace(",", ".")) if text else 0.0
        except ValueError:
            wrong[code] = WeightOff()
    if wrong:
        raise Invalid(wrong)
    return found


def _same(one: Mapping[str, float], other: Mapping[str, float]) -> bool:
    return all(abs(one.get(code, 0.0) - other.get(code, 0.0)) < CLOSE for code in {*one, *other})
