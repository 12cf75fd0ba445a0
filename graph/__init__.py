"""From a `Report` to what it cites, and from many reports to a graph.  Pure: no files, no database."""
