"""Write a codebook as a coder's manual (Markdown, HTML) and as a REFI-QDA codebook for other programs."""

import uuid
from collections.abc import Iterator
from xml.etree import ElementTree

from jinja2 import Environment

from zhuti.seeds.codebook import Code, Codebook, Language

_WORDS = {
    "zh": {
        "manual": "编码手册",
        "version": "版本",
        "unit": "编码单位",
        "rules": "规则",
        "boundaries": "疑难情形",
        "case": "情形",
        "decision": "编码",
        "include": "包括",
        "exclude": "不包括",
        "examples": "例句",
        "counterexamples": "反例",
        "terms": "常用词语",
        "also": "也见于",
    },
    "en": {
        "manual": "Coder’s manual",
        "version": "version",
        "unit": "Unit",
        "rules": "Rules",
        "boundaries": "Boundary cases",
        "case": "Case",
        "decision": "Code",
        "include": "Includes",
        "exclude": "Leaves out",
        "examples": "Examples",
        "counterexamples": "Not these",
        "terms": "Terms",
        "also": "also",
    },
}

_HTML = """<!doctype html>
<html lang="{{ lang }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{{ title }}</title>
<style>
body { font: 16px/1.7 system-ui, "Noto Sans SC", "Microsoft YaHei", sans-serif; max-width: 48rem;
       margin: 2rem auto; padding: 0 1rem; }
h2 { border-left: .5rem solid var(--c); padding-left: .6rem; margin-top: 2.5rem; }
table { border-collapse: collapse } td, th { border: 1px solid #bbb; padding: .3rem .6rem; text-align: left }
code { background: #8882; padding: 0 .3em }
@media (prefers-color-scheme: dark) { body { background: #16181c; color: #e6e6e6 } }
</style>
</head>
<body>
<h1>{{ title }}</h1>
<p>{{ w.version }} {{ book.version }} · <code>{{ book.id }}</code></p>
{% if book.unit.zh %}<p>{{ w.unit }}: {{ book.unit.in_language(lang) }}</p>{% endif %}
{% if book.rules %}<h2>{{ w.rules }}</h2>
<ol>{% for rule in book.rules %}<li>{{ rule.in_language(lang) }}</li>{% endfor %}</ol>{% endif %}
{% if book.boundaries %}<h2>{{ w.boundaries }}</h2>
<table><tr><th>{{ w.case }}</th><th>{{ w.decision }}</th></tr>
{% for row in book.boundaries %}<tr><td>{{ row.case.in_language(lang) }}</td>
<td>{{ row.decision.in_language(lang) }}</td></tr>{% endfor %}</table>{% endif %}
{% for theme, code, depth in codes %}
<h{{ depth }}{% if depth == 2 %} style="--c: {{ book.color(theme) }}"{% endif %}>{{ code.label(lang) }}
<code>{{ code.id }}</code></h{{ depth }}>
{% if code.definition.zh %}<p>{{ code.definition.in_language(lang) }}</p>{% endif %}
<dl>
{% for name, entries in details(code) %}<dt>{{ w[name] }}</dt>
<dd>{% for entry in entries %}{{ entry }}{% if not loop.last %}<br>{% endif %}{% endfor %}</dd>{% endfor %}
</dl>
{% endfor %}
</body>
</html>
"""


def _walk(codebook: Codebook) -> Iterator[tuple[str, Code, int]]:
    def below(theme: str, code: Code, depth: int) -> Iterator[tuple[str, Code, int]]:
        yield theme, code, depth
        for child in code.subthemes:
            yield from below(theme, child, min(depth + 1, 6))

    for theme in codebook.themes:
        yield from below(theme.id, theme, 2)


def _details(codebook: Codebook, code: Code, lang: Language) -> list[tuple[str, list[str]]]:
    terms = [
        term.term + (f"（{_WORDS[lang]['also']} {' '.join(term.elsewhere)}）" if term.elsewhere else "")
        for term in codebook.terms
        if term.code == code.id
    ]
    found: list[tuple[str, list[str]]] = [
        ("include", [text.in_language(lang) for text in code.include]),
        ("exclude", [text.in_language(lang) for text in code.exclude]),
        ("examples", list(code.examples)),
        ("counterexamples", list(code.counterexamples)),
        ("terms", ["、".join(terms)] if terms else []),
    ]
    return [(name, entries) for name, entries in found if entries]


def render_manual(codebook: Codebook, *, lang: Language = "zh", as_html: bool = False) -> str:
    """Return the coder's manual: unit, rules, boundary cases, and every code with what it takes in.

    >>> from zhuti.seeds import read_codebook
    >>> print(render_manual(read_codebook(), lang="en").splitlines()[0])
    # Policy themes of Chinese local-government texts: Coder’s manual
    """
    words = _WORDS[lang]
    title = f"{codebook.title.in_language(lang)}{'：' if lang == 'zh' else ': '}{words['manual']}"
    if as_html:
        template = Environment(autoescape=True, trim_blocks=True).from_string(_HTML)
        return template.render(
            lang=lang,
            title=title,
            w=words,
            book=codebook,
            codes=list(_walk(codebook)),
            details=lambda code: _details(codebook, code, lang),
        )
    lines = [f"# {title}", "", f"{words['version']} {codebook.version} · `{codebook.id}`", ""]
    if codebook.unit.zh:
        lines += [f"{words['unit']}: {codebook.unit.in_language(lang)}", ""]
    lines += _markdown_rules(codebook, lang)
    for _, code, depth in _walk(codebook):
        lines += [f"{'#' * depth} {code.label(lang)} `{code.id}`", ""]
        if code.definition.zh:
            lines += [code.definition.in_language(lang), ""]
        lines += [f"- {words[name]}: {' / '.join(entries)}" for name, entries in _details(codebook, code, lang)]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _markdown_rules(codebook: Codebook, lang: Language) -> list[str]:
    words = _WORDS[lang]
    lines: list[str] = []
    if codebook.rules:
        lines += [f"## {words['rules']}", ""]
        lines += [f"{n}. {rule.in_language(lang)}" for n, rule in enumerate(codebook.rules, 1)]
        lines.append("")
    if codebook.boundaries:
        lines += [f"## {words['boundaries']}", "", f"| {words['case']} | {words['decision']} |", "|---|---|"]
        lines += [f"| {row.case.in_language(lang)} | {row.decision.in_language(lang)} |" for row in codebook.boundaries]
        lines.append("")
    return lines


def render_qdc(codebook: Codebook, *, lang: Language = "zh") -> str:
    """Return the codebook in the REFI-QDA exchange format (.qdc), read by NVivo, ATLAS.ti and MAXQDA.

    Identifiers are name-based UUIDs (RFC 9562, version 5): the same code has the same one in every export.
    """
    namespace = uuid.uuid5(uuid.NAMESPACE_URL, f"urn:zhuti:codebook:{codebook.id}")
    root = ElementTree.Element("CodeBook", {"xmlns": "urn:QDA-XML:codebook:1.0", "origin": "zhuti"})
    codes = ElementTree.SubElement(root, "Codes")

    def add(parent: ElementTree.Element, code: Code, path: str, color: str) -> None:
        here = f"{path}/{code.id}"
        element = ElementTree.SubElement(
            parent,
            "Code",
            {
                "guid": str(uuid.uuid5(namespace, here)),
                "name": code.label(lang),
                "isCodable": "true",
                "color": code.color or color,
            },
        )
        if code.definition.zh:
            ElementTree.SubElement(element, "Description").text = code.definition.in_language(lang)
        for child in code.subthemes:
            add(element, child, here, code.color or color)

    for theme in codebook.themes:
        add(codes, theme, "", codebook.color(theme.id))
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"
