"""Files to sources: which files are course texts, and what their bytes say."""
