"""The Compare page, part by part: the question, the finding, its picture, what is behind it, taking it along."""
