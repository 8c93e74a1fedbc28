"""Sentences in, themes out: the classifiers, their training and their files."""
