"""The tables of the annexes: what became of proposals, minority statements, what was asked, the glossary."""

from app.i18n import LANGUAGES, _, enumerate_words, gettext, language_name, number
from app.models.proposals import ProposalState
from app.models.registers import ChangeKind, Kind
from app.registers import queries as registers
from app.registers.words import KINDS
from app.report.blocks import Column, TableBlock
from app.report.cautions import phrases
from app.report.material import Material
from app.rounds import queries as rounds

NONE = "–"  # noqa: RUF001 - a dash for nothing
STATES = {
    ProposalState.ACCEPTED: _("Accepted"),
    ProposalState.MERGED: _("Merged into"),
    ProposalState.DECLINED: _("Not taken up"),
}
CHANGES = {
    ChangeKind.MERGED: _("Merged into"),
    ChangeKind.SPLIT: _("Split into"),
    ChangeKind.RETIRED: _("Retired"),
    ChangeKind.REWORDED: _("Reworded"),
}


def mergers(material: Material) -> TableBlock:
    """What became of every proposal and of every item that changed, and why; never who proposed it."""
    proposed = [
        (
            one.reference,
            gettext(KINDS[one.kind].one),
            one.title or NONE,
            gettext(STATES[one.state]),
            f"{one.item[0]} {one.item[1]}" if one.item else NONE,
            one.reason or NONE,
        )
        for one in material.proposals
        if one.state in STATES
    ]
    changed = [
        (
            one.code,
            gettext(KINDS[one.kind].one),
            one.title,
            gettext(CHANGES[one.change]),
            enumerate_words([f"{code} {title}" for code, title in one.into])
            or gettext("version %(number)s") % {"number": one.version},
            one.reason or NONE,
        )
        for one in material.settled
        if one.change in CHANGES
    ]
    return TableBlock(
        name="mergers",
        caption=gettext("What became of proposals and items, and why"),
        columns=(
            Column(gettext("Reference"), 1.1),
            Column(gettext("Kind"), 1.2),
            Column(gettext("Title"), 2.4, own=True),
            Column(gettext("Outcome"), 1.1),
            Column(gettext("Goes on in"), 2.0, own=True),
            Column(gettext("Reason"), 3.2, own=True),
        ),
        rows=(*proposed, *changed),
        note=gettext("Of proposals that were not taken up the words are not printed."),
    )


def minorities(material: Material) -> TableBlock:
    """The minority statements once more, in the wording that their authors approved."""
    return TableBlock(
        name="minorities",
        caption=gettext("Minority statements, in the wording that their authors approved"),
        columns=(
            Column(gettext("Code"), 0.7),
            Column(gettext("Statement"), 5.0, own=True),
            Column(gettext("Held by"), 1.5, own=True),
            Column(gettext("Version rated"), 0.9, numeric=True),
        ),
        rows=tuple(
            (code, one.text, one.size, number(one.version))
            for code, some in sorted(material.minorities.items())
            for one in some
        ),
    )


def questionnaires(material: Material) -> TableBlock:
    """What each published round asked, in the words in which it was asked."""
    rows = []
    for round_ in material.plan:
        if round_.number not in material.turnouts:
            continue
        for one in rounds.asks(material.session, round_):
            counts = [
                gettext("%(kind)s (%(count)s)") % {"kind": gettext(KINDS[kind].many), "count": number(count)}
                for kind, count in one.counts.items()
            ]
            criteria = [criterion.label for criterion, _required in one.criteria]
            about = enumerate_words([*counts, *criteria]) or NONE
            rows.append((f"R{round_.number}", one.question.code, one.question.prompt, about))
    return TableBlock(
        name="questionnaires",
        caption=gettext("What was asked in each round"),
        columns=(
            Column(gettext("Round"), 0.7),
            Column(gettext("Question"), 0.9),
            Column(gettext("Words of the question"), 4.4, own=True),
            Column(gettext("Asked of"), 2.6, own=True),
        ),
        rows=tuple(rows),
    )


def glossary(material: Material) -> TableBlock:
    """The terms of the seminar in its languages, without those that its rules avoid in a report."""
    entries = material.seminar.wording.get("words_to_avoid") or []
    avoided = {phrase.casefold() for one in entries for phrase in phrases(str(one.get("avoid", "")))}
    terms = [
        one
        for one in registers.glossary(material.session, seminar=material.seminar)
        if one.kind != "ui" and not avoided & {word.casefold() for word in one.words.values()}
    ]
    known = [code for code in LANGUAGES if any(one.words.get(code) for one in terms)]
    return TableBlock(
        name="glossary",
        caption=gettext("Glossary"),
        columns=tuple(Column(language_name(code), lang=code) for code in known),
        rows=tuple(tuple(one.words.get(code, "") for code in known) for one in terms),
    )


def items(material: Material) -> TableBlock:
    """How many items each register holds."""
    return TableBlock(
        name="registers",
        caption=gettext("The registers"),
        columns=(Column(gettext("Register"), 3.0), Column(gettext("Entries"), 1.0, numeric=True)),
        rows=tuple((gettext(KINDS[kind].many), number(len(material.items(kind)))) for kind in Kind),
    )


TABLES = {
    "mergers": mergers,
    "minorities": minorities,
    "questionnaires": questionnaires,
    "glossary": glossary,
    "registers": items,
}
