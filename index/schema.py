"""The tables of the SQLite catalog."""

VERSION = 3
"""Raised with every change of the tables; `index.sqlite_migration` brings an older catalog to it."""

SCHEMA = """
-- What is asked of many reports stands before what is long: SQLite reads a row from its beginning.
CREATE TABLE report (
  id TEXT PRIMARY KEY,
  file TEXT NOT NULL,
  number TEXT, issuer TEXT, unit TEXT, parent TEXT, province TEXT, level TEXT,
  type TEXT, date TEXT, year INTEGER, title TEXT,
  reading INTEGER NOT NULL, -- of which graph.model.READING_VERSION
  extractor TEXT NOT NULL,
  warnings TEXT NOT NULL,
  header TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;
-- All that is read to tell whose the reports are, without the pages of their texts.
CREATE INDEX report_owner ON report (id, unit, parent, province, issuer);

-- Texts made ready for search, by what segmented them (index.words.VERSION): derived, but slow to make again.
CREATE TABLE prepared (
  report TEXT PRIMARY KEY REFERENCES report (id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  marked BLOB NOT NULL -- UTF-8, zlib
) STRICT;

-- Which folder holds the full-text index.
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE file (
  path TEXT PRIMARY KEY,
  hash TEXT NOT NULL,
  size INTEGER NOT NULL,
  mtime_ns INTEGER NOT NULL,
  report TEXT NOT NULL REFERENCES report (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX file_report ON file (report);

CREATE TABLE failure (path TEXT PRIMARY KEY, error TEXT NOT NULL, since TEXT NOT NULL) STRICT;

-- What reports say of a document, each way once (graph.votes.Ballot); without `entry` its votes are settled apart.
CREATE TABLE ballot (
  key INTEGER PRIMARY KEY,
  bucket TEXT NOT NULL,
  said TEXT NOT NULL,
  count INTEGER NOT NULL,
  entry TEXT
) STRICT;
CREATE INDEX ballot_bucket ON ballot (bucket);

-- A document as one report knows it: one vote of the registry.
CREATE TABLE vote (
  report TEXT NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  n INTEGER NOT NULL,
  own INTEGER NOT NULL,
  ballot INTEGER NOT NULL REFERENCES ballot (key) DEFERRABLE INITIALLY DEFERRED,
  entry TEXT REFERENCES entry (id) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (report, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX vote_ballot ON vote (ballot);
CREATE INDEX vote_entry ON vote (entry);

-- A document of the registry, settled from the votes of its bucket.
CREATE TABLE entry (
  id TEXT PRIMARY KEY,
  bucket TEXT NOT NULL,
  key_type TEXT, key_number TEXT, key_year INTEGER, key_symbol TEXT, key_name TEXT,
  type TEXT, canonical TEXT NOT NULL, date TEXT, issuer TEXT, title TEXT, level TEXT,
  dates TEXT NOT NULL, candidates TEXT NOT NULL, report TEXT
) STRICT;
CREATE INDEX entry_bucket ON entry (bucket);
CREATE INDEX entry_number ON entry (key_number);
CREATE INDEX entry_canonical ON entry (canonical);
CREATE INDEX entry_name ON entry (key_name);

CREATE TABLE citation (
  report TEXT NOT NULL,
  n INTEGER NOT NULL,
  start INTEGER NOT NULL, "end" INTEGER NOT NULL, line INTEGER NOT NULL,
  text TEXT NOT NULL, relation TEXT NOT NULL, locator TEXT, sentence TEXT NOT NULL,
  confidence REAL NOT NULL, short_form INTEGER NOT NULL,
  PRIMARY KEY (report, n, start),
  FOREIGN KEY (report, n) REFERENCES vote (report, n) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE link (
  report TEXT NOT NULL,
  source INTEGER NOT NULL, target INTEGER NOT NULL,
  relation TEXT NOT NULL, line INTEGER NOT NULL, sentence TEXT NOT NULL,
  PRIMARY KEY (report, source, target, relation),
  FOREIGN KEY (report, source) REFERENCES vote (report, n) ON DELETE CASCADE,
  FOREIGN KEY (report, target) REFERENCES vote (report, n) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX link_target ON link (report, target);

-- What a sentence says was done because of what it cites: a JSON list of its clauses.
CREATE TABLE action (
  report TEXT NOT NULL,
  n INTEGER NOT NULL,
  start INTEGER NOT NULL,
  clauses TEXT NOT NULL,
  PRIMARY KEY (report, n, start),
  FOREIGN KEY (report, n, start) REFERENCES citation (report, n, start) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- What a report says of units that became others.
CREATE TABLE succession (
  report TEXT NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  n INTEGER NOT NULL,
  before TEXT NOT NULL, before_parent TEXT, after TEXT NOT NULL, day TEXT,
  line INTEGER NOT NULL, sentence TEXT NOT NULL,
  PRIMARY KEY (report, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX succession_before ON succession (before);
CREATE INDEX succession_after ON succession (after);

-- What persons have set right (graph.corrections.Correction); it refers to nothing, for it outlives what it is about.
CREATE TABLE correction (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL, made TEXT NOT NULL, value TEXT,
  report TEXT, file TEXT,
  known INTEGER NOT NULL, -- has its report been here?  then its file is one of this library
  instrument TEXT, line INTEGER, sentence TEXT, nth INTEGER, date TEXT, issuer TEXT,
  parent TEXT, province TEXT, note TEXT
) STRICT;

-- Which corrections a report was read with, and which of them found what they are about.
CREATE TABLE laid (
  report TEXT NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  correction INTEGER NOT NULL,
  found INTEGER NOT NULL,
  PRIMARY KEY (report, correction)
) STRICT, WITHOUT ROWID;

-- Documents that a person has joined to another, which has their votes; it is found by their numbers and names too.
CREATE TABLE joined (
  id TEXT PRIMARY KEY,
  bucket TEXT NOT NULL,
  key_type TEXT, key_number TEXT, key_year INTEGER, key_symbol TEXT, key_name TEXT, canonical TEXT NOT NULL,
  entry TEXT NOT NULL REFERENCES entry (id) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX joined_bucket ON joined (bucket);
CREATE INDEX joined_entry ON joined (entry);

-- Reports of which the full-text index knows what held before a correction.
CREATE TABLE unindexed (report TEXT PRIMARY KEY REFERENCES report (id) ON DELETE CASCADE) STRICT, WITHOUT ROWID;
"""
