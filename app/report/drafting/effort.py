"""Where effort should go first, by the points that participants spent."""

from app.i18n import gettext
from app.report.drafting.writing import LeftOut, body, bullets, figure, name, number, rests, table
from app.report.material import Material
from app.results.allocate_tally import AllocateTally

FIRST = 5


def draft(material: Material) -> str:
    """From the latest question of that type, if the panel has been asked."""
    if material.allotted is None or not material.allotted.tally.allocations:
        raise LeftOut(gettext("The panel has not been asked yet where effort should go first."))
    tally, round_ = material.allotted.tally, material.allotted.round_
    titles = {one.code: one.title for one in tally.subjects}
    first = [one for one in tally.options if one.mean is not None][:FIRST]
    return body(
        gettext(
            "In round R%(number)s, %(n)s participants each spent %(points)s points on the ways forward where "
            "effort should go first."
        )
        % {"number": round_.number, "n": number("points.n"), "points": tally.points}
        + rests(f"R{round_.number}"),
        gettext("Most points went to:"),
        bullets(
            gettext("%(option)s: %(mean)s points on the average, given by %(given)s participants.")
            % {
                "option": name(titles[one.code], one.code),
                "mean": number(f"{one.code}.points"),
                "given": number(f"{one.code}.given"),
            }
            + rests(f"{one.code}.points")
            for one in first
        ),
        _firmness(tally),
        figure(material, f"{tally.question.lower()}-points"),
        table(material, "points"),
    )


def _firmness(tally: AllocateTally) -> str:
    if not tally.has_intervals:
        return gettext("Too few spent their points to say how firm this order is.")
    return gettext(
        "The order is given with its uncertainty: ways forward whose rank intervals overlap cannot be told "
        "apart."
    )
