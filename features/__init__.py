"""Text in, sentences and vectors out: reading, splitting, tokens and features; no theme, no statistics."""

from zhuti.features.blocks import Block, CutWords, GramBlock, Tokens, WordBlock, learn_grams, learn_words, split_words
from zhuti.features.clauses import Clauses, split_clauses
from zhuti.features.collecting import (
    ReadSentences,
    list_files,
    read_batches,
    read_documents,
    read_files,
    read_sentences,
)
from zhuti.features.documents import Corpus, Document, Failure
from zhuti.features.encoding import decode
from zhuti.features.entries import Entries, build_rows
from zhuti.features.folders import Found, distinct_names, printable
from zhuti.features.grams import Characters, read_characters
from zhuti.features.metadata import check_metadata
from zhuti.features.ranges import TableRange, cut_table, read_range
from zhuti.features.sentences import Sentence, split_sentences
from zhuti.features.tables import read_table, require_columns
from zhuti.features.tables_out import write_table
from zhuti.features.terms import TermFinder
from zhuti.features.words import tokenize

__all__ = [
    "Block",
    "Characters",
    "Clauses",
    "Corpus",
    "CutWords",
    "Document",
    "Entries",
    "Failure",
    "Found",
    "GramBlock",
    "ReadSentences",
    "Sentence",
    "TableRange",
    "TermFinder",
    "Tokens",
    "WordBlock",
    "build_rows",
    "check_metadata",
    "cut_table",
    "decode",
    "distinct_names",
    "learn_grams",
    "learn_words",
    "list_files",
    "printable",
    "read_batches",
    "read_characters",
    "read_documents",
    "read_files",
    "read_range",
    "read_sentences",
    "read_table",
    "require_columns",
    "split_clauses",
    "split_sentences",
    "split_words",
    "tokenize",
    "write_table",
]
