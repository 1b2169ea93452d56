"""Completion in its steps: who is meant, what the sources say, how it stands, what is wanted, what is told.

`subjects`, `evaluating` and `wishes` think, `sources` and `wanting` ask and act; `rounds` is the order of it all.
"""
