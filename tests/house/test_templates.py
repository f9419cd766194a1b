"""Templates compile, speak through gettext, and hold nothing that the content security policy forbids."""

import re

import pytest
from jinja2 import nodes

from app.web.render import TEMPLATES, environment

NAMES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.*") if path.is_file())
PAGES = [name for name in NAMES if name.endswith(".html")]

# What a page may hold that is not for translation: names, signs, codes, units.
UNTRANSLATED = {"Colloquy", "UTC", "CSV", "JSON", "XLSX", "SVG", "PNG", "C", "OV", "n", "W", "P"}
TRANS = re.compile(r"{%[-+]?\s*trans\b.*?{%-?\s*endtrans\s*-?%}", re.DOTALL)
CODE = re.compile(r"<(code|pre)\b.*?</\1>", re.DOTALL)
JINJA = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL)
MARKUP = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
# attributes alone, for a tag that stands elsewhere
INSIDE_A_TAG = {"ballots/_sheet_tag.html"}
WORDS = re.compile(r"[^\W\d_]{2,}")
SPOKEN_ATTRIBUTE = re.compile(r'\s(?:aria-label|alt|title|placeholder)="([^"]*)"')


def source(name: str) -> str:
    return (TEMPLATES / name).read_text()


@pytest.mark.parametrize("name", NAMES)
def test_it_compiles(name):
    environment().get_template(name)


@pytest.mark.parametrize("name", sorted({*PAGES} - INSIDE_A_TAG))
def test_every_visible_word_passes_through_gettext(name):
    text = JINJA.sub(
        " ", CODE.sub(" ", TRANS.sub(" ", re.sub(r"{#.*?#}", "", source(name), flags=re.DOTALL)))
    )
    spoken = " ".join(SPOKEN_ATTRIBUTE.findall(text))
    bare = [word for word in WORDS.findall(f"{MARKUP.sub(' ', text)} {spoken}") if word not in UNTRANSLATED]
    assert not bare


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_inline(name):
    text = source(name)
    assert not re.search(r"<style|<script(?![^>]*\ssrc=)|\sstyle=|\son[a-z]+=|hx-on|javascript:|\bjs:", text)
    assert not re.search(r"\|\s*safe\b|{%-?\s*autoescape", text)


@pytest.mark.parametrize("name", PAGES)
def test_nothing_comes_from_elsewhere(name):
    assert not re.search(r'\s(?:src|href|action|poster|data)="(?:https?:)?//', source(name))


@pytest.mark.parametrize("name", NAMES)
def test_agreement_is_not_called_by_the_procedural_word(name):
    if not name.startswith(("outcome/method.html", "outcome/_method")):
        assert "consensus" not in source(name).lower()


@pytest.mark.parametrize("name", PAGES)
def test_what_is_imported_is_used(name):
    tree = environment().parse(source(name))
    imported = {
        alias if isinstance(alias, str) else alias[1]
        for found in tree.find_all(nodes.FromImport)
        for alias in found.names
    } | {found.target for found in tree.find_all(nodes.Import)}
    used = {found.name for found in tree.find_all(nodes.Name) if found.ctx == "load"}
    assert imported <= used


@pytest.mark.parametrize("name", [name for name in PAGES if name.rsplit("/", 1)[-1].startswith("_")])
def test_a_fragment_says_what_it_needs(name):
    text = source(name)
    assert re.match(r"{#-? ?needs\b", text) or "{% macro" in text


@pytest.mark.parametrize("name", [name for name in PAGES if not name.startswith("_")])
def test_a_page_has_a_title_and_one_first_heading(name):
    text = source(name)
    if "{% extends" in text:
        assert "{% block title %}" in text
        assert len(re.findall(r"<h1[\s>]", text)) == 1 or "{% include" in text
