"""Words of the seminar that a report sets in place as they stand: texts as rated, reasons, statements."""

from collections.abc import Callable
from functools import partial

from app.dissent.queries import Statement
from app.i18n import enumerate_words, gettext
from app.models.registers import Kind, LinkKind
from app.outcome import queries as outcomes
from app.registers.queries import LinkView
from app.report.blocks import Block, Heading, Inline, ListBlock, Paragraph, Quote, Text
from app.report.material import Material
from app.results.tally import AGAINST, FOR
from app.rounds.queries import SubjectView

Blocks = tuple[Block, ...]
Build = Callable[[], Blocks]


def all_of(material: Material) -> dict[str, Build]:
    """Everything of that sort by its name; what is empty is not there."""
    found: dict[str, Build] = {}
    if material.seminar.mandate.get("paragraph", {}).get("text"):
        found["mandate"] = partial(_mandate, material)
    for code, subject in material.subjects.items():
        found[f"{code}.text"] = partial(_text, subject)
        found[f"{code}.traces"] = partial(_traces, material, subject)
        if material.outcome and material.outcome.tally.rationales.get(code):
            found[f"{code}.reasons"] = partial(_reasons, material, code)
        if _first_steps(material, code):
            found[f"{code}.steps"] = partial(_steps, material, code)
    for code, statements in material.minorities.items():
        found[f"{code}.minority"] = partial(_minority, statements)
    return found


def own(text: str) -> tuple[Inline, ...]:
    """Some words in the seminar's language."""
    return (Text(text, own=True),)


def items(texts: list[str]) -> ListBlock:
    """Texts of the panel as a list."""
    return ListBlock(tuple((Paragraph(own(text)),) for text in texts))


def _mandate(material: Material) -> Blocks:
    mandate = material.seminar.mandate
    symbol = mandate.get("resolution", {}).get("symbol", "")
    label = mandate["paragraph"].get("label", "")
    source = ", ".join(filter(None, (symbol, label)))
    return (Quote((Paragraph(own(mandate["paragraph"]["text"])),), source),)


def _text(subject: SubjectView) -> Blocks:
    said = gettext("Text as rated, version %(version)s") % {"version": subject.version}
    return (Quote((Paragraph(own(subject.text)),), said),)


def _traces(material: Material, subject: SubjectView) -> Blocks:
    traces = outcomes.traces(subject)
    words = material.vocabularies
    span = words.get("time_horizon", {}).get(subject.fields.get("time_horizon", ""), "")
    cost = words.get("cost_class", {}).get(subject.fields.get("cost_class", ""), "")
    said = [
        (gettext("Gaps addressed"), _named(traces.gaps)),
        (gettext("Builds on"), _named(traces.grounds)),
        (gettext("Elements of the mandate served"), ", ".join(one.code for one in traces.elements)),
        (gettext("Proposed lead actors"), _titles(traces.leads)),
        (gettext("Would be supported by"), _titles(traces.supporters)),
        (gettext("Time horizon and cost"), "; ".join(filter(None, (span, cost)))),
        (gettext("Trade-off named by the proposers"), subject.fields.get("trade_off", "")),
    ]
    return (
        ListBlock(
            tuple(
                (Paragraph((Text(f"{head}: ", strong=True), Text(what, own=True))),)
                for head, what in said
                if what
            )
        ),
    )


def _named(links: list[LinkView]) -> str:
    return enumerate_words([f"{one.title} ({one.code})" for one in links])


def _titles(links: list[LinkView]) -> str:
    return enumerate_words([one.title for one in links])


def _reasons(material: Material, code: str) -> Blocks:
    """The reasons by the side of those who gave them; none is ascribed to anybody."""
    assert material.outcome is not None, "asked for where there is one"
    reasons = material.outcome.tally.reasons(code)
    sides = (
        (gettext("Reasons in favour"), {FOR}),
        (gettext("Reasons against"), {AGAINST}),
        (gettext("Conditions and remarks of others"), None),
    )
    told = any(side in {FOR, AGAINST} for _, side in reasons)
    if not told:
        return (Heading(4, (Text(gettext("Reasons given")),)), items([text for text, _ in reasons]))
    blocks: list[Block] = []
    for head, wanted in sides:
        texts = [text for text, side in reasons if (side in wanted if wanted else side not in {FOR, AGAINST})]
        if texts:
            blocks += [Heading(4, (Text(head),)), items(texts)]
    return tuple(blocks)


def _minority(statements: list[Statement]) -> Blocks:
    return tuple(
        Quote(
            (Paragraph(own(one.text)),),
            gettext("Minority statement, held by %(size)s, in the wording that its authors approved")
            % {"size": one.size},
        )
        for one in statements
    )


def _first_steps(material: Material, code: str) -> list[str]:
    return material.allotted.tally.rationales.get(code, []) if material.allotted else []


def _steps(material: Material, code: str) -> Blocks:
    return (Heading(4, (Text(gettext("First steps suggested")),)), items(_first_steps(material, code)))


def supporting(material: Material, code: str) -> list[LinkView]:
    """The gaps that a way forward addresses."""
    subject = material.subjects.get(code)
    return (
        [one for one in subject.links if one.kind is LinkKind.ADDRESSES and one.item_kind is Kind.GAP]
        if subject
        else []
    )
