"""Assay: is an experiment's result real, and may its model go to production?"""

__version__ = "0.2.0"
