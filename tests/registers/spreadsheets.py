"""Spreadsheets made to order, and what a preview of an import says."""

import csv
import io
import re
from html import unescape

from openpyxl import Workbook


def hidden(page, name):
    return [unescape(value) for value in re.findall(rf'type="hidden" name="{name}" value="([^"]*)"', page)]


def text_of(page):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def outcomes(page):
    found = re.search(r'<ul class="outcomes">(.*?)</ul>', page, re.DOTALL)
    assert found, text_of(page)
    return tuple(int(number) for number in re.findall(r"<strong>(\d+)</strong>", found[1]))


def cells(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def sheet(*rows, delimiter=","):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode()


def book(*rows):
    workbook = Workbook()
    for row in rows:
        workbook.worksheets[0].append(row)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def faults(page):
    """Row, column and what is wrong of each refusal."""
    table = re.search(r'aria-labelledby="refused">(.*?)</section>', page, re.DOTALL)
    rows = re.findall(r"<tr>(.*?)</tr>", table[1], re.DOTALL) if table else []
    told = [[text_of(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)] for row in rows]
    return [(int(row[0]), row[2], row[3]) for row in told if row]
