"""All six languages say everything: the same messages, the same fields, every plural form."""

import ast
import re
import subprocess
import sys

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from app import i18n
from app.settings import ROOT

TEMPLATE = i18n.FOLDER / "messages.pot"
TRANSLATED = [language for language in i18n.LANGUAGES if language != "en"]
FIELD = re.compile(r"%\((\w+)\)[sd]|%%")


def read(language: str) -> Catalog:
    with (i18n.FOLDER / language / "messages.po").open("rb") as source:
        return read_po(source, locale=language)


def messages(catalogue: Catalog) -> dict[tuple[str, str], tuple[list[str], list[str]]]:
    """Originals and translations by key."""
    return {
        (str(message.context or ""), originals[0]): (originals, translations)
        for message in catalogue
        if (originals := as_list(message.id)) != [""]
        and (translations := as_list(message.string)) is not None
    }


def as_list(texts: object) -> list[str]:
    return [texts] if isinstance(texts, str) else [str(text) for text in texts]  # type: ignore[attr-defined]


def template() -> Catalog:
    with TEMPLATE.open("rb") as source:
        return read_po(source)


def test_the_template_holds_what_the_pages_say(tmp_path):
    fresh = tmp_path / "messages.pot"
    command = f"{sys.executable} -m babel.messages.frontend --quiet extract --no-location --sort-output"
    options = f"--omit-header --width=110 --ignore-dirs=.* -F pyproject.toml -o {fresh} app templates"
    subprocess.run([*command.split(), *options.split()], cwd=ROOT, check=True, capture_output=True)
    assert fresh.read_text() == TEMPLATE.read_text(), "run `make messages`, and have what is new translated"


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_is_missing_and_nothing_is_left_over(language):
    assert messages(read(language)).keys() == messages(template()).keys()


@pytest.mark.parametrize("language", TRANSLATED)
def test_everything_is_translated(language):
    catalogue = read(language)
    assert not [key for key, (_, texts) in messages(catalogue).items() if not all(texts)]
    assert not [message.id for message in catalogue if message.fuzzy and message.id]


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_translation_has_the_fields_of_its_original(language):
    wrong = []
    for key, (originals, translations) in messages(read(language)).items():
        wanted = {name for text in originals for name in FIELD.findall(text) if name}
        # a plural form may leave out a field of its own number ("one option"), but none may add one
        for text in translations:
            found = {name for name in FIELD.findall(text) if name}
            if text and (found != wanted if len(translations) == 1 else not found <= wanted):
                wrong.append((key, text))
            if re.search(r"%(?!\(\w+\)[sd])", text.replace("%%", "")) and wanted:
                wrong.append((key, text))
    assert not wrong


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_plural_form_is_there(language):
    forms = read(language).num_plurals
    short = [
        key
        for key, (originals, translations) in messages(read(language)).items()
        if len(originals) == 2 and len(translations) != forms
    ]
    assert not short


def test_no_text_hides_in_an_f_string_where_nobody_gathers_it():
    hidden = [
        f"{path}:{call.lineno}"
        for path in sorted((ROOT / "app").rglob("*.py"))
        for string in ast.walk(ast.parse(path.read_text()))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "").endswith("gettext")
    ]
    assert not hidden
