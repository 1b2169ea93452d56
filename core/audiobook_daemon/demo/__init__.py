"""A small world on loopback to try the daemon on: stand-ins for the services, a catalogue, and a broker."""
