"""The ways forward, grouped by what is said of them: text, figures, reasons, conditions, who would act."""

from app.i18n import gettext
from app.outcome import reading
from app.report.drafting.writing import (
    LeftOut,
    body,
    figure,
    how_many,
    label_sentence,
    number,
    paragraph,
    rests,
    support,
    table,
    words,
)
from app.report.markup import plain
from app.report.material import Material
from app.results.tally import OptionTally


def draft(material: Material) -> str:
    """All of them; each with the figures on which its sentence rests."""
    outcome = material.outcome
    if outcome is None:
        raise LeftOut(gettext("No rating of ways forward has been published yet."))
    verdicts = reading.verdicts(outcome.tally)
    everything = [reading.Verdict(id="", label="", mark=reading.OTHER, options=outcome.tally.options)]
    return body(
        _opening(material),
        table(material, "overview"),
        *_ranking(material),
        *(block for verdict in verdicts or everything for block in _group(material, verdict)),
    )


def _opening(material: Material) -> str:
    assert material.outcome is not None, "asked for where there is one"
    if not material.outcome.rules.labels:
        text = gettext("The seminar has fixed no wording rules, so that the ways forward bear no labels.")
    else:
        text = gettext(
            "The ways forward are grouped by what the wording rules say of them, from agreement to doubt. "
            "The rules are printed in the section on the method; the text of each way forward is that which "
            "was rated."
        )
    return text + rests(f"R{material.outcome.round_.number}")


def _ranking(material: Material) -> list[str]:
    drawn = figure(material, "rank-intervals")
    if not drawn:
        return []
    return [
        gettext(
            "Beside overall support, participants rated each way forward on the weighted criteria. The "
            "ranking by these is given with its uncertainty and is not to be read without it: neighbours "
            "whose intervals overlap cannot be told apart."
        ),
        drawn,
    ]


def _group(material: Material, verdict: reading.Verdict) -> list[str]:
    head = f"## {plain(verdict.label)}" if verdict.label else ""
    return [head, *(option(material, one) for one in verdict.options)]


def option(material: Material, one: OptionTally) -> str:
    """One way forward."""
    code = one.code
    return body(
        f"### {code} {plain(one.title)}",
        paragraph(
            label_sentence(material, one) + support(material, code),
            _who(material, one),
            _evolving(material, one),
        ),
        _rank(material, one),
        words(f"{code}.minority") if code in material.minorities else "",
        words(f"{code}.text") if code in material.subjects else "",
        words(f"{code}.traces") if code in material.subjects else "",
        _reasons(material, code),
        words(f"{code}.steps") if _has_steps(material, code) else "",
    )


def _who(material: Material, one: OptionTally) -> str:
    """How many were favourable and unfavourable, in the words that the rules have for such shares."""
    tally = material.outcome.tally if material.outcome else None
    if tally is None or tally.overall is None:
        return ""
    d = one.by_criterion[tally.overall.code]
    if not d.n or d.share_high is None or d.share_low is None:
        return ""
    favourable, unfavourable = round(d.share_high * d.n), round(d.share_low * d.n)
    said = {
        "some": number(f"{one.code}.favourable_n"),
        "others": number(f"{one.code}.unfavourable_n"),
        "all": number(f"{one.code}.n"),
        "who": how_many(material, favourable, d.n),
        "those": how_many(material, unfavourable, d.n),
    }
    first = (
        gettext("%(who)s who rated it were favourable (%(some)s of %(all)s).")
        if said["who"]
        else gettext("Of %(all)s who rated it, %(some)s were favourable.")
    )
    if not unfavourable:
        second = gettext("None was unfavourable.")
    elif said["those"]:
        second = gettext("%(those)s were unfavourable (%(others)s).")
    else:
        second = ""
    return paragraph(first, second) % said


def _evolving(material: Material, one: OptionTally) -> str:
    del material
    if one.movement is None:
        return ""
    said = {"share": number(f"{one.code}.moved")}
    if one.evolving:
        return (
            gettext(
                "Views were still evolving: %(share)s per cent of those who rated it twice moved by two "
                "points or more."
            )
            % said
        )
    return (
        gettext(
            "Views were stable: %(share)s per cent of those who rated it twice moved by two points or more."
        )
        % said
    )


def _reasons(material: Material, code: str) -> str:
    assert material.outcome is not None, "asked for where there is one"
    tally = material.outcome.tally
    if code in tally.withheld:
        return gettext("Reasons are withheld, since too few participants rated it.")
    if not tally.rationales.get(code):
        return gettext("No reasons were given.")
    return words(f"{code}.reasons")


def _has_steps(material: Material, code: str) -> bool:
    return bool(material.allotted and material.allotted.tally.rationales.get(code))


def _rank(material: Material, one: OptionTally) -> str:
    outcome = material.outcome
    if outcome is None or not reading.is_sure(outcome.tally) or one.rank is None:
        return ""
    sentence = gettext(
        "By the weighted criteria it has rank %(rank)s of %(all)s, with a 95 per cent rank interval from "
        "%(low)s to %(high)s."
    )
    fields = {name: number(f"{one.code}.{name}") for name in ("rank", "rank_low", "rank_high")}
    said = {"rank": fields["rank"], "low": fields["rank_low"], "high": fields["rank_high"]}
    return sentence % (said | {"all": number("options")}) + rests(f"{one.code}.rank")
