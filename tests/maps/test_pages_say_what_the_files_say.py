"""Every number on the demonstration's maps is counted again, from the exported answers alone."""

import csv
import json
import re
from statistics import fmean, median, quantiles
from xml.etree import ElementTree as ET

import pytest

from app.demo.story import SLUG

GRADES = ("none", "partial", "full")
PLANES = {"threats": "Q1", "stakeholders": "Q2"}
TO = "\N{EN DASH}"


@pytest.fixture
def organiser(visitor):
    return visitor("organiser")


def export(client, code):
    return client.get(f"/seminars/{SLUG}/rounds/0/questions/{code}/export.json").json()


def page(client, name):
    return client.get(f"/seminars/{SLUG}/maps/{name}").text


def table(client, name):
    text = client.get(f"/seminars/{SLUG}/maps/figures/{name}.csv").text
    return list(csv.DictReader(text.lstrip("\ufeff").splitlines()))


def title(client, name):
    drawing = ET.fromstring(client.get(f"/seminars/{SLUG}/maps/figures/{name}.svg").text)
    return drawing[0].text


def heading(html):
    return html.partition("<h1>")[2].partition("</h1>")[0]


def row(html, code):
    return html.partition(f'<tr id="{code}">')[2].partition("</tr>")[0]


def spelled(counts, low):
    """Every rating by itself."""
    return [low + place for place, count in enumerate(counts) for _ in range(count)]


def middle(ratings):
    q1, q2, q3 = quantiles(ratings, n=4, method="inclusive")
    assert q2 == median(ratings)
    return q2, q1, q3


def divided(ratings, low, high):
    third = (high - low) / 3
    ends = (sum(r < low + third for r in ratings), sum(r > high - third for r in ratings))
    return len(ratings) >= 5 and min(ends) >= len(ratings) / 3


def told(number):
    return f"{number:.1f}".removesuffix(".0")


def rated(option, scale):
    given = spelled(option["by_criterion"][scale["code"]]["counts"], scale["low"])
    return given, middle(given), divided(given, scale["low"], scale["high"])


@pytest.mark.parametrize("name", PLANES)
def test_a_plane_says_the_same_on_its_page_in_its_figures_and_in_its_files(organiser, name):
    result, html = export(organiser, PLANES[name])["result"], page(organiser, name)
    files = {one["code"]: one for one in table(organiser, name)}
    assert set(files) == {option["code"] for option in result["options"]}
    high, apart = 0, 0
    for option in result["options"]:
        seen = [rated(option, scale) for scale in result["scales"]]
        here, file = row(html, option["code"]), files[option["code"]]
        for scale, (given, (m, q1, q3), is_divided) in zip(result["scales"], seen, strict=True):
            assert (
                f"{len(given)} ratings; median {told(m)}; middle half from {told(q1)} to {told(q3)}." in here
            )
            code = scale["code"]
            numbers = [float(file[f"{part}_{code}"]) for part in ("n", "median", "q1", "q3")]
            assert numbers == [len(given), m, q1, q3]
            assert (file[f"divided_{code}"] == "yes") is is_divided
            abstained = option["by_criterion"][code]["abstained"]
            assert int(file[f"abstained_{code}"]) == sum(abstained.values())
        is_divided = any(one[2] for one in seen)
        assert ("The panel is divided on" in here) is is_divided
        is_high = all(one[1][0] > 3 + 2 / 3 for one in seen)
        assert ("are rated high." in here) is is_high
        high, apart = high + is_high, apart + is_divided
    counted = f"{high} of {len(files)} {name}"
    assert heading(html) == f"The panel rates {counted} high on both scales; views divide on {apart}"
    assert title(organiser, name) == heading(html)
    assert title(organiser, f"{name}-spread") == f"Views divide on {apart} of {len(files)} {name}"


def test_sectors_stand_on_the_page_as_in_the_file(organiser):
    result = export(organiser, "Q1")["result"]
    html = page(organiser, "threats").partition('id="by-sector"')[2]
    shown = [group for group in result["groups"] if any(group["by_item"].values())]
    assert shown
    for option in result["options"]:
        line = html.partition(f'<span class="code">{option["code"]}</span>')[2].partition("</tr>")[0]
        found = re.findall(r'<td class="num">(.*?)</td>', line)[1:]
        expected = []
        for group in shown:
            cells = group["by_item"].get(option["code"], {})
            of = [cells.get(scale["code"]) for scale in result["scales"]]
            medians = [told(median(spelled(cell["counts"], 1))) if cell else TO for cell in of]
            expected.append(" · ".join(medians))
        assert found == expected


def graded(content):
    """By framework and element: the grades, how many do not know, and how sure those are who gave one."""
    columns, rows = content["answers"]["columns"], content["answers"]["rows"]
    ballots = [dict(zip(columns, values, strict=True)) for values in rows]
    found = {}
    for framework in content["result"]["frameworks"]:
        for element in content["result"]["elements"]:
            place = f"{framework['code']}.{element['code']}"
            given = [one for one in ballots if one[place] in {0, 1, 2}]
            found[framework["code"], element["code"]] = (
                sorted(one[place] for one in given),
                sum(one[place] == "cannot_say" for one in ballots),
                [one[f"{place}.sure"] for one in given if one[f"{place}.sure"] is not None],
            )
    return found


def test_coverage_is_what_the_single_ballots_say(organiser):
    content = export(organiser, "Q3")
    cells, files = graded(content), table(organiser, "coverage")
    assert len(files) == len(cells)
    for file in files:
        grades, unknown, sure = cells[file["framework"], file["element"]]
        counts = [int(file[word]) for word in ("n", *GRADES, "dont_know")]
        assert counts == [len(grades), *(grades.count(grade) for grade in range(3)), unknown]
        assert float(file["median"]) == median(grades)
        assert file["grade"] == GRADES[int(median(grades))]
        assert (float(file["sure"]) if file["sure"] else None) == (median(sure) if sure else None)
        assert (file["divided"] == "yes") is divided(grades, 0, 2)


def test_every_element_says_on_the_page_what_the_single_ballots_say(organiser):
    content, html = export(organiser, "Q3"), page(organiser, "coverage")
    cells, result = graded(content), content["result"]
    others = [one for one in result["frameworks"] if one["code"] != result["own"]]
    scores, gaps = {}, 0
    overview = page(organiser, "traces")
    for element in result["elements"]:
        code, here = element["code"], row(html, element["code"])
        by_framework = {one["code"]: cells[one["code"], code][0] for one in others}
        medians = {framework: median(grades) for framework, grades in by_framework.items()}
        full, partial = (sum(int(m) == grade for m in medians.values()) for grade in (2, 1))
        scores[element["title"]] = 1 - fmean(medians.values()) / 2
        share = f"Share not covered: {scores[element['title']]:.0%}."
        assert f"cover it in full: {full}; in part: {partial}. {share}" in here
        apart = sum(divided(grades, 0, 2) for grades in by_framework.values())
        assert ("Views divided" in here) is bool(apart)
        assert (f"The panel is divided on {apart} frameworks." in here) is (apart > 1)
        assert (">Gap<" in here) is (full == 0)
        gaps += full == 0
        near = [one for one in medians if int(medians[one])]
        near.sort(key=lambda one: (-medians[one], -fmean(by_framework[one]), one))
        listed = here.partition("come nearest")[2].partition("</ul>")[0]
        assert re.findall(r"/items/([\w-]+)", listed) == near[:3]
        line = overview.partition(f'<span class="code">{code}</span>')[2].partition("</tr>")[0]
        assert re.findall(r'<td class="num">(\d+)', line)[1] == str(full)
    least = max(scores, key=scores.__getitem__)
    assert not gaps
    assert heading(html) == (
        f"The panel finds each of {len(scores)} elements covered in full by some framework; "
        f"the least covered is “{least}”"
    )
    assert title(organiser, "coverage") == heading(html)


def test_scores_along_the_traces_are_those_of_the_outcome(organiser):
    rounds = json.loads(organiser.get(f"/seminars/{SLUG}/outcome/export.json").text)["rounds"]
    options = {one["code"]: one for one in rounds[-1]["result"]["options"]}
    told_of = set()
    for element in export(organiser, "Q3")["result"]["elements"]:
        html = page(organiser, f"traces/{element['code']}")
        for code, said in re.findall(r"/maps/traces/(W\d+)\".*?Rank (.*?)</a>", html):
            one = options[code]
            assert said == f"{one['rank']} ({one['rank_low']}{TO}{one['rank_high']})"
            told_of.add(code)
    assert told_of == set(options)


def test_the_network_names_as_many_as_its_file(organiser):
    html, links = page(organiser, "network"), table(organiser, "network")
    named = {one["other"] for one in links if one["link"] != "serves"}
    options = {one["option"] for one in links}
    assert re.fullmatch(
        rf"{len(named)} of \d+ stakeholders are named to lead or support {len(options)} ways forward",
        heading(html),
    )
    assert title(organiser, "network") == heading(html)
    shown = html.partition('id="links"')[2].partition("</table>")[0]
    assert len(re.findall(r"<td.*?</td>", shown, re.DOTALL)) == 3 * len(options)
    assert shown.count("/items/") + shown.count('class="code" href') == len(links)
