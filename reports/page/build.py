"""Put a page together: texts, charts, tables and sentences into one file that asks for nothing outside."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from zhuti.reports.charts import Picture
from zhuti.reports.facts import ReportFacts
from zhuti.reports.findings import write_findings, write_unknowns
from zhuti.reports.method import write_citation, write_limits, write_method
from zhuti.reports.page.colors import theme_css
from zhuti.reports.page.data import MOST_SENTENCES, script_json, sentence_data
from zhuti.reports.page.passages import by_section
from zhuti.reports.page.rows import MOST_ROWS, Cell, Table, fragment
from zhuti.reports.page.sections import page_section
from zhuti.reports.webfont import font_face, font_stack
from zhuti.reports.words import percent

_HERE = Path(__file__).parent
_SAID = ("none", "secondary", "human", "copy", "copied", "count", "count.of", "position")


def render_page(facts: ReportFacts, pictures: Sequence[Picture], *, files: bool = True) -> str:
    """Return the page as HTML.

    Parameters
    ----------
    facts : ReportFacts
    pictures : sequence of Picture
        As `render_charts` draws them.
    files : bool
        Whether the tables and charts stand beside the page, so that it can link to them.
    """
    data = sentence_data(facts)
    data["say"] = {name: _raw(facts, f"explore.{name}") for name in _SAID} | {"quote": _quote(facts)}
    script = (_HERE / "report.js").read_text(encoding="utf-8")
    context = _texts(facts, data) | {
        "sections": [page_section(facts, picture) for picture in pictures],
        "files": files,
        "data": Markup(script_json(data)),
        "script": Markup(script),
    }
    template = page_template("report.html")
    bare = template.render(context, style="", policy="")
    style = font_face([bare], facts.font) + theme_css(facts.codebook) + plain_style() + _own_font(facts)
    return str(template.render(context, style=Markup(style), policy=page_policy(script, style)))


def page_template(name: str) -> Template:
    """Return a template of this folder; what is put into it is escaped, what it lacks is an error."""
    environment = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template(name)


def page_policy(script: str, style: str) -> str:
    """Return the content-security policy of a page that runs this script and this style alone."""
    hashes = [base64.b64encode(hashlib.sha256(part.encode()).digest()).decode() for part in (script, style)]
    return (
        f"default-src 'none'; script-src 'sha256-{hashes[0]}'; style-src 'sha256-{hashes[1]}'; "
        "font-src data:; base-uri 'none'; form-action 'none'"
    )


def plain_style() -> str:
    """Return the style sheet without the colours of a codebook."""
    return (_HERE / "report.css").read_text(encoding="utf-8")


def _own_font(facts: ReportFacts) -> str:
    """Put the user's own font before all others, in texts and charts."""
    if facts.font is None:
        return ""
    stack = font_stack(facts.font)
    return f"html:root{{--text:{stack}}}svg .t{{font-family:{stack}}}"


def _raw(facts: ReportFacts, key: str) -> str:
    return facts.words(key, n="{n}", total="{total}")


def _quote(facts: ReportFacts) -> str:
    book = facts.codebook
    source = f"zhuti {facts.versions.get('zhuti', '')}, {book.id} {book.version}"
    return facts.words("explore.quote", text="{text}", place="{place}", theme="{theme}", p="{p}", source=source)


def _texts(facts: ReportFacts, data: Mapping[str, Any]) -> dict[str, Any]:
    words = facts.words
    sampled = data["total"] > MOST_SENTENCES
    return {
        "lang": facts.lang,
        "say": words,
        "title": report_title(facts),
        "version": facts.versions.get("zhuti", ""),
        "findings": write_findings(facts),
        "unknown": write_unknowns(facts),
        "fragment": fragment,
        "figures": key_figures(facts),
        "facets": _facets(facts, data),
        "sampled": words("explore.sampled", n=MOST_SENTENCES, total=data["total"]) if sampled else "",
        "method": write_method(facts),
        "limits": write_limits(facts),
        "citation": write_citation(facts),
        "documents": _documents(facts),
        "passages": by_section(facts),
        "themes": _themes(facts),
    }


def report_title(facts: ReportFacts) -> str:
    """Return the title of a report."""
    groups = [facts.group(name) for name in facts.comparison.groups]
    if len(groups) == 1:
        return facts.words("title.one", group=groups[0])
    if len(groups) == 2:
        return facts.words("title.two", a=groups[0], b=groups[1])
    return facts.words("title.many", n=len(groups), by=facts.by)


def key_figures(facts: ReportFacts) -> list[tuple[str, str]]:
    """Return the few numbers at the head of a report, each with what it counts."""
    words, counts, coded = facts.words, facts.comparison.counts, facts.coded
    kinds = coded["kind"].eq("sentence") if "kind" in coded else coded["text"].notna()
    rows = [
        (f"{coded['document'].nunique() if 'document' in coded else 1:,}", words("fact.documents")),
        (f"{int(kinds.sum()):,}", words("fact.sentences")),
        (f"{int(counts['in_shares'].sum()):,}", words("fact.policy")),
    ]
    real = facts.card.get("real") or {}
    accuracy = (real or facts.card).get("scores", {}).get("accuracy")
    if isinstance(accuracy, int | float):
        said = words("fact.accuracy.real", n=real["n_sentences"]) if real else words("fact.accuracy")
        rows.append((percent(float(accuracy), 1), said))
    return rows


def _facets(facts: ReportFacts, data: Mapping[str, Any]) -> list[dict[str, str]]:
    names = dict.fromkeys([data["by"], "district", "theme", "subtheme", "year", "document", "kind"])
    by = {data["by"]: facts.by}
    said = {name: by.get(name) or facts.words(f"column.{name}") for name in names}
    return [
        {"name": name, "label": said[name]}
        for name in names
        if len(data["columns"].get(name, {"values": []})["values"]) > 1
    ]


def _documents(facts: ReportFacts) -> Table | None:
    if facts.documents.empty or len(facts.documents) > MOST_ROWS:
        return None
    names = [name for name in ("document", "district", "year", "genre", "sentences") if name in facts.documents]
    names = [name for name in names if facts.documents[name].astype("string").fillna("").ne("").any()]
    rows = []
    for row in facts.documents[names].astype("string").fillna("").to_dict("records"):
        link = fragment({"document": row["document"]}) if "document" in row else ""
        said = facts.document_name(row["document"]) if "document" in row else ""
        cells = [Cell(said, href=link) if name == "document" else Cell(row[name]) for name in names]
        rows.append(tuple(cells))
    headings = tuple(
        facts.words(f"column.{n}") if facts.words.has(f"column.{n}") else facts.words(f"by.{n}") for n in names
    )
    return Table("documents", headings, tuple(rows))


def _themes(facts: ReportFacts) -> list[dict[str, Any]]:
    return [
        {
            "mark": f"t{k}",
            "label": theme.label(facts.lang),
            "definition": theme.definition.in_language(facts.lang),
            "subthemes": [
                {"label": code.label(facts.lang), "definition": code.definition.in_language(facts.lang)}
                for code in theme.subthemes
            ],
        }
        for k, theme in enumerate(facts.codebook.themes)
    ]
