"""Notes to files: names, and writing that never loses a reader's word."""
