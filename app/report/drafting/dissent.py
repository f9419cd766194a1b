"""Dissent: where views diverge, who is outside the main view however broad the agreement, in their words."""

from app.i18n import gettext
from app.report.drafting.writing import LeftOut, body, bullets, name, number, rests, words
from app.report.material import Material
from app.results.spread import is_divided
from app.results.tally import OptionTally

# of which share on the unfavourable side a way forward is listed as one that some do not follow
TELLING = 0.1
DIVERGENT = "divergent_views"


def draft(material: Material) -> str:
    """Divergent views, minorities beside support, and the statements that their authors approved."""
    outcome = material.outcome
    scale = outcome.tally.overall if outcome else None
    if outcome is None or scale is None:
        raise LeftOut(gettext("No rating of overall support has been published."))
    options = outcome.tally.options
    divergent = [one for one in options if _diverges(one, scale.code)]
    others = [
        one
        for one in options
        if one not in divergent and (one.by_criterion[scale.code].share_low or 0.0) >= TELLING
    ]
    return body(
        gettext(
            "Disagreement is a finding of its own. It is told apart from the mere spread of views: views "
            "diverge where a third or so are favourable and a third or so unfavourable."
        ),
        _listed(
            gettext("On the following ways forward views diverged:"),
            [(one, _both(one)) for one in divergent],
        )
        if divergent
        else gettext("On no way forward did views diverge in this sense."),
        _listed(
            gettext("On the following, one in ten or more of those who rated were unfavourable:"),
            [(one, _unfavourable(one)) for one in others],
        )
        if others
        else "",
        _statements(material),
    )


def _diverges(one: OptionTally, code: str) -> bool:
    return one.label == DIVERGENT or is_divided(one.by_criterion[code].counts)


def _listed(head: str, lines: list[tuple[OptionTally, str]]) -> str:
    said = [(sentence or name(one.title, one.code)) + rests(one.code) for one, sentence in lines]
    return body(head, bullets(said))


def _both(one: OptionTally) -> str:
    return gettext("%(option)s: %(share)s per cent favourable, %(others)s per cent unfavourable.") % {
        "option": name(one.title, one.code),
        "share": number(f"{one.code}.favourable"),
        "others": number(f"{one.code}.unfavourable"),
    }


def _unfavourable(one: OptionTally) -> str:
    return gettext("%(option)s: %(share)s per cent unfavourable.") % {
        "option": name(one.title, one.code),
        "share": number(f"{one.code}.unfavourable"),
    }


def _statements(material: Material) -> str:
    outcome = material.outcome
    assert outcome is not None, "asked for where there is one"
    if not material.minorities:
        return gettext("No minority statement has been released.")
    titles = {one.code: one.title for one in outcome.tally.options}
    return body(
        gettext(
            "The following statements are of those whose views lie outside the main view, in the wording "
            "that they approved. Nobody else has changed it, and it is ascribed to nobody."
        ),
        *(
            body(f"## {name(titles.get(code, ''), code)}", words(f"{code}.minority"))
            for code in sorted(material.minorities)
        ),
    )
