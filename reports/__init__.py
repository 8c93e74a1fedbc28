"""Coded sentences in; comparisons, charts and pages out."""

from zhuti.reports.charts import render_charts
from zhuti.reports.charts_differences import draw_differences
from zhuti.reports.charts_ranks import draw_ranks
from zhuti.reports.charts_shares import draw_shares
from zhuti.reports.charts_similarity import draw_similarity
from zhuti.reports.charts_strips import draw_strips
from zhuti.reports.charts_subthemes import draw_subthemes
from zhuti.reports.charts_terms import draw_terms
from zhuti.reports.charts_years import draw_years
from zhuti.reports.comparison import Comparison, compare
from zhuti.reports.evaluation import write_evaluation
from zhuti.reports.facts import ReportFacts
from zhuti.reports.fonts import drawing
from zhuti.reports.run import ReportResult, report
from zhuti.reports.terms import distinctive_terms
from zhuti.reports.writing import gather_facts, render_report, write_report

__all__ = [
    "Comparison",
    "ReportFacts",
    "ReportResult",
    "compare",
    "distinctive_terms",
    "draw_differences",
    "draw_ranks",
    "draw_shares",
    "draw_similarity",
    "draw_strips",
    "draw_subthemes",
    "draw_terms",
    "draw_years",
    "drawing",
    "gather_facts",
    "render_charts",
    "render_report",
    "report",
    "write_evaluation",
    "write_report",
]
