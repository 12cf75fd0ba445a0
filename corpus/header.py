"""What a document says of itself: type, number, issuer, place and date, subject, period, addressee, signer."""

import re
from collections.abc import Iterator

from corpus.dates import DATE, parse_date
from corpus.folding import fold
from corpus.header_issuer import closing_body, compose, issuer_line, letterhead_bodies, opening_body
from corpus.header_lines import NUMBER, PLACE_AND_DATE, Title, find_title, open_head, type_of_symbol
from corpus.header_places import Places, find_unit, own_kind, places_around
from corpus.model import Header
from corpus.sentences import blocks
from corpus.signature import Signature, read_signature
from corpus.units import body_level, expand_body, find_bodies, parse_unit, place_of, resolve_body
