"""Finding passages again."""
