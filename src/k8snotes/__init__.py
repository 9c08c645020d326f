"""Turns Chinese course texts into searchable study notes, offline.

The packages are the stages of one flow, each named by its verb: read, parse, segment,
analyse, index, render, export. `pipeline` knows their order, `cli` calls `pipeline`.
"""

__version__ = "0.1.0"
