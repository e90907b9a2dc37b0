-- Every stored form with the indexes of its type: summaries by touchpoint and day, journeys.
\ir ../examples/every_aggregate.sql
CREATE TYPE customer AS (name text, s nps_summary);
SELECT format('CREATE TABLE stored AS SELECT row_number() OVER (ORDER BY touchpoint, day)::int AS id, touchpoint, day, %s, array_agg(one_likert_summary) AS many, ROW(touchpoint, nps(answer))::customer AS one FROM survey GROUP BY touchpoint, day',
	string_agg(format('rollup(one_%1$s) AS %1$I', type), ', ' ORDER BY type)) FROM (SELECT DISTINCT type FROM builders) AS b \gexec
ALTER TABLE stored ADD PRIMARY KEY (id);
CREATE TABLE hashed AS TABLE stored;
SELECT format('CREATE INDEX %1$s_btree ON stored (%1$I); CREATE INDEX %1$s_hash ON hashed USING hash (%1$I);', type) FROM (SELECT DISTINCT type FROM builders) AS b \gexec
ALTER TABLE hashed ADD PRIMARY KEY (id);
ALTER TABLE journeys ADD COLUMN id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, ADD COLUMN steps step_pattern DEFAULT 'view > cart > pay within 1 day';
CREATE INDEX event_journey_btree ON journeys (j);
CREATE INDEX event_journey_gin ON journeys USING gin (j);
CREATE TABLE hashed_journeys AS TABLE journeys;
ALTER TABLE hashed_journeys ADD PRIMARY KEY (id);
CREATE INDEX event_journey_hash ON hashed_journeys USING hash (j);
CREATE MATERIALIZED VIEW daily AS SELECT day, nps(answer) AS s, timing(seconds, finished) AS t FROM survey GROUP BY day;
CREATE UNIQUE INDEX ON daily (day);
DROP TABLE visits CASCADE;
ANALYZE stored, hashed, journeys, hashed_journeys, daily;

-- The columns of the extension's types, which asked.sql asks for.
CREATE VIEW stored_types AS SELECT c.relname AS stored, a.attname AS column, a.atttypid::regtype AS type
FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid JOIN pg_depend AS d ON d.classid = 'pg_type'::regclass AND d.objid = a.atttypid AND d.deptype = 'e'
WHERE c.relname IN ('stored', 'hashed', 'journeys', 'hashed_journeys') AND a.attnum > 0
	AND EXISTS (SELECT FROM pg_type AS t WHERE t.oid = a.atttypid AND t.typcategory <> 'A');

\ir ../examples/plan_of.sql
-- The indexes that the plan of a query names
CREATE FUNCTION indexes_of(query text) RETURNS text LANGUAGE sql AS $$
	SELECT coalesce(string_agg(found[1], ' '), '') FROM regexp_matches(plan_of(query), 'Scan (?:using|on) (\w+_(?:btree|hash|gin))\M', 'g') AS found
$$;
