"""An item as somebody would have it, held against what its kind and its seminar ask for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from app.errors import AppError
from app.models.registers import Kind
from app.registers import faults, kinds

LONGEST_TITLE = 300
LONGEST_TEXT = 8000
SHOWN_CHOICES = 12

# For each field that is chosen from words of the seminar's own: value to label.
Vocabularies = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class NewItem:
    """One of the items into which another is split; without `links` it gets those of the other."""

    title: str
    text: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    links: Mapping[str, Sequence[str]] | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """An item as it was typed: title and text trimmed, fields and links by their names.

    `links` holds, for each kind of link, the codes to which it leads; a grade stands behind its
    code as in `E01=full`.
    """

    kind: Kind
    title: str
    text: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    links: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wording:
    """Title, text and fields in the shape in which they are kept."""

    title: str
    text: str
    fields: dict[str, Any]


def check(
    kind: Kind, title: str, text: str, fields: Mapping[str, Any], vocabularies: Vocabularies
) -> tuple[Wording | None, dict[str, AppError]]:
    """The wording as it is to be kept, or what is wrong field by field."""
    title, text = " ".join(title.split()), _paragraphs(text)
    errors: dict[str, AppError] = {}
    if not title:
        errors["title"] = faults.Empty()
    for name, value, limit in (("title", title, LONGEST_TITLE), ("text", text, LONGEST_TEXT)):
        if len(value) > limit:
            errors[name] = faults.TooLong(limit=limit)
    kept, wrong = check_fields(kind, fields, vocabularies)
    errors |= wrong
    return (None if errors else Wording(title, text, kept)), errors


def check_fields(
    kind: Kind, fields: Mapping[str, Any], vocabularies: Vocabularies
) -> tuple[dict[str, Any], dict[str, AppError]]:
    """The fields as the kind keeps them, or what is wrong with each."""
    given = {name: _tidied(value) for name, value in fields.items()}
    given = {name: value for name, value in given.items() if value not in {None, ""}}
    errors: dict[str, AppError] = {}
    for name, value in given.items():
        choices = vocabularies.get(name)
        if choices and name in kinds.FIELDS[kind].model_fields and value not in choices:
            errors[name] = not_offered(str(value), choices)
    try:
        kept = kinds.fields_of(kind, given)
    except ValidationError as problems:
        found = {str(problem["loc"][0]): _fault(problem) for problem in problems.errors() if problem["loc"]}
        return {}, found | errors
    return kept, errors


def not_offered(value: str, choices: Mapping[str, str]) -> faults.NotOffered:
    """The refusal of a value, with what may be chosen instead."""
    offered = list(choices)
    more = ", …" if len(offered) > SHOWN_CHOICES else ""
    return faults.NotOffered(value=value[:60], choices=", ".join(offered[:SHOWN_CHOICES]) + more)


def _tidied(value: Any) -> Any:
    return value.strip().replace("\r\n", "\n") if isinstance(value, str) else value


def _paragraphs(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _fault(problem: Any) -> AppError:
    context = problem.get("ctx", {})
    match problem["type"]:
        case "missing" | "string_too_short":
            return faults.Empty()
        case "string_too_long":
            return faults.TooLong(limit=context["max_length"])
        case "literal_error":
            return faults.NotOffered(value=str(problem["input"])[:60], choices=context["expected"])
        case kind if kind.startswith("int_") or kind in {"greater_than_equal", "less_than_equal"}:
            return faults.NotAYear()
        case _:
            return faults.NotUnderstood()
