-- Exact and order-free: however the rows are split, and in whatever order the parts are merged,
-- the bytes are those of one count over all rows.
BEGIN;
SELECT plan(58);
SELECT setseed(0.7) IS NULL AS ignored \gset

CREATE TABLE answers AS
SELECT i AS id,
	CASE WHEN random() > 0.1 THEN floor(random() * 11)::int END AS answer,
	CASE WHEN random() > 0.1 THEN random() > 0.3 END AS done,
	CASE floor(random() * 8)::int WHEN 0 THEN 0 WHEN 1 THEN 0.001 WHEN 2 THEN 1000000 WHEN 3 THEN 1 WHEN 4 THEN 0.333333 ELSE round((random() * 3 + 0.001)::numeric, 6) END::float8 AS weight,
	floor(random() * 4)::int AS worker
FROM generate_series(1, 5000) AS i;

-- A way to split gives each row a part.
\ir examples/splits.sql
SELECT splits(what, type, 'answers', key, CASE type WHEN 'nps_summary' THEN '{"promoters": 0, "passives": 0, "detractors": 0}' WHEN 'likert_summary' THEN '{}' ELSE '{"successes": 0, "failures": 0, "undecided": 0}' END)
FROM (VALUES ('nps(answer::smallint)', 'nps_summary'), ('nps(answer)', 'nps_summary'), ('nps(answer::float8)', 'nps_summary'), ('nps(answer, weight)', 'nps_summary'), ('nps(answer, 1)', 'nps_summary'),
		('likert(answer::smallint, 0, 10)', 'likert_summary'), ('likert(answer, 0, 10)', 'likert_summary'), ('likert(answer::float8, 0, 10)', 'likert_summary'), ('likert(answer, 0, 10, weight)', 'likert_summary'),
		('rate(done)', 'rate_summary'), ('rate(done, weight)', 'rate_summary')) AS v(what, type),
	unnest('{id / 700,worker,hashint4(id) % 5,id}'::text[]) AS key;

-- Two levels of parts, merged by the operator one after another
SELECT chained(what, type, 'answers', 'id % 50') FROM (VALUES ('nps(answer, weight)', 'nps_summary'), ('likert(answer, 0, 10, weight)', 'likert_summary'), ('rate(done, weight)', 'rate_summary')) AS v(what, type);

-- Merging is associative and commutative, subtracting undoes it: on parts of every kind, empty,
-- unweighted, weighted, and weighted where what is left is not
CREATE TABLE parts AS
SELECT row_number() OVER () AS i, nps(answer, w) AS nps, likert(answer, 0, 10, w) AS likert, rate(done, w) AS rate
FROM (SELECT id % 7 AS k, answer, done, CASE WHEN id % 7 < 4 THEN weight ELSE 1 END AS w FROM answers WHERE answer IS NOT NULL) AS s GROUP BY k;
INSERT INTO parts VALUES (8, '{"promoters": 0, "passives": 0, "detractors": 0}', '{"low": 0, "high": 10, "counts": [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]}', '{"successes": 0, "failures": 0, "undecided": 0}');
SELECT is((SELECT count(*)::int FROM parts AS a, parts AS b WHERE nps_summary_send(a.nps + b.nps) <> nps_summary_send(b.nps + a.nps) OR likert_summary_send(a.likert + b.likert) <> likert_summary_send(b.likert + a.likert) OR rate_summary_send(a.rate + b.rate) <> rate_summary_send(b.rate + a.rate)), 0, 'a + b is b + a');
SELECT is((SELECT count(*)::int FROM parts AS a, parts AS b, parts AS c WHERE nps_summary_send(a.nps + b.nps + c.nps) <> nps_summary_send(a.nps + (b.nps + c.nps)) OR likert_summary_send(a.likert + b.likert + c.likert) <> likert_summary_send(a.likert + (b.likert + c.likert)) OR rate_summary_send(a.rate + b.rate + c.rate) <> rate_summary_send(a.rate + (b.rate + c.rate))), 0, '(a + b) + c is a + (b + c)');
SELECT is((SELECT count(*)::int FROM parts AS a, parts AS b WHERE nps_summary_send(a.nps + b.nps - b.nps) <> nps_summary_send(a.nps) OR likert_summary_send(a.likert + b.likert - b.likert) <> likert_summary_send(a.likert) OR rate_summary_send(a.rate + b.rate - b.rate) <> rate_summary_send(a.rate)), 0, '(a + b) - b is a');
SELECT is((SELECT count(*)::int FROM parts AS a, parts AS b WHERE NOT (a.nps + b.nps - b.nps = a.nps AND nps_summary_hash(a.nps + b.nps - b.nps) = nps_summary_hash(a.nps) AND a.likert + b.likert - b.likert = a.likert AND likert_summary_hash(a.likert + b.likert - b.likert) = likert_summary_hash(a.likert)
	AND a.rate + b.rate - b.rate = a.rate AND rate_summary_hash(a.rate + b.rate - b.rate) = rate_summary_hash(a.rate))), 0, 'equal values have equal hashes, whatever their history');
SELECT is((SELECT count(*)::int FROM parts AS a, parts AS b WHERE NOT (pg_column_size(a.likert + b.likert - b.likert) = pg_column_size(a.likert) AND record_image_eq(ROW(a.nps + b.nps - b.nps, a.likert + b.likert - b.likert, a.rate + b.rate - b.rate), ROW(a.nps, a.likert, a.rate)))), 0, 'equal values have equal stored bytes, whatever their history');

-- Summaries of no answers, of different kinds: any order of merging gives the same
CREATE TABLE nobody (nps nps_summary, likert likert_summary);
INSERT INTO nobody VALUES (nps_summary(0, 0, 0), '{}'), (net(likert_summary(1, '{0,0,0}'), 1), likert_summary(1, '{0,0,0}')), (net(likert_summary(1, '{0,0,0,0}'), 1), likert_summary(1, '{0,0,0,0}')), (net(likert_summary(1, '{0,0,0,0}'), 2), likert_summary(0, '{0,0}'));
SELECT is((SELECT count(*)::int FROM nobody AS a, nobody AS b, nobody AS c WHERE nps_summary_send(a.nps + b.nps + c.nps) <> nps_summary_send(a.nps + (b.nps + c.nps))), 0, 'NPS of nobody: (a + b) + c is a + (b + c)');
SELECT is((SELECT count(*)::int FROM nobody AS a, nobody AS b, nobody AS c WHERE likert_summary_send(a.likert + b.likert + c.likert) <> likert_summary_send(a.likert + (b.likert + c.likert))), 0, 'scale of nobody: (a + b) + c is a + (b + c)');
SELECT is((SELECT count(*)::int FROM nobody AS a, nobody AS b WHERE nps_summary_send(a.nps + b.nps) <> nps_summary_send(b.nps + a.nps) OR likert_summary_send(a.likert + b.likert) <> likert_summary_send(b.likert + a.likert)), 0, 'of nobody: a + b is b + a');

-- Text form and the casts to JSON keep every bit
SELECT is((SELECT count(*)::int FROM parts WHERE NOT record_image_eq(ROW(nps, likert, rate), ROW(nps::text::nps_summary, likert::text::likert_summary, rate::text::rate_summary))), 0, 'text is read back as the same bytes');
SELECT is((SELECT count(*)::int FROM parts WHERE NOT record_image_eq(ROW(nps, likert, rate), ROW(nps::jsonb::text::nps_summary, likert::jsonb::text::likert_summary, rate::jsonb::text::rate_summary))), 0, 'jsonb is read back as the same bytes');
SELECT is((SELECT count(*)::int FROM parts WHERE NOT record_image_eq(ROW(nps, likert, rate), ROW(nps::json::text::nps_summary, likert::json::text::likert_summary, rate::json::text::rate_summary))), 0, 'json is read back as the same bytes');

SELECT * FROM finish();
ROLLBACK;
