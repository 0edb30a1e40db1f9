"""Curves of several runs: the question, the answer, and what there is to say."""
