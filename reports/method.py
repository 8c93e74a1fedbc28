"""Write the method and the limits of a run, so that a reviewer could repeat it and knows what it cannot show."""

from zhuti.reports.facts import ReportFacts, records
from zhuti.reports.findings import few_documents
from zhuti.reports.words import percent, points


def write_method(facts: ReportFacts) -> tuple[str, ...]:
    """Return the paragraphs on units, codebook, classifier, estimator and software."""
    words, comparison = facts.words, facts.comparison
    counts, coded = comparison.counts, facts.coded
    other = counts.drop(columns=["group", "in_shares", "without_theme"], errors="ignore").to_numpy().sum()
    units = words(
        "method.units",
        units=len(coded),
        documents=coded["document"].nunique() if "document" in coded else len(comparison.groups),
        in_shares=int(counts["in_shares"].sum()),
        without=int(counts["without_theme"].sum()),
        other=int(other),
        unit=words(f"unit.{facts.options.get('unit', 'sentence')}"),
    )
    book = facts.codebook
    codebook = words(
        "method.codebook",
        title=book.title.in_language(facts.lang),
        id=book.id,
        version=book.version,
        themes=len(book.theme_ids),
        subthemes=len(book.subtheme_ids),
        digest=book.digest[:12],
    )
    paragraphs = [units + codebook, _classifier(facts), _estimator(facts), _software(facts)]
    return tuple(filter(None, paragraphs))


def _classifier(facts: ReportFacts) -> str:
    card = facts.card
    if not card:
        return facts.words("method.coded")
    scores = card.get("scores", {})
    text = facts.words("method.classifier", name=card.get("name", ""), n=card.get("n_sentences", "?"))
    known = [
        facts.words(
            f"score.{name}", value=percent(float(scores[name]), 1) if name == "accuracy" else f"{scores[name]:.3f}"
        )
        for name in ("accuracy", "macro_f1", "kappa", "subtheme_accuracy", "expected_calibration_error")
        if isinstance(scores.get(name), int | float)
    ]
    if not known:
        return text
    text += facts.words("method.scores", scores=facts.words("list.comma").join(known))
    real = card.get("real") or {}
    if not real:
        return text + facts.words("method.sober")
    text += facts.words(
        "method.real",
        n=real["n_sentences"],
        accuracy=percent(float(real["scores"]["accuracy"]), 1),
        f1=f"{real['scores']['macro_f1']:.3f}",
    )
    return text + (facts.words("method.larger") if facts.comparison.method == "counted" else "")


def _estimator(facts: ReportFacts) -> str:
    words, comparison = facts.words, facts.comparison
    key = f"method.{comparison.method}"
    labels = int(comparison.shares.drop_duplicates("group")["labels"].sum()) if "labels" in comparison.shares else 0
    text = words(key if words.has(key) else "method.counted", level=facts.level, labels=labels)
    if comparison.method == "audited":
        text += _correction(facts) + _homogeneity(facts)
    return text + (words("method.differences", level=facts.level) if len(comparison.groups) > 1 else "")


def _correction(facts: ReportFacts) -> str:
    """Say how far labels move a share from plain counting; nothing where sentences weigh unequally."""
    shares = facts.comparison.shares
    if facts.comparison.weights != "sentence":
        return ""
    counted = shares["sentences"] / shares.groupby("group")["sentences"].transform("sum")
    return facts.words("method.correction", gap=points(float((shares["share"] - counted).abs().max()), 1))


def _homogeneity(facts: ReportFacts) -> str:
    words, table = facts.words, facts.comparison.homogeneity
    if table.empty or table["p_value"].isna().all():
        return ""
    rows = records(table[table["verdict"] == "differs"])
    if not rows:
        whole = float(table["p_value"].iloc[0])
        return words("method.homogeneity.same", by=facts.by, p=f"{whole:.2f}")
    names = [facts.label(row["theme"]) if row["theme"] else words("method.homogeneity.all") for row in rows]
    told = [
        words("method.homogeneity.one", theme=name, p=f"{row['p_value']:.3f}")
        for name, row in zip(names, rows, strict=True)
    ]
    return words("method.homogeneity.differs", by=facts.by, themes=words.listing(told))


def _software(facts: ReportFacts) -> str:
    listed = facts.words("list.comma").join(f"{name} {number}" for name, number in facts.versions.items())
    return facts.words("method.software", versions=listed) if listed else ""


def write_limits(facts: ReportFacts) -> tuple[str, ...]:
    """Return what the texts and the run cannot show."""
    words, comparison = facts.words, facts.comparison
    limits = [words("limit.attention"), words("limit.codebook")]
    if facts.card:
        limits.append(words("limit.coder"))
    if comparison.method == "counted":
        limits.append(words("limit.counted"))
    thin = [facts.group(g) for g in dict.fromkeys(comparison.shares.loc[comparison.shares["thin"], "group"])]
    if thin:
        limits.append(words("limit.thin", groups=words.listing(thin[:8]), n=len(thin)))
    if not comparison.without_copies.empty:
        moved = comparison.without_copies
        gap = (moved["share_without"] - moved["share"]).abs().max()
        limits.append(words("limit.copies", n=len(comparison.copies), gap=f"{gap * 100:.1f}"))
    if few_documents(facts):
        limits.append(words("limit.documents", by=facts.by))
    return tuple(limits)


def write_citation(facts: ReportFacts) -> str:
    """Return how to cite the software and the run."""
    book = facts.codebook
    return facts.words("cite.text", version=facts.versions.get("zhuti", ""), codebook=f"{book.id} {book.version}")
