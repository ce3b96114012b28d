"""What the product costs, measured: each module here is one NAME of ``dev.py bench``; harness/ is what they share."""
