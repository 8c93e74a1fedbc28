"""Coded sentences in; comparisons, charts and pages out."""

from zhuti.reports.comparison import Comparison, compare
from zhuti.reports.terms import distinctive_terms

__all__ = ["Comparison", "compare", "distinctive_terms"]
