-- items_summary: forms, aggregates, accessors, verbs, comparison, every error with its SQLSTATE.
SET extra_float_digits = -6;
\set SHOW_CONTEXT never

-- Text form, whose digits no setting changes
SELECT '{"items": 2, "respondents": 4, "dropped": 1, "means": [2.5, 3.3333333333333335], "comoments": [5, 4e-300, 0.30000000000000004]}'::items_summary;
SELECT ' {"comoments":[5.0,4,7.25],"means":[-0,3],"dropped":0,"respondents":4,"items":2} '::items_summary, '{}'::items_summary;
SELECT '{"items": 2, "respondents": 0, "dropped": 3, "means": [0, 0], "comoments": [0, 0, 0]}'::items_summary AS nobody_complete;
SELECT '{"items": 2, "respondents": 1, "dropped": 0, "means": [7, -3.5], "comoments": [0, 0, 0]}'::items_summary AS one;

-- Binary form
SELECT items_summary_send('{"items": 2, "respondents": 4, "dropped": 1, "means": [2.5, 3], "comoments": [5, 4, 7.25]}');
SELECT items_summary_send('{}');

-- Casts
SELECT x::jsonb, x::json, x::jsonb::text::items_summary = x AS same
FROM (VALUES ('{"items": 2, "respondents": 4, "dropped": 1, "means": [2.5, 3.3333333333333335], "comoments": [5, 4, 7.25]}'::items_summary)) AS v(x);

-- Aggregates: a row with a gap is counted apart, a NULL array is nobody
CREATE TEMP TABLE answers (id int, a int, b int, c int, d numeric);
INSERT INTO answers VALUES (1, 5, 4, 5, 4), (2, 3, 3, 4, 2), (3, 4, 4, 4, 5), (4, 2, 1, 3, 1), (5, NULL, 4, 4, 4), (6, 4, 5, 3, NULL), (7, 1, 2, 2, 2), (8, 5, 5, 4, 5), (9, 3, 2, 2, 3), (10, 1, 2, 3, 2);
SELECT items(a, b) FROM answers WHERE id IN (1, 2, 3, 4, 5);
SELECT items(a, b), items(VARIADIC ARRAY[a, b]), items(VARIADIC '[3:4]={1,2}'), items(VARIADIC NULL::float8[]) FROM answers WHERE id IN (1, 5);
SELECT items(a, b), items(VARIADIC NULL::float8[]) FROM answers WHERE false;
SELECT items(a, NULL) FROM answers WHERE id <= 3;
SELECT items(a, b) FILTER (WHERE id < 3), items(DISTINCT a, 1) FILTER (WHERE id IN (2, 9)) FROM answers;

-- Merging
SELECT items(a, b) FILTER (WHERE id IN (1, 2)) + items(a, b) FILTER (WHERE id IN (3, 4)) AS sum, items(a, b) FILTER (WHERE id <= 4) AS whole FROM answers;
SELECT x + NULL = x AS right_null, NULL + x = x AS left_null, merge(NULL::items_summary, NULL), x + '{}' = x AS right_empty, '{}' + x = x AS left_empty FROM (SELECT items(a, b) AS x FROM answers) AS s;
SELECT rollup(x) FROM (SELECT items(a, b) AS x FROM answers WHERE id < 5 GROUP BY id % 2 UNION ALL VALUES (NULL::items_summary), ('{}')) AS s;
SELECT rollup(x) FROM (VALUES ('{}'::items_summary), (NULL)) AS v(x);
SELECT rollup(x) FROM (SELECT items(a, NULL) AS x FROM answers GROUP BY id) AS s;

-- Accessors
SELECT n(x), respondents(x), dropped(x), item_count(x), cronbach_alpha(x), correlation(x, 1, 2), correlation(x, 2, 1), correlation(x, 3, 3)
FROM (SELECT items(a, b, c, d) AS x FROM answers UNION ALL SELECT items(a, b, c, d) FROM answers WHERE id = 1 UNION ALL SELECT items(a, b, 3, d) FROM answers WHERE id IN (5, 6)) AS s;
SELECT n(x), respondents(x), dropped(x), item_count(x), cronbach_alpha(x), correlation(x, 1, 2) FROM (VALUES ('{}'::items_summary), (NULL)) AS v(x);
SELECT minimum_base(x, 8) = x AS kept, minimum_base(x, 9) FROM (SELECT items(a, b, c, d) AS x FROM answers) AS s;

-- Verbs
SELECT * FROM reliability((SELECT items(a, b, c, d) FROM answers));
SELECT * FROM reliability((SELECT items(a, b, c, d) FROM answers), 0.8);
SELECT * FROM reliability((SELECT items(a, b) FROM answers WHERE id = 1));
SELECT * FROM reliability((SELECT items(a, a) FROM answers));
SELECT * FROM reliability((SELECT items(a, -a) FROM answers));
SELECT * FROM reliability((SELECT items(a, 5 - b) FROM answers));
SELECT * FROM reliability('{}');
SELECT * FROM reliability(NULL);
SELECT * FROM report((SELECT items(a, b, c, d) FROM answers));
SELECT * FROM report((SELECT items(a, b, c, d) FROM answers), '{fast,clear,NULL,"worth it"}');
SELECT * FROM report((SELECT items(a, b) FROM answers));
SELECT * FROM report((SELECT items(a, 3, c) FROM answers));
SELECT * FROM report((SELECT items(a, b) FROM answers WHERE id = 1));
SELECT * FROM report((SELECT items(a, b) FROM answers WHERE id = 5));
SELECT * FROM report('{}'::items_summary);
SELECT * FROM report('{}'::items_summary, '{a}');
SELECT * FROM report(NULL::items_summary);
SELECT * FROM report((SELECT items(a, b) FROM answers), NULL);
SELECT * FROM drivers((SELECT items(a, b, c, d) FROM answers), 1);
SELECT * FROM drivers((SELECT items(a, b, c, d) FROM answers), 4, '[0:3]={fast,clear,NULL,worth}');
-- an item that never varies is left out
SELECT * FROM drivers((SELECT items(a, 3, c) FROM answers), 1);
SELECT * FROM drivers((SELECT items(a, 3, c) FROM answers), 2);
-- the last two say the same; the coefficient of the other is known all the same
SELECT * FROM drivers((SELECT items(a, b, c, 2 * c + 1) FROM answers), 1);
-- too few respondents for three predictors, enough for two
SELECT * FROM drivers((SELECT items(a, b, c, d) FROM answers WHERE id <= 4), 1);
SELECT * FROM drivers((SELECT items(a, b, c) FROM answers WHERE id <= 4), 1);
SELECT * FROM drivers((SELECT items(a, b) FROM answers WHERE id = 1), 1);
SELECT * FROM drivers('{}', 1);
SELECT * FROM drivers(NULL, 1);

-- Charts
\pset format unaligned
\pset tuples_only on
SELECT chart(items(a, b, c, d)) FROM answers;
SELECT chart(items(a, b, 3, 6 - d), 40) FROM answers;
SELECT chart(items(a, b), 40) FROM answers WHERE id = 1;
SELECT chart('{}'::items_summary, 40);
SELECT svg(items(a, b, 3, 6 - d)) FROM answers;
\pset format aligned
\pset tuples_only off

-- Comparison: items, respondents, dropped, means, co-moments
CREATE TEMP TABLE several AS SELECT row_number() OVER () AS id, x FROM (VALUES ('{"items": 3, "respondents": 0, "dropped": 1, "means": [0, 0, 0], "comoments": [0, 0, 0, 0, 0, 0]}'::items_summary), ('{"items": 2, "respondents": 9, "dropped": 0, "means": [1, 2], "comoments": [1, 0, 3]}'), ('{"items": 2, "respondents": 9, "dropped": 0, "means": [1, 2], "comoments": [1, 0, 2]}'),
	('{"items": 2, "respondents": 9, "dropped": 0, "means": [-1, 2], "comoments": [1, 0, 3]}'), ('{"items": 2, "respondents": 8, "dropped": 5, "means": [1, 2], "comoments": [1, 0, 3]}'), ('{"items": 2, "respondents": 9, "dropped": 1, "means": [1, 2], "comoments": [1, 0, 3]}'), ('{}'), (NULL), ('{"items": 2, "respondents": 9, "dropped": 0, "means": [1, 2], "comoments": [1, 0, 3]}')) AS v(x);
SELECT x FROM several GROUP BY x ORDER BY x;
SELECT bool_and((a.x = b.x) = (items_summary_cmp(a.x, b.x) = 0) AND (a.x < b.x) = (items_summary_cmp(a.x, b.x) < 0) AND (a.x <= b.x) = (b.x >= a.x) AND (a.x > b.x) = (b.x < a.x) AND (a.x <> b.x) <> (a.x = b.x)
	AND (a.x <> b.x OR items_summary_hash(a.x) = items_summary_hash(b.x) AND items_summary_hash_extended(a.x, 42) = items_summary_hash_extended(b.x, 42))) AS agree,
	bool_or(items_summary_hash_extended(a.x, 1) = items_summary_hash_extended(a.x, 2)) AS seed_ignored, string_agg(items_summary_cmp(a.x, b.x)::text, ' ' ORDER BY a.id, b.id) AS signs FROM several AS a, several AS b WHERE a.x IS NOT NULL AND b.x IS NOT NULL;

-- Errors: rows
SELECT items(1); \echo :SQLSTATE
SELECT items(VARIADIC '{}'::float8[]); \echo :SQLSTATE
SELECT items(VARIADIC array_fill(1::float8, '{65}')); \echo :SQLSTATE
SELECT items(VARIADIC '{{1,2},{3,4}}'::float8[]); \echo :SQLSTATE
SELECT items(VARIADIC v) FROM (VALUES ('{1,2}'::float8[]), ('{1,2,3}')) AS v(v); \echo :SQLSTATE
SELECT items(VARIADIC v) FROM (VALUES ('{1,NULL}'::float8[]), ('{1,2,NULL}')) AS v(v); \echo :SQLSTATE
SELECT items(1, 'NaN'); \echo :SQLSTATE
SELECT items(1, 'Infinity', NULL); \echo :SQLSTATE
SELECT items(NULL, '-Infinity'); \echo :SQLSTATE
SELECT items(x, 1) FROM (VALUES (1e200), (-1e200)) AS v(x); \echo :SQLSTATE
SELECT items(1, x) FROM (VALUES (1.7e308), (-1.7e308)) AS v(x); \echo :SQLSTATE
SELECT items('a', 'b'); \echo :SQLSTATE

-- Errors: merging
SELECT items(1, 2) + items(1, 2, 3); \echo :SQLSTATE
SELECT rollup(x) FROM (SELECT items(1, 2) AS x UNION ALL SELECT items(1, 2, NULL)) AS s; \echo :SQLSTATE
SELECT items(1e200, 1) + items(-1e200, 1); \echo :SQLSTATE
SELECT x + x FROM (VALUES ('{"items": 2, "respondents": 72057594037927935, "dropped": 0, "means": [0, 0], "comoments": [0, 0, 0]}'::items_summary)) AS v(x); \echo :SQLSTATE
SELECT x + x FROM (VALUES ('{"items": 2, "respondents": 0, "dropped": 72057594037927935, "means": [0, 0], "comoments": [0, 0, 0]}'::items_summary)) AS v(x); \echo :SQLSTATE
SELECT items_summary_accum('{"items": 2, "respondents": 72057594037927935, "dropped": 0, "means": [0, 0], "comoments": [0, 0, 0]}', '{1,2}'); \echo :SQLSTATE
SELECT items_summary_accum('{"items": 2, "respondents": 0, "dropped": 72057594037927935, "means": [0, 0], "comoments": [0, 0, 0]}', '{1,NULL}'); \echo :SQLSTATE
-- in PostgreSQL's words: what it adds to them differs between its versions
\set VERBOSITY terse
SELECT items(1, 2) - items(1, 2); \echo :SQLSTATE
\set VERBOSITY default

-- Errors: arguments of verbs
SELECT correlation(items(1, 2), 0, 1); \echo :SQLSTATE
SELECT correlation(items(1, 2), 1, 3); \echo :SQLSTATE
SELECT drivers(items(1, 2), 3); \echo :SQLSTATE
SELECT drivers(items(1, 2), -1); \echo :SQLSTATE
SELECT drivers(items(1, 2), 1, '{a}'); \echo :SQLSTATE
SELECT report(items(1, 2), '{a,b,c}'); \echo :SQLSTATE
SELECT report(items(1, 2), '{}'); \echo :SQLSTATE
SELECT report(items(1, 2), '{{a,b}}'); \echo :SQLSTATE
SELECT reliability(items(1, 2), 95); \echo :SQLSTATE
SELECT reliability(items(1, 2), 0); \echo :SQLSTATE
SELECT minimum_base(items(1, 2), -1); \echo :SQLSTATE
SELECT chart(items(1, 2), 20); \echo :SQLSTATE

-- Errors: text form
SELECT ''::items_summary; \echo :SQLSTATE
SELECT '[1]'::items_summary; \echo :SQLSTATE
SELECT '{"items": 2}'::items_summary; \echo :SQLSTATE
SELECT '{"respondents": 1}'::items_summary; \echo :SQLSTATE
SELECT '{"items": 1, "respondents": 2, "dropped": 0, "means": [1], "comoments": [1]}'::items_summary; \echo :SQLSTATE
SELECT '{"items": 65, "respondents": 2, "dropped": 0, "means": [1], "comoments": [1]}'::items_summary; \echo :SQLSTATE
SELECT '{"items": -9223372036854775808, "respondents": 2, "dropped": 0, "means": [1], "comoments": [1]}'::items_summary; \echo :SQLSTATE
SELECT '{"items": 2.5, "respondents": 2, "dropped": 0, "means": [1], "comoments": [1]}'::items_summary; \echo :SQLSTATE
SELECT '{"items": 2, "respondents": 2, "dropped": 0, "means": [1], "comoments": [1, 0, 1]}'::items_summary; \echo :SQLSTATE
SELECT '{"items": 2, "respondents": 2, "dropped": 0, "means": [1, 2], "comoments": [1, 0]}'::items_summary; \echo :SQLSTATE
SELECT '{"items": 2, "respondents": 2, "dropped": 0, "means": [1, "2"], "comoments": [1, 0, 1]}'::items_summary; \echo :SQLSTATE
SELECT '{"items": 2, "respondents": 2, "dropped": 0, "means": [1, 1e999], "comoments": [1, 0, 1]}'::items_summary; \echo :SQLSTATE
SELECT '{"items": 2, "respondents": 2, "dropped": 0, "means": [1, 2], "comoments": [1, 0, 1], "n": 2}'::items_summary; \echo :SQLSTATE
-- what no answers can have given
SELECT '{"items": 2, "respondents": -2, "dropped": 0, "means": [1, 2], "comoments": [1, 0, 1]}'::items_summary; \echo :SQLSTATE
SELECT '{"items": 2, "respondents": 72057594037927936, "dropped": 0, "means": [1, 2], "comoments": [1, 0, 1]}'::items_summary; \echo :SQLSTATE
SELECT '{"items": 2, "respondents": 2, "dropped": -1, "means": [1, 2], "comoments": [1, 0, 1]}'::items_summary; \echo :SQLSTATE
SELECT '{"items": 2, "respondents": 2, "dropped": 72057594037927936, "means": [1, 2], "comoments": [1, 0, 1]}'::items_summary; \echo :SQLSTATE
SELECT '{"items": 2, "respondents": 0, "dropped": 0, "means": [0, 0], "comoments": [0, 0, 0]}'::items_summary; \echo :SQLSTATE
SELECT '{"items": 2, "respondents": 0, "dropped": 1, "means": [0, 1], "comoments": [0, 0, 0]}'::items_summary; \echo :SQLSTATE
SELECT '{"items": 2, "respondents": 0, "dropped": 1, "means": [0, 0], "comoments": [0, 0, 1]}'::items_summary; \echo :SQLSTATE
SELECT '{"items": 2, "respondents": 1, "dropped": 0, "means": [1, 2], "comoments": [0, 0, 1]}'::items_summary; \echo :SQLSTATE
SELECT '{"items": 2, "respondents": 2, "dropped": 0, "means": [1, 2], "comoments": [-1, 0, 1]}'::items_summary; \echo :SQLSTATE
SELECT '{"items": 2, "respondents": 2, "dropped": 0, "means": [1, 2], "comoments": [1, 1.1, 1]}'::items_summary; \echo :SQLSTATE
SELECT '{"items": 2, "respondents": 2, "dropped": 0, "means": [1, 2], "comoments": [0, 1, 1]}'::items_summary; \echo :SQLSTATE
-- each two go together, all three do not
SELECT '{"items": 3, "respondents": 9, "dropped": 0, "means": [1, 2, 3], "comoments": [1, 0.9, 1, 0.9, -0.9, 1]}'::items_summary; \echo :SQLSTATE
SELECT '{"items": 3, "respondents": 9, "dropped": 0, "means": [1, 2, 3], "comoments": [1, -1, 1, -1, -1, 1]}'::items_summary; \echo :SQLSTATE
