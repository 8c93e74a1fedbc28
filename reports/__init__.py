"""Coded sentences in; comparisons, charts and pages out."""

from zhuti.reports.agreement import Agreement, agreement
from zhuti.reports.agreement_text import read_codings, render_agreement, write_agreement
from zhuti.reports.audit import Audit, read_audit
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
from zhuti.reports.copies import copied_sentences, shares_without_copies
from zhuti.reports.cross_fitting import cross_fitted
from zhuti.reports.drawing_lots import choose_for_training, draw_sample
from zhuti.reports.evaluation import write_evaluation
from zhuti.reports.evaluation_text import render_evaluation
from zhuti.reports.facts import ReportFacts
from zhuti.reports.fonts import drawing
from zhuti.reports.from_parts import PartsComparison, compare_parts
from zhuti.reports.mixture import split_differences
from zhuti.reports.plan_text import render_plan
from zhuti.reports.run import ReportResult, report
from zhuti.reports.sample_files import copy_path, write_sample
from zhuti.reports.sampling import Plan, plan_sample
from zhuti.reports.target_tables import count_targets
from zhuti.reports.targets import Target, find_targets, targets_of
from zhuti.reports.term_coding import code_by_terms
from zhuti.reports.terms import distinctive_terms
from zhuti.reports.writing import gather_facts, render_report, write_report

__all__ = [
    "Agreement",
    "Audit",
    "Comparison",
    "PartsComparison",
    "Plan",
    "ReportFacts",
    "ReportResult",
    "Target",
    "agreement",
    "choose_for_training",
    "code_by_terms",
    "compare",
    "compare_parts",
    "copied_sentences",
    "copy_path",
    "count_targets",
    "cross_fitted",
    "distinctive_terms",
    "draw_differences",
    "draw_ranks",
    "draw_sample",
    "draw_shares",
    "draw_similarity",
    "draw_strips",
    "draw_subthemes",
    "draw_terms",
    "draw_years",
    "drawing",
    "find_targets",
    "gather_facts",
    "plan_sample",
    "read_audit",
    "read_codings",
    "render_agreement",
    "render_charts",
    "render_evaluation",
    "render_plan",
    "render_report",
    "report",
    "shares_without_copies",
    "split_differences",
    "targets_of",
    "write_agreement",
    "write_evaluation",
    "write_report",
    "write_sample",
]
