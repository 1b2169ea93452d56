"""Takes books out of the library again, and better editions in: undo, trash, upgrade."""
