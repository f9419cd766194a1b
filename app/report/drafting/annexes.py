"""The annexes: what a sceptic needs to find a view, and to work out every label and rank again."""

from typing import NoReturn

from app.i18n import gettext
from app.outcome import reading
from app.report.drafting.writing import LeftOut, body, bullets, paragraph, table
from app.report.markup import plain
from app.report.material import Material


def texts(material: Material) -> str:
    """The full texts, for reports whose section on ways forward does without them."""
    return table(material, "option-texts") or _left_out(gettext("The register holds no ways forward."))


def results(material: Material) -> str:
    """Rankings, labels and what they rest on."""
    outcome = material.outcome
    if outcome is None:
        raise LeftOut(gettext("No rating of ways forward has been published yet."))
    lines = [
        gettext(
            "The label of each way forward follows from its figures in the overview table and from the "
            "wording rules in the section on the method; its rank from the anonymous ratings in the data "
            "set."
        )
    ]
    if not reading.is_sure(outcome.tally):
        lines.append(gettext("No ranking is printed: too few submitted to say how firm it would be."))
    return body(paragraph(*lines), table(material, "ranking"), table(material, "horizons"))


def maps(material: Material) -> str:
    """Stakeholders with their figures, and the frameworks cell by cell."""
    found = body(table(material, "stakeholders"), table(material, "frameworks-elements"))
    return found or _left_out(gettext("No maps have been published."))


def mergers(material: Material) -> str:
    """What became of every proposal."""
    found = table(material, "mergers") or _left_out(gettext("Nothing was proposed, merged or reworded."))
    return body(
        gettext(
            "Every proposal was answered. The table says what became of each, and why; none bears a name."
        ),
        found,
    )


def minorities(material: Material) -> str:
    """The minority statements once more."""
    return table(material, "minorities") or _left_out(gettext("No minority statement has been released."))


def questionnaires(material: Material) -> str:
    """What was asked, round by round."""
    return table(material, "questionnaires") or _left_out(gettext("No round has been opened yet."))


def glossary(material: Material) -> str:
    """The terms of the seminar."""
    found = table(material, "glossary") or _left_out(gettext("The seminar has no glossary."))
    review = material.seminar.mandate.get("glossary", {}).get("review", {}).get("note", "")
    return body(plain(str(review)), found)


def participants(material: Material) -> str:
    """A list of participants is never drafted: it needs the consent of each."""
    del material
    raise LeftOut(
        gettext(
            "Participants are listed only with their consent, which the platform does not collect: add it "
            "here."
        )
    )


def checking(material: Material) -> str:
    """How the figures can be worked out again: the digest of what each was counted from."""
    if not material.asked:
        raise LeftOut(gettext("No round has been published yet."))
    return body(
        gettext(
            "The anonymous data set that goes with this report holds every figure in it. Each result was "
            "counted once, when its round was closed, from the answers that stood then; the following "
            "checksums (SHA-256) are of these answers, and change with any of them."
        ),
        bullets(
            f"R{one.round_.number}, {one.question.code}: `{one.tally.input_digest}`" for one in material.asked
        ),
    )


def _left_out(reason: str) -> NoReturn:
    raise LeftOut(reason)
