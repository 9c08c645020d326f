"""Lessons to courses: which belong together, in which order, which are one, and what is missing."""
