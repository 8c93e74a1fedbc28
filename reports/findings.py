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


def write_unknowns(facts: ReportFacts) -> str:
    """Say in a short paragraph what the numbers at the head of a report do not tell."""
    words, comparison = facts.words, facts.comparison
    parts = []
    if len(comparison.groups) > 2 and not comparison.differences.empty:
        open_ = int((comparison.differences["verdict"] == "cannot tell").sum())
        pairs = len(comparison.differences)
        parts.append(words("unknown.pairs.all" if open_ == pairs else "unknown.pairs", pairs=pairs, open=open_))
    parts.append(words("unknown.attention"))
    if comparison.method == "counted":
        parts.append(words("unknown.counted", by=facts.by))
    if few_documents(facts) and len(comparison.groups) > 1:
        parts.append(words("unknown.documents", by=facts.by))
    return "".join(parts).rstrip()


def few_documents(facts: ReportFacts) -> bool:
    """Tell whether there are at most two documents a group."""
    return "document" in facts.coded and facts.coded["document"].nunique() <= 2 * len(facts.comparison.groups)


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
    found = facts.found(group, first["theme"])
    change = _change(facts, group)
    if change:
        return Finding(one, found), change
    rivals = [facts.label(row["theme"]) for row in rows[1:-1] if _tied(row, last)]
    two = words(
        "finding.order.tied" if rivals else "finding.order",
        rivals=words.listing(rivals),
        second=facts.label(second["theme"]),
        share=_share(facts, second),
        last=facts.label(last["theme"]),
        least=_share(facts, last),
    )
    return Finding(one, found), Finding(two, facts.found(group, second["theme"]))


def _change(facts: ReportFacts, group: str) -> Finding | None:
    """Say what changed from a group's first year to its last; nothing without years."""
    table, words = facts.comparison.changes, facts.words
    table = table[table["group"] == group] if len(table) else table
    if table.empty:
        return None
    first, last = int(table["year_a"].min()), int(table["year_b"].max())
    rows = records(table[(table["year_a"] == first) & (table["year_b"] == last)])
    rows = sorted(rows, key=lambda row: -abs(float(row["difference"])))
    if not rows:
        return None
    sure = [row for row in rows if row["verdict"] != "cannot tell"]
    years = {"year_a": first, "year_b": last}
    found = facts.found(group, (sure or rows)[0]["theme"])
    if not sure:
        row = rows[0]
        gap, interval = points(row["difference"]), points_range(row["low"], row["high"])
        said = words("finding.change.open", **years, theme=facts.label(row["theme"]), gap=gap, interval=interval)
        return Finding(said, found)
    changes = []
    for row in sure:
        low, high = sorted((abs(row["low"]), abs(row["high"])))
        values = {"gap": points(abs(row["difference"])), "interval": points_range(low, high, _digits(low))}
        key = "finding.change.up" if row["difference"] > 0 else "finding.change.down"
        changes.append(words(key, theme=facts.label(row["theme"]), **values))
    rest = words("finding.change.rest") if len(sure) < len(rows) else ""
    return Finding(words("finding.change", **years, changes=words.listing(changes), rest=rest), found)


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
    tied = 0
    for group in facts.comparison.groups:
        rows = _rows(facts, group)
        if rows:
            firsts.setdefault(rows[0]["theme"], []).append(group)
            tied += len(rows) > 1 and _tied(rows[0], rows[1])
    unsure = words("finding.count.tied", n=tied) if tied else ""
    order = sorted(firsts, key=lambda theme: -len(firsts[theme]))
    if len(order) == 1 and len(firsts[order[0]]) == len(facts.comparison.groups):
        values = {"n": len(facts.comparison.groups), "by": facts.by, "theme": facts.label(order[0])}
        return Finding(words("finding.all", unsure=unsure, **values), facts.found(theme=order[0]))
    parts = []
    for theme in order:
        key = "finding.count.one" if len(firsts[theme]) == 1 else "finding.count"
        named = _named(facts, firsts[theme])
        parts.append(words(key, theme=facts.label(theme), n=len(firsts[theme]), names=named))
    total = words("finding.total", n=len(facts.comparison.groups), by=facts.by)
    text = total + words("list.semicolon").join(parts) + unsure + words("stop").rstrip()
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
    key = key if sure else "finding.widest.none"
    text = words(key, gap=_gap(facts, widest), sure=sure, pairs=len(table))
    return Finding(text, facts.found(theme=widest["theme"]))
