"""Lessons to findings: salient sentences, themes, what readers said."""
