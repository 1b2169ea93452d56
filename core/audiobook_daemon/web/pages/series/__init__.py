"""The pages about series and authors, and what is missing from them."""
