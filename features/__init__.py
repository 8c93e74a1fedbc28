"""Text in, sentences and vectors out: reading, splitting, tokens and features; no theme, no statistics."""

from zhuti.features.blocks import Block, GramBlock, Tokens, WordBlock, learn_grams, learn_words, split_words
from zhuti.features.clauses import Clauses, split_clauses
from zhuti.features.documents import Corpus, Document, Failure
from zhuti.features.encoding import decode
from zhuti.features.entries import Entries
from zhuti.features.folders import Found, distinct_names, printable
from zhuti.features.reading import list_files, read_documents, read_files
from zhuti.features.sentences import Sentence, split_sentences
from zhuti.features.tables import read_table, require_columns
from zhuti.features.tables_out import write_table
from zhuti.features.terms import TermFinder
from zhuti.features.words import tokenize

__all__ = [
    "Block",
    "Clauses",
    "Corpus",
    "Document",
    "Entries",
    "Failure",
    "Found",
    "GramBlock",
    "Sentence",
    "TermFinder",
    "Tokens",
    "WordBlock",
    "decode",
    "distinct_names",
    "learn_grams",
    "learn_words",
    "list_files",
    "printable",
    "read_documents",
    "read_files",
    "read_table",
    "require_columns",
    "split_clauses",
    "split_sentences",
    "split_words",
    "tokenize",
    "write_table",
]
