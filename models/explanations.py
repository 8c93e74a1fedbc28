"""Say why a sentence got a theme: words, neighbours, heading and sequence, adding up to the decision."""

from typing import TYPE_CHECKING

import numpy as np

from zhuti.errors import ModelError
from zhuti.models.context import ContextCoder, Reading
from zhuti.models.evidence import contrast, sum_by_row, weigh_pieces
from zhuti.models.sentences import gather_sentences
from zhuti.models.shipped import default_model
from zhuti.models.training import TrainedModel

if TYPE_CHECKING:
    import pandas as pd

    from zhuti.models.coder import Doubles, Integers


def explain(
    sentences: "pd.DataFrame", model: TrainedModel | None = None, *, theme: str | list[str] | None = None
) -> "pd.DataFrame":
    """Explain the theme of each sentence by additive weights.

    Parameters
    ----------
    sentences : DataFrame
        With a column `text`, and `document` and `heading` where they are known: whole documents, since
        neighbours count.
    model : TrainedModel, optional
        By default `default_model()`.
    theme : str or list of str, optional
        The theme to explain, one for all or one a sentence; by default the likeliest of each sentence.

    Returns
    -------
    DataFrame
        One row a piece: `row` (place in the table), `theme`, `kind` (word, base, neighbours, heading, sequence),
        `piece` (the text of a word), `start`, `end` (its characters; −1 where there are none), `weight`. The
        weights of a sentence add up to the log odds of the theme, log(p / (1 − p)), exactly.

    Raises
    ------
    ModelError
        When the model is none of the kind whose decisions can be taken apart, or does not know the theme.

    Notes
    -----
    `base` is what the theme has before anything is read; `sequence` is what the codes of the other sentences
    and the scaling of probabilities add.

    Examples
    --------
    >>> import pandas as pd
    >>> from zhuti.models import train
    >>> labels = pd.DataFrame({
    ...     "document": list("abcd"), "text": ["新建小学。", "新建中学。", "引进项目。", "签约项目。"],
    ...     "theme": ["livelihood", "livelihood", "industry", "industry"], "heading": "", "kind": "sentence",
    ...     "subtheme": ["education", "education", "investment", "investment"], "secondary": "",
    ... })
    >>> pieces = explain(pd.DataFrame({"text": ["改建小学。"]}), train(labels))
    >>> pieces.loc[pieces["weight"].idxmax(), "piece"]
    '小学'
    """
    model = model or default_model()
    coder = model.coder
    if not isinstance(coder, ContextCoder):
        raise ModelError(f"the classifier {model.card['name']!r} cannot be taken apart; train one called context")
    reading = coder.read(gather_sentences(sentences))
    chosen = _choose(coder, reading, theme)
    return explain_reading(coder, reading, sentences["text"].tolist(), chosen)


def _choose(coder: ContextCoder, reading: Reading, theme: str | list[str] | None) -> "Integers":
    n = len(reading.coded.themes)
    if theme is None:
        best: Integers = reading.coded.themes.argmax(axis=1)
        return best
    names = [theme] * n if isinstance(theme, str) else list(theme)
    unknown = sorted(set(names) - set(coder.levels.classes))
    if unknown or len(names) != n:
        known = ", ".join(coder.levels.classes)
        raise ModelError(f"theme {', '.join(unknown) or names!r}: give one of {known}, one for all or one a sentence")
    return np.array([coder.levels.classes.index(name) for name in names], dtype=np.int64)


def explain_reading(coder: ContextCoder, reading: Reading, texts: list[str], theme: "Integers") -> "pd.DataFrame":
    """Return the pieces of sentences that are read already; see `explain`."""
    import pandas as pd

    n, shares = len(texts), contrast(coder, reading, theme)
    words = weigh_pieces(coder, reading, shares)
    parts: dict[str, Doubles] = {
        "base": shares @ coder.bias.astype(float),
        "neighbours": (shares * reading.near).sum(axis=1),
        "heading": (shares * reading.heading[:, coder.levels.parents]).sum(axis=1),
    }
    probability = np.clip(reading.coded.themes[np.arange(n), theme], 1e-12, 1 - 1e-12)
    decision = np.log(probability) - np.log1p(-probability)
    parts["sequence"] = decision - sum_by_row(words, n) - sum(parts.values())
    pieces = [texts[r][s:e] for r, s, e in zip(words.rows, words.starts, words.ends, strict=True)]
    table = pd.DataFrame(
        {"row": words.rows, "kind": "word", "piece": pieces, "start": words.starts, "end": words.ends}
    ).assign(weight=words.weights)
    other = [
        pd.DataFrame({"row": np.arange(n), "kind": kind, "piece": "", "start": -1, "end": -1, "weight": weight})
        for kind, weight in parts.items()
    ]
    table = pd.concat([table, *other], ignore_index=True)
    table.insert(1, "theme", np.array(coder.levels.classes, dtype=object)[theme][table["row"].to_numpy()])
    return table.sort_values("row", kind="stable", ignore_index=True)
