"""Show a plan in the terminal: how many labels where, how well shares will be known, what more labels would bring."""

from zhuti.reports.sampling import Plan
from zhuti.reports.words import Words, display_width, padded
from zhuti.seeds.codebook import Language

# Groups and steps that are shown one by one.
MOST_GROUPS, MOST_STEPS = 40, 12
# So many labels tell how far predictions err; they are worth a plan of their own where twice as many are needed.
FIRST_LABELS = 100


def render_plan(plan: Plan, *, lang: Language = "zh") -> str:
    """Return a plan as lines of text.

    Parameters
    ----------
    plan : Plan
    lang : {'zh', 'en'}
    """
    words = Words(lang)
    total, whole = int(plan.groups["sample"].sum()), int(plan.groups["sentences"].sum())
    head = words(
        "plan.head", labels=total, sentences=whole, width=_points(plan.half_width), level=f"{plan.level * 100:g}%"
    )
    rows: list[tuple[str, ...]] = [
        (words("plan.group"), words("plan.sentences"), words("plan.sample"), words("plan.width"))
    ]
    for row in plan.groups.head(MOST_GROUPS).to_dict("records"):
        rows.append((str(row["group"]), str(row["sentences"]), str(row["sample"]), _points(row["half_width"])))
    lines = [head, _basis(plan, total, words), "", *aligned(rows)]
    if len(plan.groups) > MOST_GROUPS:
        lines.append(words("plan.more", n=len(plan.groups) - MOST_GROUPS))
    steps = plan.gains if len(plan.gains) <= MOST_STEPS else plan.gains.iloc[:: -(-len(plan.gains) // MOST_STEPS)]
    gains: list[tuple[str, ...]] = [(words("plan.labels"), words("plan.width"), words("plan.gain"))]
    for step in steps.to_dict("records"):
        gain = "" if step["gain"] != step["gain"] else f"{step['gain'] * 100:.1f}"
        gains.append((str(step["labels"]), _points(step["half_width"]), gain))
    return "\n".join([*lines, "", words("plan.gains"), *aligned(gains)])


def _basis(plan: Plan, total: int, words: Words) -> str:
    if plan.labels:
        return words("plan.measured", n=plan.labels)
    claimed = words("plan.claimed")
    return claimed if total < 2 * FIRST_LABELS else f"{claimed} {words('plan.first', n=FIRST_LABELS)}"


def _points(width: float) -> str:
    return f"±{width * 100:.1f}"


def aligned(rows: list[tuple[str, ...]]) -> list[str]:
    """Set rows of cells in columns, the first to the left, the others to the right.

    >>> aligned([("组", "句数"), ("张店区", "7")])
    ['组      句数', '张店区     7']
    """
    widths = [max(display_width(row[k]) for row in rows) for k in range(len(rows[0]))]
    return [
        "  ".join(padded(cell, width, right=k > 0) for k, (cell, width) in enumerate(zip(row, widths, strict=True)))
        for row in rows
    ]
