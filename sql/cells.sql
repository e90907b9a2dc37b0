-- Window functions over groups, and the experience index: forms, errors, plans.
SET extra_float_digits = -6;

CREATE TABLE branch (name text, parent text, nps nps_summary, rate rate_summary, likert likert_summary, sample sample_summary);
INSERT INTO branch VALUES
	('a', 'n', nps_summary(5, 0, 0), rate_summary(5, 5), likert_summary(1, '{0,0,0,0,5}'), sample_summary(5, 10.5, 2)),
	('b', 'n', nps_summary(80, 55, 40), rate_summary(168, 210), likert_summary(1, '{1,2,8,20,30}'), sample_summary(40, 9.25, 3)),
	('c', 'n', nps_summary(22, 9, 5), rate_summary(44, 50), likert_summary(1, '{4,2,0,1,1}'), sample_summary(8, 12, 2.5)),
	('d', 's', nps_summary(2, 1, 5), rate_summary(6, 11), likert_summary(1, '{0,1,0,0,0}'), sample_summary(20, 9, 2)),
	('e', 's', nps_summary(30, 40, 25), rate_summary(92, 120), likert_summary(1, '{3,5,9,12,4}'), sample_summary(12, 11, 2)),
	('f', 's', NULL, NULL, NULL, NULL);

-- Columns, single ones, and several windows
SELECT name, (shrink(nps) OVER ()).* FROM branch ORDER BY name;
SELECT name, (shrink(rate, 0.5) OVER ()).* FROM branch ORDER BY name;
SELECT name, (shrink(likert, confidence => 0.9) OVER ()).* FROM branch ORDER BY name;
SELECT name, (shrink(sample) OVER (PARTITION BY parent)).* FROM branch ORDER BY name;
SELECT name, (shrink(nps) OVER ()).estimate, shrink(nps) OVER () AS whole FROM branch ORDER BY name;
SELECT x, (shrink(x, e) OVER ()).* FROM (VALUES (1.0, 0.5), (2.5, 0.5), (2.0, 1), (4.5, 2), (NULL, 1), (3, NULL)) AS v(x, e);
SELECT name, suppress(rate, 12) OVER (PARTITION BY parent ORDER BY name) FROM branch ORDER BY name;
SELECT name, suppress(likert, 1) OVER () FROM branch ORDER BY name;
SELECT name, (control_limits(nps) OVER (ORDER BY name)).* FROM branch ORDER BY name;
SELECT name, (control_limits(rate, 2, name < 'd') OVER (ORDER BY name)).* FROM branch ORDER BY name;
SELECT name, (control_limits(likert, method => 'laney') OVER (ORDER BY name)).* FROM branch ORDER BY name;
SELECT name, (control_limits(sample, sigmas => 1, is_baseline => parent = 'n') OVER (ORDER BY name)).* FROM branch ORDER BY name;
SELECT i, (control_limits(c, e) OVER (ORDER BY i)).* FROM (VALUES (1, 3, 1.5), (2, 0, 2), (3, NULL, 1), (4, 1, NULL), (5, 9, 2.5)) AS v(i, c, e);
SELECT i, (individual_limits(x, 2, i <> 4) OVER (ORDER BY i)).* FROM unnest('{1,2,1.5,9,2,1}'::float8[]) WITH ORDINALITY AS u(x, i);

-- A net score is no NPS, and scales do not mix; what nobody answered is like all
SELECT shrink(s) OVER () FROM (VALUES (nps_summary(1, 2, 3)), (net(likert_summary(1, '{1,2,3}'), 1))) AS v(s); \echo :SQLSTATE
SELECT shrink(s) OVER () FROM (VALUES (likert_summary(1, '{1,2,3}')), (likert_summary(0, '{1,2,3}'))) AS v(s); \echo :SQLSTATE
SELECT control_limits(s) OVER (ORDER BY i) FROM (VALUES (1, likert_summary(1, '{1,2,3}')), (2, likert_summary(1, '{1,2}'))) AS v(i, s); \echo :SQLSTATE
SELECT shrink(s) OVER () FROM (VALUES (likert_summary(1, '{1,2,3}')), (likert_summary(0, '{0,0,0}'))) AS v(s);

-- Errors
SELECT shrink(nps) FROM branch; \echo :SQLSTATE
SELECT shrink(nps, 95) OVER () FROM branch; \echo :SQLSTATE
SELECT shrink(nps, NULL) OVER () FROM branch; \echo :SQLSTATE
SELECT shrink(1, 0) OVER (); \echo :SQLSTATE
SELECT shrink(1, -1) OVER (); \echo :SQLSTATE
SELECT shrink(1, 'NaN') OVER (); \echo :SQLSTATE
SELECT shrink(1, 'Infinity') OVER (); \echo :SQLSTATE
SELECT shrink(1, 1e-200) OVER (); \echo :SQLSTATE
SELECT shrink(1, 1e200) OVER (); \echo :SQLSTATE
SELECT shrink('NaN', 1) OVER (); \echo :SQLSTATE
SELECT shrink('-Infinity', 1) OVER (); \echo :SQLSTATE
SELECT shrink(x, 1) OVER () FROM (VALUES (1e308), (-1e308), (0), (1)) AS v(x); \echo :SQLSTATE
SELECT suppress(nps, -1) OVER () FROM branch; \echo :SQLSTATE
SELECT suppress(nps, NULL) OVER () FROM branch; \echo :SQLSTATE
SELECT suppress(nps, n(nps)) OVER (ORDER BY name) FROM branch WHERE parent = 'n'; \echo :SQLSTATE
SELECT suppress(nps, 5) FROM branch; \echo :SQLSTATE
SELECT control_limits(nps) OVER () FROM branch; \echo :SQLSTATE
SELECT control_limits(nps) OVER (ORDER BY parent) FROM branch; \echo :SQLSTATE
SELECT control_limits(nps, 0) OVER (ORDER BY name) FROM branch; \echo :SQLSTATE
SELECT control_limits(nps, 'Infinity') OVER (ORDER BY name) FROM branch; \echo :SQLSTATE
SELECT control_limits(nps, 'NaN') OVER (ORDER BY name) FROM branch; \echo :SQLSTATE
SELECT control_limits(nps, NULL) OVER (ORDER BY name) FROM branch; \echo :SQLSTATE
SELECT control_limits(nps, method => 'p') OVER (ORDER BY name) FROM branch; \echo :SQLSTATE
SELECT control_limits(nps, method => NULL) OVER (ORDER BY name) FROM branch; \echo :SQLSTATE
SELECT control_limits(nps) FROM branch; \echo :SQLSTATE
SELECT control_limits(-1, 1) OVER (); \echo :SQLSTATE
SELECT control_limits(1, 0) OVER (); \echo :SQLSTATE
SELECT control_limits(1, 'Infinity') OVER (); \echo :SQLSTATE
SELECT control_limits(9223372036854775807, 1e-300) OVER (); \echo :SQLSTATE
SELECT individual_limits('NaN') OVER (); \echo :SQLSTATE
SELECT individual_limits(x) OVER (ORDER BY x) FROM (VALUES (1e308), (-1e308)) AS v(x); \echo :SQLSTATE
SELECT individual_limits(x, 1e308) OVER (ORDER BY x) FROM (VALUES (10), (1000)) AS v(x); \echo :SQLSTATE

-- One row of a chart needs no order, nor do rows that are not charted
SELECT control_limits(nps) OVER () FROM branch WHERE name IN ('a', 'f');
SELECT (individual_limits(x) OVER ()).* FROM (VALUES (1), (NULL), (NULL)) AS v(x);

-- The experience index
SELECT (experience_index(e, s, w, b, k)).* FROM (VALUES (40, 4, -100, 100, 2), (5.5, 0.2, 1, 7, 1), (0.1, 0.02, 1, 0, 1)) AS v(e, s, w, b, k);
SELECT (experience_index(e, s, w, b, k, 'require', 0.5)).* FROM (VALUES (40, 4, -100, 100, 2), (5.5, 0.2, 1, 7, 1), (0.1, 0.02, 1, 0, 1)) AS v(e, s, w, b, k);
SELECT i, (experience_index(e, 1, 0, 10, 1) OVER (ORDER BY i)).* FROM unnest('{5,6,10,NULL}'::float8[]) WITH ORDINALITY AS u(e, i);
SELECT i, (index_contribution(e, 0, 10, i) OVER ()).* FROM unnest('{5,6,10}'::float8[]) WITH ORDINALITY AS u(e, i);
SELECT i, (index_contribution(e, 0, 10, 0) OVER ()).* FROM unnest('{5,NULL}'::float8[]) WITH ORDINALITY AS u(e, i);
SELECT experience_index(0, 1.7e307, -1.7e308, 1.7e308, 1), experience_index(x, 0, 1e-308, 2e-308, 1) FROM (VALUES (1.5e-308)) AS v(x);
SELECT experience_index(1, 1, 0, 5, w) FROM unnest('{1.7e308,1.7e308}'::float8[]) AS w; \echo :SQLSTATE
SELECT experience_index(0, 1e200, 0, 1e-150, 1); \echo :SQLSTATE
SELECT experience_index(0, 1, 0, 5e-324, 1); \echo :SQLSTATE
SELECT index_contribution(1, 0, 5, w) OVER () FROM unnest('{1.7e308,1.7e308}'::float8[]) AS w; \echo :SQLSTATE
SELECT experience_index(11, 1, 0, 10, 1); \echo :SQLSTATE
SELECT experience_index(-1, 1, 10, 0, 1); \echo :SQLSTATE
SELECT experience_index(1, 1, 5, 5, 1); \echo :SQLSTATE
SELECT experience_index(1, 1, 0, 5, -1); \echo :SQLSTATE
SELECT experience_index(1, -1, 0, 5, 1); \echo :SQLSTATE
SELECT experience_index(1, 'Infinity', 0, 5, 1); \echo :SQLSTATE
SELECT experience_index('NaN', 1, 0, 5, 1); \echo :SQLSTATE
SELECT experience_index(1, 1, '-Infinity', 5, 1); \echo :SQLSTATE
SELECT experience_index(1, 1, 0, 'NaN', 1); \echo :SQLSTATE
SELECT experience_index(1, 1, 0, 5, 'Infinity'); \echo :SQLSTATE
SELECT experience_index(1, 1, NULL, 5, 1); \echo :SQLSTATE
SELECT experience_index(1, 1, 0, NULL, 1); \echo :SQLSTATE
SELECT experience_index(1, 1, 0, 5, NULL); \echo :SQLSTATE
SELECT experience_index(1, 1, 0, 5, 1, 'skip'); \echo :SQLSTATE
SELECT experience_index(1, 1, 0, 5, 1, NULL); \echo :SQLSTATE
SELECT experience_index(1, 1, 0, 5, 1, 'drop', 95); \echo :SQLSTATE
SELECT experience_index(1, 1, 0, 5, 1, 'drop', NULL); \echo :SQLSTATE
SELECT experience_index(1, 1, 0, 5, 1, m) FROM unnest('{drop,require}'::text[]) AS m; \echo :SQLSTATE
SELECT experience_index(1, 1, 0, 5, 1, 'drop', c) FROM unnest('{0.9,0.95}'::float8[]) AS c; \echo :SQLSTATE
SELECT index_contribution(11, 0, 10, 1) OVER (); \echo :SQLSTATE
SELECT index_contribution(1, 0, 0, 1) OVER (); \echo :SQLSTATE
SELECT index_contribution(1, NULL, 10, 1) OVER (); \echo :SQLSTATE
SELECT index_contribution(1, 0, NULL, 1) OVER (); \echo :SQLSTATE
SELECT index_contribution(1, 0, 10, NULL) OVER (); \echo :SQLSTATE
SELECT index_contribution(1, 0, 10, 1, 'skip') OVER (); \echo :SQLSTATE
SELECT index_contribution(1, 0, 10, 1, NULL) OVER (); \echo :SQLSTATE
SELECT index_contribution(1, 0, 10, 1); \echo :SQLSTATE
-- its support functions by hand
SELECT experience_index_accum('{0,0,0}', 1, 1, 0, 5, 1); \echo :SQLSTATE
SELECT experience_index_accum('{{0,0,0,0,0,0,0}}', 1, 1, 0, 5, 1); \echo :SQLSTATE
SELECT experience_index_accum('{0,0,0,0,0,0,NULL}', 1, 1, 0, 5, 1); \echo :SQLSTATE
SELECT experience_index_accum(NULL, 1, 1, 0, 5, 1); \echo :SQLSTATE
SELECT experience_index_final('{1e300,0,1,50,4,1,0.9}'); \echo :SQLSTATE
SELECT experience_index_final('{1,-1,1,50,4,1,0.9}'); \echo :SQLSTATE
SELECT experience_index_final('{1,0,1,50,4,9,9}');
SELECT experience_index_combine('{0,0,0,0,0,1,0.9}', '{0,0,0,0,0,2,0.9}'); \echo :SQLSTATE
SELECT s, experience_index_accum(s, 1, 1, 0, 5, 1) AS added, s AS same FROM (SELECT '{0,0,0,0,0,0,0}'::float8[] AS s OFFSET 0) AS t;
SELECT experience_index_final('{1,0,1,50,4,9,0.95}'), experience_index_final('{0,0,0,0,0,0,0}'), experience_index_final('{1,1,1,50,4,9,0.95}');

-- An index in parallel
CREATE TABLE part AS SELECT i, i % 101 AS e, i % 7 AS s, i % 3 AS k FROM generate_series(1, 20000) AS i;
ALTER TABLE part SET (parallel_workers = 2);
ANALYZE part;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
EXPLAIN (COSTS OFF) SELECT experience_index(e, s, 0, 100, k, 'drop') FROM part;
SELECT experience_index(e, s, 0, 100, k, 'drop') FROM part;
SET max_parallel_workers_per_gather = 0;
SELECT experience_index(e, s, 0, 100, k, 'drop') FROM part;
