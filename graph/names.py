"""Instruments named without a number."""
def find_named(report, folded, spans, taken):
    return ()
