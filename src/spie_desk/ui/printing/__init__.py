"""Blocks put on paper: words in the language spoken, pages, PDF, printer, and the tick-list before all of them."""
