"""What the panel mapped: threats, stakeholders, coverage and gaps."""

from app.i18n import gettext, ngettext
from app.maps import network
from app.maps.planes import PlaneMap, Seen
from app.models.registers import Kind, LinkKind
from app.report.drafting.writing import (
    LeftOut,
    body,
    bullets,
    figure,
    name,
    named,
    number,
    paragraph,
    rests,
    table,
)
from app.report.markup import plain
from app.report.material import Material

MOST = 8


def threats(material: Material) -> str:
    """Where the panel puts each threat, and on which its views divide."""
    page = material.threats
    if page.released is None or page.axes is None or not page.placed:
        raise LeftOut(gettext("No assessment of threats has been published."))
    return body(
        _asked(page, gettext("Participants rated %(count)s threats and risks on “%(x)s” and “%(y)s”.")),
        _high(page),
        _divided(page),
        figure(material, "threats"),
        table(material, "threats"),
        gettext(
            "Threats are described at the level of policy; nothing operational was asked or is reported."
        ),
    )


def stakeholders(material: Material) -> str:
    """Who matters, where the panel puts them, and whom the ways forward name."""
    page = material.stakeholders
    net = network.network(material.session, seminar=material.seminar)
    if page.released is None and net.is_empty:
        raise LeftOut(gettext("No map of stakeholders has been published."))
    sentence = gettext("Participants rated %(count)s stakeholders on “%(x)s” and “%(y)s”.")
    drawn = page.released is not None and page.placed
    unnamed = [plain(sector.label) for sector in net.unnamed_sectors]
    return body(
        _asked(page, sentence) if drawn else "",
        _high(page) if drawn else "",
        _divided(page) if drawn else "",
        figure(material, "stakeholders") if drawn else "",
        gettext(
            "The ways forward name %(named)s stakeholders to lead or support them. The table shows for which "
            "elements of the mandate each of these is named."
        )
        % {"named": len(net.named)},
        table(material, "stakeholders-elements"),
        body(gettext("No way forward names a stakeholder of the following sectors:"), bullets(unnamed))
        if unnamed
        else "",
    )


def _asked(page: PlaneMap, sentence: str) -> str:
    assert page.axes is not None, "asked for where there are axes"
    assert page.released is not None, "asked for where there is a result"
    x, y = page.axes
    said = {"count": number(f"{page.kind.value}.n"), "x": plain(x.scale.label), "y": plain(y.scale.label)}
    return sentence % said + rests(f"R{page.released.round_.number}")


def _high(page: PlaneMap) -> str:
    high = [one for one in page.placed if one.is_high]
    if not high:
        return gettext("None has its median in the upper third of both scales.")
    return body(
        gettext("Those whose medians lie in the upper third of both scales are:"),
        bullets(_line(one) for one in _first(high)),
        _more(len(high)),
    )


def _line(one: Seen) -> str:
    return name(one.title, one.code) + rests(one.code)


def _first(seen: list[Seen]) -> list[Seen]:
    def place(one: Seen) -> tuple[float, str]:
        return -((one.x.mean or 0.0) + (one.y.mean or 0.0)), one.code

    return sorted(seen, key=place)[:MOST]


def _more(count: int) -> str:
    if count <= MOST:
        return ""
    return ngettext(
        "One more is in the figure and the table.",
        "%(more)s more are in the figure and the table.",
        count - MOST,
    ) % {"more": count - MOST}


def _divided(page: PlaneMap) -> str:
    if not page.divided:
        return gettext("Views divide on none of them.")
    return body(
        gettext(
            "Views divide, a third or more rating low and a third or more rating high on one scale at "
            "least, on:"
        ),
        bullets(_line(one) for one in _first(page.divided)),
        _more(len(page.divided)),
    )


def coverage(material: Material) -> str:
    """How far frameworks cover each element, what is missing, and what could be built on."""
    page = material.cover
    if page.is_empty:
        raise LeftOut(gettext("The registers hold no frameworks or no elements."))
    return body(
        _graded(material),
        _least(material),
        _divided_cells(material),
        figure(material, "coverage"),
        table(material, "elements"),
        _gaps(material),
        table(material, "gaps"),
        _opportunities(material),
        table(material, "opportunities"),
    )


def _graded(material: Material) -> str:
    if material.cover.released is None:
        return gettext(
            "Coverage has not been graded by the panel: what follows is the organizers' starting hypothesis."
        )
    sentence = gettext(
        "Participants graded how far each of %(frameworks)s frameworks and initiatives covers each of the "
        "%(elements)s elements: directly and substantially, in part or indirectly, or not."
    )
    gaps = len(material.cover.gaps)
    found = (
        ngettext(
            "They find one element that no framework covers in full.",
            "They find %(gaps)s elements that no framework covers in full.",
            gaps,
        )
        % {"gaps": number("coverage.gaps")}
        if gaps
        else gettext("They find every element covered in full by one framework at least.")
    )
    said = {"frameworks": number("coverage.frameworks"), "elements": number("count.element")}
    return paragraph(sentence % said, found + rests("coverage"))


def _least(material: Material) -> str:
    rows = sorted(material.cover.graded, key=lambda row: -(row.score or 0.0))[:3]
    if not rows:
        return ""
    return gettext("The elements of which most is not covered are %(elements)s.") % {
        "elements": named((row.entry.title, row.entry.code) for row in rows)
    }


def _divided_cells(material: Material) -> str:
    cells = material.cover.divided_cells
    if not cells or material.cover.released is None:
        return ""
    return ngettext(
        "On one grade the panel is divided, which is a finding apart from a gap.",
        "On %(cells)s grades the panel is divided, which is a finding apart from a gap.",
        cells,
    ) % {"cells": cells}


def _gaps(material: Material) -> str:
    gaps = material.items(Kind.GAP)
    if not gaps:
        return ""
    sentence = gettext("The panel worked with %(count)s gaps.") % {"count": number("count.gap")}
    idle = [one for one in gaps if not one.linking(LinkKind.ADDRESSES)]
    if not idle:
        return paragraph(sentence, gettext("Each of them is answered by one way forward at least."))
    return paragraph(
        sentence,
        gettext("No way forward answers the following: %(gaps)s.")
        % {"gaps": named((one.title, one.code) for one in idle)},
    )


def _opportunities(material: Material) -> str:
    found = material.items(Kind.OPPORTUNITY)
    if not found:
        return ""
    return gettext("It also named %(count)s opportunities to build on.") % {
        "count": number("count.opportunity")
    }
