"""How drafts are written: sentences into paragraphs, names and numbers into their places."""

from collections.abc import Iterable

from app import i18n
from app.i18n import enumerate_words, gettext
from app.outcome import reading
from app.report import figures, tables
from app.report.markup import plain
from app.report.material import Material
from app.results.tally import OptionTally
from app.wording.rules import PLACE, THEMES


class LeftOut(Exception):
    """The data give nothing to write; the reason is for whoever edits the report."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def heading(title: str) -> str:
    """A heading within a section."""
    return f"## {title}"


def number(name: str) -> str:
    """The place of a number."""
    return f"[[number:{name}]]"


def figure(material: Material, name: str) -> str:
    """The place of a figure; nothing where it is not drawn."""
    return f"[[figure:{name}]]" if name in figures.all_of(material) else ""


def table(material: Material, name: str) -> str:
    """The place of a table; nothing where nothing is in it."""
    return f"[[table:{name}]]" if tables.find(material, name) else ""


def words(name: str) -> str:
    """The place of words of the seminar."""
    return f"[[words:{name}]]"


def rests(*names: str) -> str:
    """The footnotes on which the sentence before rests."""
    return "".join(f"[[rests:{name}]]" for name in names)


def support(material: Material, code: str) -> str:
    """The footnote of a way forward; nothing where overall support was not asked."""
    outcome = material.outcome
    return rests(code) if outcome is not None and outcome.tally.overall is not None else ""


def body(*blocks: str) -> str:
    """Blocks of Markdown one after the other; what is empty is left out."""
    return "\n\n".join(block.strip() for block in blocks if block.strip())


def bullets(lines: Iterable[str]) -> str:
    """A list."""
    return "\n".join(f"- {line}" for line in lines)


def paragraph(*sentences: str) -> str:
    """Sentences as one paragraph; what is empty is left out."""
    return " ".join(sentence.strip() for sentence in sentences if sentence.strip())


def name(title: str, code: str) -> str:
    """A title with its code."""
    return f"{plain(title)} ({code})"


def named(entries: Iterable[tuple[str, str]]) -> str:
    """Several titles with their codes, as a list in words."""
    return enumerate_words([name(title, code) for title, code in entries])


def label_sentence(material: Material, option: OptionTally) -> str:
    """What the wording rules say of the option, its numbers in their places; nothing without rules."""
    outcome = material.outcome
    label = next((one for one in outcome.rules.labels if one.id == option.label), None) if outcome else None
    if outcome is None or label is None:
        return ""
    lowest = reading.reservations(outcome.tally, option)
    themes = enumerate_words([gettext("“%(label)s”") % {"label": plain(scale.label)} for scale, _ in lowest])
    sentence = label.sentence if themes else THEMES.sub("", label.sentence)
    fields = {
        "option": name(option.title, option.code),
        "themes": themes,
        "n": number(f"{option.code}.n"),
        "N": number(f"R{outcome.round_.number}.submitted"),
        "p_hi": number(f"{option.code}.favourable"),
        "p_lo": number(f"{option.code}.unfavourable"),
        "median": number(f"{option.code}.median"),
        "iqr": number(f"{option.code}.iqr"),
    }
    return PLACE.sub(lambda place: fields[place[1]], sentence)


def how_many(material: Material, count: int, total: int) -> str:
    """`Most participants`, by the ranges of the rules; nothing of one person, nor in another language."""
    outcome = material.outcome
    if outcome is None or count < 2 or not speaks_own(material):  # noqa: PLR2004 - one person is not singled out
        return ""
    word = outcome.rules.quantifier(count, total)
    return word.text[:1].upper() + word.text[1:] if word else ""


def speaks_own(material: Material) -> bool:
    """Whether the report is written in the seminar's own language, so that its words fit in sentences."""
    return i18n.language() == material.seminar.language
