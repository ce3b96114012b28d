"""What goes on paper: records turned into blocks, each of which can be left out before printing."""
