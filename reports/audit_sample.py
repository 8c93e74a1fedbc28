"""Sentences labelled by hand, as numbers."""

from dataclasses import dataclass

from zhuti.reports.sums import Floats, Ints


@dataclass(frozen=True)
class AuditSample:
    """Sentences labelled by hand, chosen by chance.

    Attributes
    ----------
    group, label : int arrays of shape (n_labels,)
        Group and true theme.
    probability : array of shape (n_labels, n_themes)
        Predicted by a model that did not learn from the sentence's document.
    inclusion : array of shape (n_labels,)
        Probability with which each was chosen, over 0 and up to 1.
    weight : array of shape (n_labels,)
        How much the sentence counts: 1, its length, or one over the sentences of its document.
    code : int array of shape (n_labels,), optional
        Theme that was predicted, where it may be another than the most probable one.
    """

    group: Ints
    label: Ints
    probability: Floats
    inclusion: Floats
    weight: Floats
    code: Ints | None = None

    @property
    def predicted(self) -> Ints:
        """Predicted theme of each sentence."""
        return self.probability.argmax(axis=1) if self.code is None else self.code
