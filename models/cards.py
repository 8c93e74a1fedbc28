"""The card of a model as text for a terminal."""

from collections.abc import Mapping
from typing import Any

from zhuti.models.training import TrainedModel


def _real(card: Mapping[str, Any]) -> list[str]:
    real = card.get("real") or {}
    if not real:
        return []
    scores = ", ".join(f"{name} {value:.3f}" for name, value in real["scores"].items())
    return [f"real text    {scores}", f"             on {real['n_sentences']} sentences of government work reports"]


def render_card(model: TrainedModel) -> str:
    """Return what a model learned from and how well it did, as lines of text."""
    card = model.card
    book = card["codebook"]
    lines = [
        f"classifier   {card['name']} (format {card['format']})",
        f"codebook     {book['id']} {book['version']}",
        f"trained on   {card['n_sentences']} sentences of {card['n_documents']} documents, {card['n_terms']} terms",
        "scores       " + ", ".join(f"{name} {value:.3f}" for name, value in card["scores"].items()),
        "             by cross-validation that splits no document, on sentences of whole documents",
        *_real(card),
        "versions     " + ", ".join(f"{name} {value}" for name, value in card["versions"].items()),
        "confusion    truth in rows, prediction in columns",
    ]
    width = max(len(theme) for theme in card["themes"])
    lines.append("  " + " " * width + "".join(f"{theme:>{width + 2}}" for theme in card["themes"]))
    for theme, row in zip(card["themes"], card["confusion"], strict=True):
        lines.append(f"  {theme:<{width}}" + "".join(f"{count:>{width + 2}}" for count in row))
    return "\n".join(lines)
