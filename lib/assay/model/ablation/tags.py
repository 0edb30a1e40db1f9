"""The tags by which the runs of one ablation study tell what it was made for."""

TAG = "assay.ablation"

STUDY_TAG = f"{TAG}.study"
"""The study's name."""

COMPONENTS_TAG = f"{TAG}.components"
"""SHA-256 of the components' names and values: runs of other values are another study's."""

HYPOTHESIS_TAG = f"{TAG}.hypothesis"
"""What the study is to show, as its plan has it; equal in all of its runs."""

QUESTION_TAG = f"{TAG}.question"
"""What the runs of one arm are to answer, as the plan has it."""
