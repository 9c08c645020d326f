"""The values that cross stage borders: frozen, keyword-only, made of tuples."""
