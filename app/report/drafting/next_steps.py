"""Next steps: no more than what the registers and the results already say of them."""

from app.i18n import day, gettext
from app.models.registers import Kind, LinkKind
from app.outcome import queries as outcomes
from app.outcome import reading
from app.report.drafting.writing import body, bullets, name, named, support
from app.report.markup import plain
from app.report.material import Material
from app.results.tally import OptionTally
from app.rounds.lifecycle import is_concluded


def draft(material: Material) -> str:
    """What could begin soon, what nobody would answer, and what the seminar itself still does."""
    return body(
        *_soon(material),
        _unserved(material),
        _to_come(material),
        gettext(
            "What follows from this report is for States and other stakeholders to consider; the seminar "
            "has no power to decide or to recommend."
        ),
    )


def _soon(material: Material) -> list[str]:
    outcome = material.outcome
    if outcome is None:
        return []
    found = [
        one
        for one in outcome.tally.options
        if one.code in material.supported
        and one.code in material.subjects
        and material.subjects[one.code].fields.get("time_horizon") == "short"
    ]
    if not found:
        return []
    return [
        gettext(
            "Of the ways forward on which there was broad agreement or general support, the following could "
            "take effect in the short term; the stakeholders named with each were proposed to lead:"
        ),
        bullets(_line(material, one) for one in found),
    ]


def _line(material: Material, one: OptionTally) -> str:
    leads = outcomes.traces(material.subjects[one.code]).leads
    said = name(one.title, one.code)
    if leads:
        said = gettext("%(option)s: %(leads)s") % {
            "option": said,
            "leads": plain(", ".join(link.title for link in leads)),
        }
    return said + support(material, one.code)


def _unserved(material: Material) -> str:
    outcome = material.outcome
    if outcome is None or not reading.verdicts(outcome.tally):
        return ""
    elements = [
        one
        for one in material.items(Kind.ELEMENT)
        if not material.supported & {link.code for link in one.linking(LinkKind.SERVES, Kind.OPTION)}
    ]
    if not elements:
        return gettext(
            "Each element of the mandate is served by a way forward on which there was broad agreement or "
            "general support."
        )
    return gettext(
        "No way forward with broad agreement or general support serves the following elements: %(elements)s."
    ) % {"elements": named((one.title, one.code) for one in elements)}


def _to_come(material: Material) -> str:
    left = [one for one in material.plan if not is_concluded(one)]
    if not left:
        return ""
    zone = material.seminar.timezone
    lines = []
    for one in left:
        said = f"R{one.number}, {plain(one.title)}"
        if one.closes_at:
            until = gettext("open until %(day)s") % {"day": day(one.closes_at, zone)}
            said = f"{said} ({until})"
        lines.append(said)
    return body(gettext("The seminar itself goes on with:"), bullets(lines))
