"""The mode in which a technician with a card and a PIN looks after the machine: nothing of a citizen is reachable."""
