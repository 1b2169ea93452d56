"""The pages about the books one owns."""
