"""What every fitted classifier gives of a batch of sentences, and what it is asked for."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from zhuti.models.calibration import Scaling
from zhuti.models.sentences import Sentences

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Coded:
    """Probabilities of a batch of sentences.

    Attributes
    ----------
    subthemes : array, shape (n_sentences, n_subthemes)
    themes : array, shape (n_sentences, n_themes)
        Sums of the subthemes' probabilities.
    naming : array, shape (n_sentences, n_themes), or what returns it
    """

    subthemes: Doubles
    themes: Doubles
    naming: Doubles | Callable[[], Doubles]

    @cached_property
    def named(self) -> Doubles:
        """Part of the text, in characters, that speaks of each theme, worked out when it is first asked for.

        An array of shape (n_sentences, n_themes); the themes' probabilities where the classifier cannot tell.
        """
        return self.naming() if callable(self.naming) else self.naming


@dataclass(frozen=True)
class Levels:
    """The two levels of codes, and the rules that turn probabilities into labels.

    Attributes
    ----------
    classes, subclasses : tuple of str
        Themes and subthemes, sorted.
    parents : array of int, shape (n_subthemes,)
        Number of the theme of each subtheme.
    other : str
        The theme that is never a second one.
    scaling : Scaling
        Of the themes' probabilities.
    threshold : float
        A second theme is given where at least this part of the text speaks of it.
    """

    classes: tuple[str, ...]
    subclasses: tuple[str, ...]
    parents: Integers
    other: str = ""
    scaling: Scaling = field(default_factory=lambda: Scaling(1.0))
    threshold: float = 0.25

    @property
    def membership(self) -> Doubles:
        """Ones where a subtheme (row) belongs to a theme (column)."""
        return np.eye(len(self.classes))[self.parents]

    def scale(self, subthemes: Doubles, named: Doubles | Callable[[], Doubles] | None = None) -> Coded:
        """Return the scaled probabilities of themes, and those of the subthemes to match."""
        subthemes = np.maximum(subthemes, 1e-12)
        alone = subthemes @ self.membership
        themes = self.scaling.apply(alone)
        scaled = subthemes * (themes / alone)[:, self.parents]
        return Coded(scaled, themes, themes if named is None else named)

    def best(self, coded: Coded) -> tuple[Integers, Integers]:
        """Return the number of the likeliest theme, and of the likeliest subtheme within it."""
        theme = coded.themes.argmax(axis=1)
        return theme, np.where(self.parents == theme[:, None], coded.subthemes, -1).argmax(axis=1)

    def second(self, coded: Coded) -> list[str]:
        """Return the theme most spoken of beside the first, '' where it is below the threshold; never `other`."""
        rest = coded.named.copy()
        rest[np.arange(len(rest)), coded.themes.argmax(axis=1)] = -1
        if self.other in self.classes:
            rest[:, self.classes.index(self.other)] = -1
        best = rest.argmax(axis=1)
        named = rest[np.arange(len(rest)), best] >= self.threshold
        pairs = zip(best.tolist(), named.tolist(), strict=True)
        return [self.classes[place] if known else "" for place, known in pairs]

    def state(self) -> dict[str, Any]:
        """Return the content as arrays and texts, for a file."""
        return {
            "classes": "\n".join(self.classes),
            "subclasses": "\n".join(self.subclasses),
            "parents": self.parents,
            "other": self.other,
            "temperature": self.scaling.temperature,
            "threshold": self.threshold,
        }

    @classmethod
    def from_state(cls, state: Any) -> Self:
        """Return the levels whose `state` this is."""
        return cls(
            read_lines(state["classes"]),
            read_lines(state["subclasses"]),
            np.asarray(state["parents"]),
            str(state["other"]),
            Scaling(float(state["temperature"])),
            float(state["threshold"]),
        )


class Coder(Protocol):
    """A fitted classifier as plain data: what model files hold, and what codes sentences."""

    @property
    def levels(self) -> Levels:
        """Themes, subthemes and the rules for labels."""

    def code(self, sentences: Sentences) -> Coded:
        """Return the probabilities of subthemes and themes."""

    def state(self) -> dict[str, Any]:
        """Return the content as arrays and texts, for a file."""


def read_lines(text: Any) -> tuple[str, ...]:
    """Return the lines of a text that was joined with line breaks."""
    return tuple(str(text).split("\n")) if str(text) else ()
