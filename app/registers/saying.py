"""The fields of an item in words: the platform's own, those of the seminar, or as they stand."""

from dataclasses import dataclass
from typing import Any

from app import i18n
from app.registers import words
from app.registers.drafts import Vocabularies
from app.registers.queries import ItemView


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field in words; `own` says that they are the seminar's and not the platform's."""

    name: str
    label: str
    text: str
    own: bool
    quoted: bool = False


def lines(item: ItemView, vocabularies: Vocabularies) -> list[FieldLine]:
    """The fields that say something, in their order."""
    return [
        FieldLine(
            name=field.name,
            label=i18n.gettext(field.label),
            text=in_words(field, item.fields[field.name], vocabularies),
            own=field.how != "word",
            quoted=field.how == "quotation",
        )
        for field in words.FIELDS[item.kind]
        if item.fields.get(field.name) not in {None, ""}
    ]


def in_words(field: words.FieldWords, value: Any, vocabularies: Vocabularies) -> str:
    """A field's value as it is shown; nothing for none."""
    text = "" if value is None else str(value)
    match field.how:
        case "word":
            return i18n.gettext(words.WORDS[field.name].get(text, text)) if text else ""
        case "sector" | "vocabulary":
            return vocabularies.get(field.name, {}).get(text) or text
        case _:
            return text
