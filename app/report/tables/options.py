"""The ways forward in tables: what is said of each, how sure that is, how they rank, and their texts."""

from app.i18n import fixed, gettext, number, percent
from app.models.registers import Kind
from app.outcome import reading
from app.outcome.conditions import rules_in_words
from app.outcome.queries import Outcome
from app.report.blocks import Column, TableBlock
from app.report.material import Material
from app.report.numbers import per_cent
from app.results.tally import OptionTally, Scale

NONE = "–"  # noqa: RUF001 - a dash for nothing


def overview(material: Material) -> TableBlock | None:
    """One row a way forward: its label and the figures from which the label follows."""
    outcome = material.outcome
    scale = outcome.tally.overall if outcome else None
    if outcome is None or scale is None:
        return None
    high, middle, low = reading.band_names(outcome.rules, scale.low, scale.high)
    before = any(option.movement for option in outcome.tally.options)
    said = {"number": outcome.round_.number, "n": outcome.tally.submitted}
    return TableBlock(
        name="overview",
        caption=gettext("Overview of the ways forward (R%(number)s, %(n)s experts)") % said,
        columns=(
            Column(gettext("Code"), 0.8),
            Column(gettext("Way forward"), 3.2, own=True),
            Column(gettext("In words"), 2.0, own=True),
            Column(gettext("Ratings"), 1.2, numeric=True),
            Column(gettext("Median"), 1.2, numeric=True),
            Column(gettext("Interquartile range"), 1.9, numeric=True),
            *(
                Column(gettext("%% %(band)s") % {"band": band}, 0.9, numeric=True)
                for band in (high, middle, low)
            ),
            Column(gettext("Abstentions"), 1.6, numeric=True),
            *([Column(gettext("Median before"), 1.0, numeric=True)] if before else []),
        ),
        rows=tuple(
            _overview_row(outcome, option, scale, before=before)
            for verdict in _groups(outcome)
            for option in verdict
        ),
        note=gettext(
            "Ratings of overall support from %(low)s to %(high)s; abstentions are counted apart and "
            "are no middle rating."
        )
        % {"low": scale.low, "high": scale.high},
    )


def _groups(outcome: Outcome) -> list[list[OptionTally]]:
    return [verdict.options for verdict in reading.verdicts(outcome.tally)] or [outcome.tally.options]


def _overview_row(outcome: Outcome, option: OptionTally, scale: Scale, *, before: bool) -> tuple[str, ...]:
    d = option.by_criterion[scale.code]
    label = outcome.tally.labels.get(option.label, NONE)
    if option.evolving:
        label = gettext("%(label)s; views were still evolving") % {"label": label}
    row = [option.code, option.title, label, number(d.n)]
    row += [NONE if one is None else number(one, 2) for one in (d.median, d.iqr)]
    row += [per_cent(share) if d.n else NONE for share in reading.band_shares(d)]
    row.append(number(sum(d.abstained.values())))
    if before:
        was = option.movement.median_before if option.movement else None
        row.append(NONE if was is None else number(was, 2))
    return tuple(row)


def wording(material: Material) -> TableBlock | None:
    """The wording rules in the order in which they are tried, in words."""
    outcome = material.outcome
    scale = outcome.tally.overall if outcome else None
    if outcome is None or scale is None or not outcome.rules.labels:
        return None
    entries = material.seminar.wording.get("labels") or []
    bands = reading.band_names(outcome.rules, scale.low, scale.high)
    counts = {one.id: len(one.options) for one in reading.verdicts(outcome.tally)}
    return TableBlock(
        name="wording",
        caption=gettext("Wording rules: the first whose condition is met applies"),
        columns=(
            Column(gettext("Order"), 0.6, numeric=True),
            Column(gettext("Label"), 1.6, own=True),
            Column(gettext("Condition"), 3.2),
            Column(gettext("Sentence"), 3.2, own=True),
            Column(gettext("Given to"), 0.8, numeric=True),
        ),
        rows=tuple(
            (
                number(place),
                rule.label,
                rule.words or rule.when,
                rule.sentence,
                number(counts.get(rule.id, 0)),
            )
            for place, rule in enumerate(rules_in_words(outcome.rules, entries, bands), 1)
        ),
    )


def sensitivity(material: Material) -> TableBlock | None:
    """The ways forward whose label would be another with stricter or looser thresholds."""
    outcome = material.outcome
    if outcome is None:
        return None
    labels = outcome.tally.labels
    return TableBlock(
        name="sensitivity",
        caption=gettext("Labels that would change if thresholds moved by five points"),
        columns=(
            Column(gettext("Code"), 0.6),
            Column(gettext("Way forward"), 3.0, own=True),
            Column(gettext("As printed"), 1.6, own=True),
            Column(gettext("Five points stricter"), 1.6, own=True),
            Column(gettext("Five points looser"), 1.6, own=True),
        ),
        rows=tuple(
            (
                one.code,
                one.title,
                *(labels.get(id_, NONE) for id_ in (one.label, one.label_if_stricter, one.label_if_looser)),
            )
            for one in sorted(outcome.tally.options, key=lambda one: one.code)
            if one.label_may_change
        ),
    )


def ranking(material: Material) -> TableBlock | None:
    """The ranking by the weighted criteria, never without its uncertainty."""
    outcome = material.outcome
    if outcome is None or not reading.is_sure(outcome.tally):
        return None
    said = {"number": outcome.round_.number}
    return TableBlock(
        name="ranking",
        caption=gettext("Ranking by the weighted criteria with its uncertainty (R%(number)s)") % said,
        columns=(
            Column(gettext("Rank"), 0.7, numeric=True),
            Column(gettext("95 per cent rank interval"), 1.2),
            Column(gettext("Code"), 0.7),
            Column(gettext("Way forward"), 3.6, own=True),
            Column(gettext("Among the first three"), 1.1, numeric=True),
            Column(gettext("Rank with equal weights"), 1.0, numeric=True),
            Column(gettext("Rank by overall support"), 1.0, numeric=True),
        ),
        rows=tuple(_ranking_row(one) for one in outcome.tally.options if one.rank is not None),
        note=gettext(
            "Intervals describe this panel: how the ranking would vary if other experts of its kind had "
            "been asked. Ways forward whose intervals overlap cannot be told apart."
        ),
    )


def _ranking_row(one: OptionTally) -> tuple[str, ...]:
    return (
        _whole(one.rank),
        f"{_whole(one.rank_low)}–{_whole(one.rank_high)}",  # noqa: RUF001 - a range has an en dash
        one.code,
        one.title,
        NONE if one.p_top3 is None else reading.chance(one.p_top3),
        _whole(one.rank_equal_weights),
        _whole(one.rank_overall),
    )


def _whole(value: int | None) -> str:
    return NONE if value is None else number(value)


def criteria(material: Material) -> TableBlock:
    """The criteria with their weights."""
    total = sum(one.weight for one in material.criteria if not one.overall) or 1.0
    return TableBlock(
        name="criteria",
        caption=gettext("Criteria and their weights"),
        columns=(
            Column(gettext("Code"), 0.6),
            Column(gettext("Criterion"), 2.2, own=True),
            Column(gettext("What was asked"), 4.4, own=True),
            Column(gettext("Scale"), 0.7),
            Column(gettext("Weight"), 0.8, numeric=True),
        ),
        rows=tuple(
            (
                one.code,
                one.label,
                one.question,
                f"{one.low}–{one.high}",  # noqa: RUF001 - a range has an en dash
                NONE if one.overall else percent(one.weight / total),
            )
            for one in material.criteria
        ),
    )


def points(material: Material) -> TableBlock | None:
    """Where effort should go first, by the points that the panel spent."""
    if material.allotted is None:
        return None
    tally = material.allotted.tally
    titles = {one.code: one.title for one in tally.subjects}
    said = {"number": material.allotted.round_.number, "points": number(tally.points), "n": tally.allocations}
    return TableBlock(
        name="points",
        caption=gettext(
            "Where effort should go first: %(points)s points spent by %(n)s experts (R%(number)s)"
        )
        % said,
        columns=(
            Column(gettext("Rank"), 0.7, numeric=True),
            Column(gettext("95 per cent rank interval"), 1.2),
            Column(gettext("Code"), 0.7),
            Column(gettext("Way forward"), 3.6, own=True),
            Column(gettext("Mean points"), 1.0, numeric=True),
            Column(gettext("Middle half"), 1.1),
            Column(gettext("Gave it any"), 1.1, numeric=True),
        ),
        rows=tuple(
            (
                _whole(one.rank) if one.is_firm else NONE,
                f"{one.rank_low}–{one.rank_high}" if one.is_firm else NONE,  # noqa: RUF001 - a range
                one.code,
                titles[one.code],
                NONE if one.mean is None else fixed(one.mean, 1),
                NONE if one.q1 is None or one.q3 is None else f"{number(one.q1, 1)}–{number(one.q3, 1)}",  # noqa: RUF001
                NONE if one.share_given is None else percent(one.share_given),
            )
            for one in tally.options
        ),
        note=gettext(
            "Intervals describe this panel: ways forward whose intervals overlap cannot be told apart."
        ),
    )


def texts(material: Material) -> TableBlock:
    """The full texts of the ways forward, as they were rated."""
    rated = [(one.code, one.version, one.title, one.text) for one in material.subjects.values()]
    known = rated or [(one.code, one.version, one.title, one.text) for one in material.items(Kind.OPTION)]
    return TableBlock(
        name="option-texts",
        caption=gettext("Full texts of the ways forward as they were rated"),
        columns=(
            Column(gettext("Code"), 0.6),
            Column(gettext("Version"), 0.7, numeric=True),
            Column(gettext("Title"), 1.8, own=True),
            Column(gettext("Text"), 5.0, own=True),
        ),
        rows=tuple((code, number(version), title, text) for code, version, title, text in sorted(known)),
    )


def horizons(material: Material) -> TableBlock:
    """The ways forward by how soon they take effect and what they cost."""
    words = material.vocabularies
    spans, costs = words.get("time_horizon", {}), words.get("cost_class", {})
    options = material.items(Kind.OPTION)

    def codes(span: str, cost: str) -> str:
        wanted = {"time_horizon": span, "cost_class": cost}
        found = [
            one.code for one in options if all(one.fields.get(key) == value for key, value in wanted.items())
        ]
        return ", ".join(found) or NONE

    return TableBlock(
        name="horizons",
        caption=gettext("Ways forward by time horizon and cost"),
        columns=(
            Column(gettext("Time horizon"), 1.6, own=True),
            *(Column(label, 1.6, own=True) for label in costs.values()),
        ),
        rows=tuple((label, *(codes(span, cost) for cost in costs)) for span, label in spans.items()),
    )


TABLES = {
    "overview": overview,
    "wording": wording,
    "sensitivity": sensitivity,
    "ranking": ranking,
    "criteria": criteria,
    "points": points,
    "option-texts": texts,
    "horizons": horizons,
}
