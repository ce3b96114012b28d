"""What helps to write in any long text: phrases, abbreviations, spelling."""
