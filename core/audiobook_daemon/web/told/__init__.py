"""How things are told over HTTP: the answers that several operations have in common, made of the daemon's values."""
