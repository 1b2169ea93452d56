"""The built-in plugins; each room speaks to one outside service."""
