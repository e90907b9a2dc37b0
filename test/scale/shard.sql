-- What every shard has of its own: the tables of every_aggregate.sql, without a row.
CREATE EXTENSION cxux;
\ir ../examples/every_aggregate.sql
TRUNCATE survey, events, journeys;

-- This server's part of every answer that merges: one row, for the second of two steps.
SELECT format('CREATE VIEW %I AS SELECT %s AS s FROM %I', part, call, source) FROM every_aggregate WHERE part IS NOT NULL \gexec
