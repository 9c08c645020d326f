"""Text to sentences and words: folding, boundaries, tokens, a lexicon of terms."""
