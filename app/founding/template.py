"""A template: the content of a seminar as a folder of YAML files, taken whole or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from app.errors import AppError, Invalid
from app.founding import checks, shapes
from app.founding.documents import Document, read
from app.founding.faults import BrokenTemplate, Fault
from app.i18n import _

CATALOGUE = Path(__file__).parent / "catalogue"

# pydantic's word for what does not fit, in ours; what is not here is simply not as expected
MESSAGES = {
    "missing": _("“%(name)s” is missing."),
    "extra_forbidden": _("“%(name)s” is not known here."),
    "literal_error": _("“%(name)s” must be one of these: %(expected)s."),
    "string_type": _("“%(name)s” must be a text."),
    "int_type": _("“%(name)s” must be a whole number."),
    "float_type": _("“%(name)s” must be a number."),
    "bool_type": _("“%(name)s” must be true or false."),
    "list_type": _("“%(name)s” must be a list."),
    "dict_type": _("“%(name)s” must be a list of names with values."),
    "model_type": _("“%(name)s” must be a list of names with values."),
    "string_too_short": _("“%(name)s” must not be empty."),
    "string_too_long": _("“%(name)s” must have at most %(max_length)s characters."),
    "too_short": _("“%(name)s” must have at least %(min_length)s entries."),
    "too_long": _("“%(name)s” must have at most %(max_length)s entries."),
    "greater_than_equal": _("“%(name)s” must be at least %(ge)s."),
    "less_than_equal": _("“%(name)s” must be at most %(le)s."),
    "string_pattern_mismatch": _("“%(name)s” is not written as it must be here."),
}
UNFIT = _("“%(name)s” is not in the form expected here.")


class UnknownTemplate(AppError):
    """The catalogue has no template of this name."""

    message = "Please choose one of the templates offered, or a blank seminar."


class Unusable(AppError):
    """The template that was chosen has faults."""

    message = "This template has faults and cannot be used. Please choose another one or a blank seminar."


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """The files of a template, each in its shape and all in agreement."""

    name: str
    mandate: shapes.Mandate
    sectors: shapes.Sectors
    stakeholders: shapes.Stakeholders
    frameworks: shapes.Frameworks
    threats: shapes.Threats
    findings: shapes.Findings
    options: shapes.Options
    criteria: shapes.Criteria
    rounds: shapes.Rounds
    glossary: shapes.Glossary
    report_rules: shapes.ReportRules


def load(folder: Path) -> Template:
    """The template in a folder, or `BrokenTemplate` with all its faults."""
    documents = {name: read(folder / f"{name}.yaml") for name in shapes.FILES}
    fitted = {name: _fit(document, shapes.FILES[name]) for name, document in documents.items()}
    sound: dict[str, Any] = {name: shape for name, shape in fitted.items() if shape is not None}
    checks.check(documents, sound)
    faults = [fault for document in documents.values() for fault in document.faults]
    faults += _strangers(folder)
    if faults:
        raise BrokenTemplate(faults)
    return Template(name=folder.name, **sound)


def catalogue() -> dict[str, Path]:
    """The templates that are shipped, by name."""
    return {path.name: path for path in sorted(CATALOGUE.iterdir()) if (path / "mandate.yaml").is_file()}


def chosen(name: str) -> Template | None:
    """The template of the catalogue that has the name; without a name none."""
    if not name:
        return None
    folder = catalogue().get(name)
    if folder is None:
        raise Invalid({"template": UnknownTemplate()})
    return load(folder)


def _fit(document: Document, shape: type[shapes.Shape]) -> shapes.Shape | None:
    if document.content is None:
        if not document.faults:
            document.fault((), _("The file is empty."))
        return None
    try:
        return shape.model_validate(document.content)
    except ValidationError as problems:
        for problem in problems.errors(include_url=False, include_input=False):
            path = tuple(problem["loc"])
            message = MESSAGES.get(problem["type"], UNFIT)
            fields: Mapping[str, object] = problem.get("ctx", {})
            document.fault(path, message, name=_name(document, path), **dict(fields))
        return None


def _name(document: Document, path: tuple[str | int, ...]) -> str:
    """What people call the place: the last name on the way to it, with its number in a list."""
    if not path:
        return document.file
    if isinstance(path[-1], int) and len(path) > 1:
        return f"{path[-2]} {path[-1] + 1}"
    return str(path[-1])


def _strangers(folder: Path) -> list[Fault]:
    """A file that nobody reads is most likely a file whose name is misspelt."""
    known = {f"{name}.yaml" for name in shapes.FILES}
    unknown = sorted(path.name for path in folder.glob("*.y*ml") if path.name not in known)
    return [Fault(name, 1, _("No file of this name belongs to a template.")) for name in unknown]
