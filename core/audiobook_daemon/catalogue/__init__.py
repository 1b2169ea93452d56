"""Pure thinking about the books one owns: what is known, who said it, what is missing, what is double."""
