"""Participation: who was invited, who answered, and who came along from round to round."""

from app.i18n import gettext, percent
from app.report.drafting.writing import LeftOut, body, number, paragraph, rests, table
from app.report.material import Material


def draft(material: Material) -> str:
    """Round by round, and by sector as far as that may be told."""
    if not material.turnouts:
        raise LeftOut(gettext("No round has been published yet."))
    return body(
        *(_round(material, number_) for number_ in sorted(material.turnouts)),
        table(material, "participation"),
        gettext(
            "By sector, participation was as follows. Nothing is told by region or by country, and nothing "
            "of what a sector answered."
        ),
        table(material, "participation-sectors"),
        _passages(material),
    )


def _round(material: Material, place: int) -> str:
    asked = material.turnouts[place]
    tally, said = asked.tally, asked.round_
    fields = {
        "round": f"R{said.number}",
        "submitted": number(f"R{place}.submitted"),
        "enrolled": number(f"R{place}.enrolled"),
        "share": percent(tally.submitted / tally.enrolled) if tally.enrolled else "",
    }
    sentence = gettext(
        "In round %(round)s, %(submitted)s of the %(enrolled)s experts who had joined submitted."
    )
    reached = (
        gettext("The quorum was reached.")
        if tally.quorum_reached
        else gettext("The quorum was not reached: its figures say less of the panel.")
    )
    return paragraph(sentence % fields + rests(f"R{place}"), reached if tally.enrolled else "")


def _passages(material: Material) -> str:
    if not any(one.stayed is not None for one in material.passages):
        return ""
    return body(
        gettext("From round to round, experts stayed, left and came as follows."), table(material, "passages")
    )
