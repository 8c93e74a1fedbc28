"""Fill the page with the facts: nothing is computed here but what a cell looks like."""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from zhuti.reports.chart_style import PAPER
from zhuti.reports.charts import FOOT, HEAD, Picture, lead_of
from zhuti.reports.facts import ReportFacts
from zhuti.reports.findings import describe_limits, describe_method, find_findings
from zhuti.reports.svg import page_svg
from zhuti.reports.webfont import STACK, font_face
from zhuti.reports.words import percent, percent_range, points, points_range

_FOLDER = Path(__file__).parent
# Sentences that the page carries; beyond it every n-th of each group, and the page says so.
MOST = 30_000
_POINTS = 72.0


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render_report(facts: ReportFacts, pictures: Sequence[Picture]) -> str:
    """Return the report as one self-contained HTML page.

    Parameters
    ----------
    facts : ReportFacts
    pictures : sequence of Picture
        As `render_charts` draws them.

    Returns
    -------
    str
        HTML without any outside request, under a content-security policy that allows its own style and
        script alone, by their digests.
    """
    script = Markup((_FOLDER / "script.js").read_text(encoding="utf-8"))
    data = Markup(_json(_browsing(facts)))
    content = _content(facts, pictures)
    body = _environment().get_template("body.html").render(**content)
    style = Markup(_style(facts, body))
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    return (
        _environment()
        .get_template("page.html")
        .render(
            lang="zh-CN" if facts.lang == "zh" else "en",
            title=content["title"],
            policy=policy,
            style=style,
            script=script,
            data=data,
            body=Markup(body),
        )
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _json(value: object) -> str:
    # What could end the script element or open a comment is written as an escape.
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026").replace("\u2028", "\\u2028")


def _style(facts: ReportFacts, body: str) -> str:
    colors = "".join(
        f".c{number}{{--c:{facts.codebook.color(theme)}}}" for number, theme in enumerate(facts.codebook.theme_ids)
    )
    face = font_face([body])
    return f"{face}:root{{--stack:{STACK}}}{(_FOLDER / 'style.css').read_text(encoding='utf-8')}{colors}"


def _content(facts: ReportFacts, pictures: Sequence[Picture]) -> dict[str, Any]:
    words, comparison = facts.words, facts.comparison
    counts = comparison.counts
    kinds = [name for name in counts.columns if name not in ("group", "in_shares")]
    return {
        "w": words,
        "facts": facts,
        "title": page_title(facts),
        "findings": find_findings(facts),
        "figures": [_figure(facts, picture) for picture in pictures],
        "shares": _share_rows(facts),
        "differences": _difference_rows(facts),
        "terms": _term_rows(facts),
        "counts": counts.to_dict("records"),
        "kinds": [(name, words(f"count.{name}" if words.has(f"count.{name}") else f"kind.{name}")) for name in kinds],
        "documents": facts.documents.to_dict("records"),
        "method": describe_method(facts),
        "limits": describe_limits(facts),
        "themes": _theme_rows(facts),
        "sentences": int(counts["in_shares"].sum() + counts["without_theme"].sum()),
        "total": int(counts["in_shares"].sum()),
        "sampled": len(facts.coded) > MOST,
        "most": MOST,
    }


def page_title(facts: ReportFacts) -> str:
    """Return the title of the report."""
    groups = [facts.group(group) for group in facts.comparison.groups]
    if len(groups) == 1:
        return facts.words("title.one", group=groups[0])
    if len(groups) == 2:
        return facts.words("title.two", a=groups[0], b=groups[1])
    return facts.words("title.many", n=len(groups), by=facts.by)


def _figure(facts: ReportFacts, picture: Picture) -> dict[str, Any]:
    def namer(filters: Mapping[str, str]) -> str:
        shown = [facts.label(v) if k in ("theme", "subtheme") else v for k, v in filters.items()]
        return facts.words("link.open", what=facts.words("list.comma").join(shown))

    title = facts.words(picture.name)
    cut = (HEAD * _POINTS, FOOT * _POINTS)
    drawn = {
        size: Markup(page_svg(svg, name=f"{picture.name}-{size}", title=title, namer=namer, cut=cut))
        for size, svg in (("wide", picture.wide), ("narrow", picture.narrow))
    }
    return {"name": picture.name, "title": title, "lead": lead_of(picture.name, facts), **drawn}


def _number(facts: ReportFacts, theme: str) -> int:
    return facts.codebook.theme_ids.index(theme)


def _share_rows(facts: ReportFacts) -> list[dict[str, Any]]:
    return [
        {
            **row,
            "name": facts.group(row["group"]),
            "label": facts.label(row["theme"]),
            "color": _number(facts, row["theme"]),
            "percent": percent(row["share"], 1),
            "range": percent_range(row["low"], row["high"], 1),
        }
        for row in facts.comparison.shares.to_dict("records")
    ]


def _difference_rows(facts: ReportFacts) -> list[dict[str, Any]]:
    rows = facts.comparison.differences.to_dict("records")
    if len(facts.comparison.groups) > 8:
        rows = [row for row in rows if row["verdict"] != "cannot tell"][:60]
    return [
        {
            **row,
            "a": facts.group(row["group_a"]),
            "b": facts.group(row["group_b"]),
            "label": facts.label(row["theme"]),
            "color": _number(facts, row["theme"]),
            "points": points(row["difference"], 1),
            "range": points_range(row["low"], row["high"], 1),
            "said": facts.words(
                f"verdict.{row['verdict']}", a=facts.group(row["group_a"]), b=facts.group(row["group_b"])
            ),
        }
        for row in rows
    ]


def _term_rows(facts: ReportFacts) -> list[dict[str, Any]]:
    terms = facts.comparison.terms
    if terms.empty:
        return []
    groups = []
    for group in facts.comparison.groups[:12]:
        rows = terms[(terms["group"] == group) & (terms["z"] > 0)].head(12)
        groups.append({"name": facts.group(group), "group": group, "rows": rows.to_dict("records")})
    return groups


def _theme_rows(facts: ReportFacts) -> list[dict[str, Any]]:
    return [
        {
            "color": number,
            "label": theme.label(facts.lang),
            "definition": theme.definition.in_language(facts.lang),
            "subthemes": facts.words("list.comma").join(
                code.label(facts.lang) for code in theme.leaves() if code.id != theme.id
            ),
        }
        for number, theme in enumerate(facts.codebook.themes)
    ]


def _browsing(facts: ReportFacts) -> dict[str, Any]:
    """Return what the script needs to show sentences: columns, labels, and the texts of its own words."""
    coded = facts.coded
    if len(coded) > MOST:
        coded = coded.iloc[:: -(-len(coded) // MOST)]
    columns = {
        name: coded[name].astype("string").fillna("").tolist()
        for name in (
            "sentence_id",
            "document",
            "heading",
            "kind",
            "text",
            "theme",
            "subtheme",
            "secondary",
            "terms",
            "label",
        )
        if name in coded
    }
    group = coded[facts.comparison.by] if facts.comparison.by in coded else coded["document"]
    year = coded["year"].astype("string").fillna("").tolist() if "year" in coded else [""] * len(coded)
    words = facts.words
    keys = ("browse.all", "browse.count", "browse.more", "browse.copy", "column.secondary", "column.probability")
    return {
        "by": facts.comparison.by,
        "lang": facts.lang,
        "file": "sentences",
        "group": group.astype("string").fillna("").tolist(),
        "year": year,
        "probability": [round(float(p), 3) for p in coded["probability"]],
        **columns,
        "themes": list(facts.codebook.theme_ids),
        "parents": dict(facts.codebook.parents),
        "labels": {code: facts.label(code) for code in (*facts.codebook.theme_ids, *facts.codebook.subtheme_ids)},
        "kinds": {k: words(f"kind.{k}") for k in sorted(set(columns.get("kind", []))) if words.has(f"kind.{k}")},
        "unknown": facts.group("?"),
        "words": {key.partition(".")[2]: words(key, n="{n}") if key == "browse.count" else words(key) for key in keys},
        "paper": PAPER,
    }
