"""Show an evaluation in the terminal: what was found, scores, differences, themes, costs; or all of it as JSON."""

import json
import math
from typing import TYPE_CHECKING, Any

from zhuti.reports.evaluation_facts import EvaluationFacts
from zhuti.reports.evaluation_tables import Shown, comparison_rows, cost_rows, score_rows, theme_rows
from zhuti.reports.plan_text import aligned
from zhuti.reports.words import Words
from zhuti.seeds import Codebook, read_codebook
from zhuti.seeds.codebook import Language

if TYPE_CHECKING:
    from zhuti.models import Evaluation


def render_evaluation(
    evaluation: "Evaluation", codebook: Codebook | None = None, *, as_json: bool = False, lang: Language = "zh"
) -> str:
    """Return an evaluation as lines of text, or all its tables but the predictions as JSON.

    Parameters
    ----------
    evaluation : Evaluation
    codebook : Codebook, optional
        Names of themes; by default those of the codebook that zhuti ships.
    as_json : bool
    lang : {'zh', 'en'}
    """
    if as_json:
        return _json(evaluation)
    facts = EvaluationFacts(evaluation, codebook or read_codebook(), Words(lang))
    head = "evaluation.head" if len(evaluation.folds) > 1 else "evaluation.head.model"
    lines = [facts.say(head, sentences=f"{len(facts.one):,}", documents=f"{facts.n_groups:,}")]
    lines += [*facts.notes(), "", *facts.findings(), "", *_table(score_rows(facts))]
    if not evaluation.comparisons.empty:
        lines += ["", f"{facts.words('evaluation.comparisons')}", *_table(comparison_rows(facts))]
    lines += ["", f"{facts.words('evaluation.per_theme')}  {facts.name(facts.best)}", *_table(theme_rows(facts))]
    if not evaluation.costs.empty:
        lines += ["", facts.words("evaluation.costs"), *_table(cost_rows(facts))]
    return "\n".join(lines)


def _table(shown: Shown) -> list[str]:
    return aligned([shown.headings, *shown.rows])


def _json(evaluation: "Evaluation") -> str:
    tables = {name: table.to_dict("records") for name, table in evaluation.tables().items() if name != "predictions"}
    found = {"groups": evaluation.groups, "level": evaluation.level, "best": evaluation.best, **tables}
    return json.dumps(_plain(found), ensure_ascii=False, indent=2, allow_nan=False)


def _plain(value: Any) -> Any:
    """Return a value as JSON knows it; NaN, which it does not know, as null."""
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float):
        return round(value, 6) if math.isfinite(value) else None
    return value
