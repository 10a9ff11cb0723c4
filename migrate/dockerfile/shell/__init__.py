"""The text of a RUN → simple commands with exact spans, and how to take one out."""
