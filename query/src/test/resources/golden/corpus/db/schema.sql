-- One database per house.
CREATE TABLE sensor (
  serial    INTEGER PRIMARY KEY,
  kind      TEXT NOT NULL CHECK (kind IN ('soil', 'air', 'flow')),
  bed       TEXT,
  pair_key  BLOB NOT NULL
);

CREATE TABLE reading (
  sensor  INTEGER NOT NULL REFERENCES sensor (serial) ON DELETE CASCADE,
  at      INTEGER NOT NULL, -- seconds since 1970, UTC
  value   REAL NOT NULL,
  PRIMARY KEY (sensor, at)
) WITHOUT ROWID;

-- Readings older than 400 days are reduced to one per hour by a trigger at midnight.
CREATE TABLE run (
  bed      TEXT NOT NULL,
  started  INTEGER NOT NULL,
  seconds  INTEGER NOT NULL,
  litres   REAL,
  by_hand  INTEGER NOT NULL DEFAULT 0
);
