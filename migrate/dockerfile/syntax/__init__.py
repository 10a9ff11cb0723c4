"""The text of a Dockerfile → instructions with exact spans, and the words of each."""
