"""How the metadata of owned books is corrected: asked for, weighed, written, settled after a crash, and taken back."""
