"""Write the findings of a comparison in plain sentences, every number of which is a cell of a table."""

from dataclasses import dataclass
from typing import Any

from zhuti.reports.facts import ReportFacts, records
from zhuti.reports.words import percent, percent_range, points, points_range


@dataclass(frozen=True)
class Finding:
    """One plain sentence, and the filters that open the sentences behind it."""

    text: str
    found: dict[str, str]


def write_findings(facts: ReportFacts) -> tuple[Finding, ...]:
    """Say in two sentences what each group puts first and where groups differ.

    Parameters
    ----------
    facts : ReportFacts

    Returns
    -------
    tuple of Finding
    """
    groups = facts.comparison.groups
    if len(groups) == 1:
        return _of_one(facts)
    if len(groups) == 2 and not facts.comparison.differences.empty:
        return _gaps_of_two(facts), _firsts_of_two(facts)
    return _firsts_of_many(facts), _gaps_of_many(facts)


def _rows(facts: ReportFacts, group: str) -> list[dict[str, Any]]:
    shares = facts.comparison.shares
    rows: list[Any] = shares[(shares["group"] == group) & shares["share"].notna()].to_dict("records")
    return sorted(rows, key=lambda row: -float(row["share"]))


def _share(facts: ReportFacts, row: dict[str, Any]) -> str:
    interval = percent_range(row["low"], row["high"])
    return facts.words("finding.share", share=percent(row["share"]), interval=interval, level=facts.level)


def _tied(first: dict[str, Any], second: dict[str, Any]) -> bool:
    return bool(second["high"] >= first["low"])


def _of_one(facts: ReportFacts) -> tuple[Finding, ...]:
    words, group = facts.words, facts.comparison.groups[0]
    rows = _rows(facts, group)
    if not rows:
        return (Finding(words("finding.none", group=facts.group(group)), facts.found(group)),)
    first, second, last = rows[0], rows[1], rows[-1]
    names = {"group": facts.group(group), "theme": facts.label(first["theme"]), "share": _share(facts, first)}
    one = words(
        "finding.first.tied" if _tied(first, second) else "finding.first", **names, second=facts.label(second["theme"])
    )
    rivals = [facts.label(row["theme"]) for row in rows[1:-1] if _tied(row, last)]
    two = words(
        "finding.order.tied" if rivals else "finding.order",
        rivals=words.listing(rivals),
        second=facts.label(second["theme"]),
        share=_share(facts, second),
        last=facts.label(last["theme"]),
        least=_share(facts, last),
    )
    found = facts.found(group, first["theme"])
    return Finding(one, found), Finding(two, facts.found(group, second["theme"]))


def _gaps_of_two(facts: ReportFacts) -> Finding:
    words = facts.words
    rows = records(facts.comparison.differences)
    sure = sorted((row for row in rows if row["verdict"] != "cannot tell"), key=lambda row: -abs(row["difference"]))
    open_ = [facts.label(row["theme"]) for row in rows if row["verdict"] == "cannot tell"]
    parts = [_side(facts, [r for r in sure if r["verdict"] == verdict]) for verdict in ("larger", "smaller")]
    parts = [part for part in parts if part]
    if open_:
        parts.append(words("finding.open" if sure else "finding.all_open", themes=words.listing(open_)))
    found = facts.found(theme=(sure or rows)[0]["theme"])
    return Finding(words("list.semicolon").join(parts) + words("stop").rstrip(), found)


def _side(facts: ReportFacts, rows: list[dict[str, Any]]) -> str:
    """Say in one clause on which themes one of two groups puts more weight."""
    if not rows:
        return ""
    words = facts.words
    more, less = rows[0]["group_a"], rows[0]["group_b"]
    if rows[0]["difference"] < 0:
        more, less = less, more
    gaps: list[str] = []
    for row in rows:
        low, high = sorted((abs(row["low"]), abs(row["high"])))
        interval = points_range(low, high, _digits(low))
        values = {"theme": facts.label(row["theme"]), "gap": points(abs(row["difference"])), "interval": interval}
        gaps.append(words("finding.by" if gaps else "finding.by.first", **values))
    return words("finding.side", a=facts.group(more), b=facts.group(less), gaps=words.listing(gaps))


def _digits(low: float) -> int:
    """Return one digit for a bound that is not nought but would be written as nought, else none."""
    return 1 if 0 < low < 0.005 else 0


def _gap(facts: ReportFacts, row: dict[str, Any]) -> str:
    high, low_group = row["group_a"], row["group_b"]
    gap, low, top = row["difference"], row["low"], row["high"]
    if gap < 0:
        high, low_group, gap, low, top = low_group, high, -gap, -top, -low
    return facts.words(
        "finding.gap",
        a=facts.group(high),
        b=facts.group(low_group),
        theme=facts.label(row["theme"]),
        gap=points(gap),
        interval=points_range(low, top, _digits(low)),
    )


def _firsts_of_two(facts: ReportFacts) -> Finding:
    words = facts.words
    parts = []
    for group in facts.comparison.groups:
        rows = _rows(facts, group)
        if not rows:
            parts.append(words("finding.none", group=facts.group(group)))
            continue
        key = "finding.most.tied" if _tied(rows[0], rows[1]) else "finding.most"
        values = {"group": facts.group(group), "theme": facts.label(rows[0]["theme"]), "share": _share(facts, rows[0])}
        parts.append(words(key, **values, second=facts.label(rows[1]["theme"])))
    return Finding(words("list.semicolon").join(parts) + words("stop").rstrip(), {"kind": "sentence"})


def _firsts_of_many(facts: ReportFacts) -> Finding:
    words = facts.words
    firsts: dict[str, list[str]] = {}
    for group in facts.comparison.groups:
        rows = _rows(facts, group)
        if rows:
            firsts.setdefault(rows[0]["theme"], []).append(group)
    order = sorted(firsts, key=lambda theme: -len(firsts[theme]))
    parts = [
        words("finding.count", theme=facts.label(t), n=len(firsts[t]), names=_named(facts, firsts[t])) for t in order
    ]
    total = words("finding.total", n=len(facts.comparison.groups), by=facts.by)
    text = total + words("list.semicolon").join(parts) + words("stop").rstrip()
    return Finding(text, facts.found(theme=order[0]) if order else {})


def _named(facts: ReportFacts, groups: list[str]) -> str:
    return facts.words.bracketed(facts.words.listing(map(facts.group, groups))) if len(groups) <= 3 else ""


def _gaps_of_many(facts: ReportFacts) -> Finding:
    words, table = facts.words, facts.comparison.differences
    if table.empty:
        return Finding(words("finding.unpaired", n=len(facts.comparison.groups)), {"kind": "sentence"})
    sure = int((table["verdict"] != "cannot tell").sum())
    widest: Any = table.iloc[int(table["difference"].abs().to_numpy().argmax())].to_dict()
    key = "finding.widest" if widest["verdict"] != "cannot tell" else "finding.widest.open"
    text = words(key, gap=_gap(facts, widest), sure=sure, pairs=len(table))
    return Finding(text, facts.found(theme=widest["theme"]))
