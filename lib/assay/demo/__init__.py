"""Recipes become real small trainings, and these a store to explore."""

from assay.demo.making import DemoReport, make

__all__ = ["DemoReport", "make"]
