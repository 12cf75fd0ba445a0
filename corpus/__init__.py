"""From a file to a `Report`: what a document says, and which lines say it."""
