"""Recipes become real small trainings, and these a store to explore."""

from assay.demo.maker import DemoReport, make

__all__ = ["DemoReport", "make"]
