"""The mandate: the paragraph in its own words, the aims, and the elements into which it was taken apart."""

from app.i18n import gettext
from app.models.registers import Kind
from app.report.drafting.writing import LeftOut, body, bullets, name, number, paragraph, words
from app.report.markup import plain
from app.report.material import Material


def draft(material: Material) -> str:
    """From the seminar's own mandate alone."""
    mandate = material.seminar.mandate
    if not mandate.get("paragraph", {}).get("text"):
        raise LeftOut(gettext("The seminar's mandate holds no paragraph."))
    instrument = mandate.get("resolution", {})
    said = {
        "title": plain(str(instrument.get("title", ""))),
        "symbol": plain(str(instrument.get("symbol", ""))),
        "label": plain(str(mandate["paragraph"].get("label", ""))),
    }
    opening = gettext("The seminar examined how to implement the following paragraph.")
    if said["title"] and said["symbol"]:
        opening = gettext(
            "The seminar examined how to implement the following paragraph (%(label)s) of %(symbol)s, "
            "“%(title)s”."
        )
    aims = [plain(one.get("text", "")) for one in mandate.get("aims", [])]
    elements = material.items(Kind.ELEMENT)
    return body(
        opening % said,
        words("mandate"),
        plain(str(mandate["paragraph"].get("character", ""))),
        gettext("The seminar had the following aims:") if aims else "",
        bullets(aims),
        _elements() if elements else "",
        bullets(name(one.title, one.code) for one in elements),
    )


def _elements() -> str:
    return paragraph(
        gettext(
            "For this purpose the paragraph was taken apart into %(count)s elements, to which everything "
            "that follows is traced:"
        )
        % {"count": number("count.element")}
    )
