"""Findings to text: for a terminal, a pipe, a program, a note."""
