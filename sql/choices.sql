-- choices_summary: forms, aggregates, verbs, comparison, and every error with its SQLSTATE.
SET extra_float_digits = -6;
\set SHOW_CONTEXT never

-- Text form
SELECT '{"kind": "one of many", "choices": ["a", "b"], "answers": [3, 4]}'::choices_summary;
SELECT '{"kind": "tick all", "respondents": 5, "choices": ["a", "b"], "answers": [3, 4]}'::choices_summary;
SELECT '{"kind": "tick all", "respondents": 5, "choices": [], "answers": []}'::choices_summary;
SELECT '{}'::choices_summary, ' { } '::choices_summary;
-- members and choices in any order
SELECT ' {"answers":[ 1,2.0, 3 ],"choices":["b","c","a"],"kind":"one of many"} '::choices_summary;
SELECT '{"kind": "one of many", "choices": ["b", "a"], "answers": [1, 2], "weights": [0.5, 2], "squares": [0.25, 2]}'::choices_summary;
SELECT '{"kind": "one of many", "choices": ["a"], "answers": [3], "weights": [3], "squares": [3]}'::choices_summary AS unweighted;
SELECT '{"kind": "tick all", "respondents": 2, "choices": ["a", "b"], "answers": [1, 1], "weights": [2, 1], "squares": [4, 1], "respondents_weight": 3, "respondents_square": 5}'::choices_summary AS weighted;
SELECT '{"kind": "tick all", "respondents": 2, "choices": ["a"], "answers": [1], "respondents_weight": 3, "respondents_square": 5}'::choices_summary AS none_weighs_two;
SELECT '{"kind": "tick all", "respondents": 2, "choices": ["a"], "answers": [1], "respondents_weight": 2, "respondents_square": 2}'::choices_summary AS unweighted;
-- names are kept as they are, and ordered by their bytes
SELECT choices(name) FROM unnest(ARRAY['b', 'B', ' a', 'a', 'a ', '', '10', '9', 'ä', 'é', '日本', '👍', '"quoted"', 'back\slash', E'tab\there', E'\u0001', 'null', '{}', '''']) AS name;
SELECT choices(name)::text::choices_summary = choices(name) AS same FROM unnest(ARRAY['b', '', '"quoted"', 'back\slash', E'\u0001', '👍']) AS name;
SELECT '{"kind": "one of many", "choices": ["\u00e4", "\ud83d\udc4d", "\u0001"], "answers": [1, 2, 3]}'::choices_summary;

-- Binary form
SELECT choices_summary_send('{"kind": "one of many", "choices": ["a", "b"], "answers": [3, 4]}');
SELECT choices_summary_send('{"kind": "tick all", "respondents": 5, "choices": ["", "b"], "answers": [3, 4]}');
SELECT choices_summary_send('{"kind": "tick all", "respondents": 2, "choices": ["a"], "answers": [1], "respondents_weight": 3, "respondents_square": 5}');
SELECT choices_summary_send('{}');

-- Casts
SELECT x::jsonb, x::json, x::jsonb::text::choices_summary = x AS same
FROM (VALUES
	('{"kind": "one of many", "choices": ["a", "b"], "answers": [3, 4]}'::choices_summary), ('{}'),
	('{"kind": "tick all", "respondents": 2, "choices": ["a"], "answers": [1], "respondents_weight": 3, "respondents_square": 5}')) AS v(x);

-- Aggregates: one for each type of answer
CREATE TYPE colour AS ENUM ('red', 'green');
CREATE DOMAIN short_text AS text CHECK (length(value) < 9);
CREATE TEMP TABLE answers (id int, t text, v varchar(9), c char(9), n name, d short_text, e colour, ta text[], va varchar(9)[], ca char(9)[], da short_text[], ea colour[], weight numeric);
INSERT INTO answers VALUES
	(1, 'red', 'red', 'red', 'red', 'red', 'red', '{red,green}', '{red,green}', '{red,green}', '{red,green}', '{red,green}', 1),
	(2, 'green', 'green', 'green', 'green', 'green', 'green', '{green}', '{green}', '{green}', '{green}', '{green}', 2.5),
	(3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	(4, 'red', 'red', 'red', 'red', 'red', 'red', '{}', '{}', '{}', '{}', '{}', 0.5),
	(5, 'green', 'green', 'green', 'green', 'green', 'green', '{red,NULL}', '{red,NULL}', '{red,NULL}', '{red,NULL}', '{red,NULL}', 0);
SELECT choices(t), choices(v), choices(c), choices(n), choices(d), choices(e::text) FROM answers;
SELECT choices(ta), choices(va), choices(ca), choices(da), choices(ea::text[]) FROM answers;
SELECT choices(t, weight), choices(v, weight::float8), choices(ta, weight), choices(va, 1), choices(t, 2::smallint) FROM answers;
SELECT choices('a'), choices(NULL), choices('a', 2), choices(NULL, NULL), choices(NULL::text[]), choices(NULL::text[], NULL), choices('{a,b}'), choices('{a,b}'::text[]);
SELECT id % 2 AS odd, choices(t), choices(ta) FROM answers GROUP BY 1 ORDER BY 1;
SELECT choices(t), choices(ta), choices(t, weight), choices(ta, weight) FROM answers WHERE false;
SELECT choices(t, 0), choices(ta, 0) FROM answers;
-- boxes that are not ticked, names that are there twice, none ticked
SELECT choices(a) FROM (VALUES (ARRAY[NULL, 'b', NULL, 'a', 'b']), (ARRAY[NULL, NULL]), ('{}'), (NULL), ('[5:6]={c,a}')) AS v(a);
SELECT choices(ARRAY[CASE WHEN a THEN 'email' END, CASE WHEN b THEN 'phone' END]) FROM (VALUES (true, false), (true, true), (false, false)) AS v(a, b);
SELECT choices('{}'::text[]), choices('{}'::text[], 3);
-- the first weighted answer makes room for the weights of those before
SELECT choices(a, w) FROM (VALUES ('x', 1.0), ('y', 1.0), ('z', 2.5), ('x', 1.0)) AS v(a, w);
SELECT choices(a, w) FROM (VALUES (ARRAY['x'], 1.0), ('{}', 2.0), (ARRAY['x', 'y'], 1.0)) AS v(a, w);
-- long answers, which are stored out of line
CREATE TEMP TABLE long AS SELECT ARRAY(SELECT repeat(chr(97 + j), 900) FROM generate_series(i, i + 4) AS j) AS a FROM generate_series(1, 3) AS i;
SELECT respondents(x), r.choice = repeat(left(r.choice, 1), 900) AS whole, left(r.choice, 1) AS choice, r.answers FROM (SELECT choices(a) AS x FROM long) AS s, report(x) AS r;

-- Merging and subtraction
CREATE TEMP TABLE parts AS SELECT choices(t) AS one, choices(t, weight) AS one_weighted, choices(ta) AS tick, choices(ta, weight) AS tick_weighted FROM answers WHERE id <= 2
UNION ALL SELECT choices('blue'), choices('blue', 3), choices(ARRAY['blue', 'red']), choices('{}'::text[], 2);
SELECT rollup(one), rollup(one_weighted), rollup(tick), rollup(tick_weighted) FROM parts;
SELECT a.one + b.one AS one, a.tick + b.tick_weighted AS tick, merge(a.one_weighted, b.one) AS mixed FROM parts AS a, parts AS b WHERE a.one <> b.one;
SELECT one + NULL = one, NULL + one = one, merge(NULL::choices_summary, NULL), one - NULL, one + '{}' = one, '{}' + one = one, one - '{}' = one, '{}'::choices_summary + '{}' FROM parts;
SELECT a.one + b.one - b.one = a.one AS one, a.tick + b.tick_weighted - b.tick_weighted = a.tick AS tick, a.one - a.one AS nobody, a.tick - a.tick AS nobody_too FROM parts AS a, parts AS b;
SELECT choices(ARRAY['a', 'b']) + choices(ARRAY['b']) - choices(ARRAY['b']) AS both, choices(ARRAY['a', 'b'], 2) + choices(ARRAY['b']) - choices(ARRAY['a', 'b'], 2) AS no_weight_left;
SELECT rollup(x) FROM (VALUES ('{}'::choices_summary), (NULL)) AS v(x);
SELECT rollup(x) FROM (SELECT choices('a') AS x WHERE false) AS v;

-- Verbs
CREATE TEMP TABLE summaries (what text, x choices_summary);
INSERT INTO summaries VALUES
	('one of many', '{"kind": "one of many", "choices": ["ad", "friend", "press", "search"], "answers": [12, 30, 12, 46]}'),
	('tick all', '{"kind": "tick all", "respondents": 50, "choices": ["all", "half", "one"], "answers": [50, 25, 1]}'),
	('none ticked', '{"kind": "tick all", "respondents": 7, "choices": [], "answers": []}'),
	('one choice', '{"kind": "one of many", "choices": ["only"], "answers": [9]}'),
	('nobody', '{}'),
	('null', NULL);
INSERT INTO summaries SELECT 'weighted', choices(t, weight) FROM answers;
INSERT INTO summaries SELECT 'weighted ticks', choices(ta, weight) FROM answers;
SELECT what, r.* FROM summaries, report(x) AS r;
SELECT r.* FROM summaries, report(x, 0.8) AS r WHERE what = 'one of many';
SELECT report(x, confidence => 0.9) FROM summaries WHERE what = 'tick all';
SELECT what, n(x), respondents(x) FROM summaries;
SELECT what, minimum_base(x, 9) = x AS nine, minimum_base(x, 10) = x AS ten, minimum_base(x, 0) = x AS none FROM summaries;
-- a choice against the other respondents; names are compared exactly
SELECT what, name, choice_rate(x, name) FROM summaries, unnest('{search,Search,half,red,""}'::text[]) AS name WHERE what NOT IN ('one choice') ORDER BY what, name COLLATE "C";
SELECT choice_rate(x, NULL), choice_rate(NULL, 'a') FROM summaries WHERE what = 'tick all';
SELECT c.* FROM compare(choice_rate('{"kind": "one of many", "choices": ["a", "b"], "answers": [40, 60]}', 'a'), choice_rate('{"kind": "one of many", "choices": ["a", "b"], "answers": [30, 90]}', 'a')) AS c;

-- Charts
\pset format unaligned
\pset tuples_only on
SELECT chart(x) FROM summaries WHERE what = 'one of many';
SELECT chart(x, 40) FROM summaries WHERE what IN ('tick all', 'none ticked', 'nobody', 'weighted');
-- labels: wide, combining, long, with control characters
SELECT chart(choices(name), 40) FROM unnest(ARRAY['日本語の長いとても長い選択肢', '日本', 'e' || U&'\0301' || 'tude', 'a long name that does not fit', E'two\nlines', E'bell\u0007', '👍', '']) AS name;
SELECT chart(choices('a much longer name than fits', i), 60) FROM generate_series(1, 3) AS i;
-- more choices than bars: the rest is one of them
SELECT right(chart(choices(lpad((i % 120)::text, 3, '0')), 40), 160) FROM generate_series(1, 140) AS i;
SELECT right(chart(choices(ARRAY[lpad(i::text, 3, '0'), 'x']), 40), 160) FROM generate_series(1, 200) AS i;
SELECT svg(x) FROM summaries WHERE what IN ('one of many', 'nobody');
SELECT svg(choices(name)) FROM unnest(ARRAY['<b>&"quoted"</b>', E'bell\u0007', U&'end\FFFE\FFFF', 'a long name that does not fit', '日本語の長いとても長い選択肢']) AS name;
\pset format aligned
\pset tuples_only off

-- Comparison: by kind, then names, then counts, then weights
SELECT x FROM (VALUES
	('{"kind": "tick all", "respondents": 1, "choices": [], "answers": []}'::choices_summary), ('{}'), (NULL), (choices_summary_in('{"kind": "one of many", "choices": ["a"], "answers": [2]}')),
	('{"kind": "one of many", "choices": ["a"], "answers": [1]}'), ('{"kind": "one of many", "choices": ["a", "b"], "answers": [1, 1]}'), ('{"kind": "one of many", "choices": ["B"], "answers": [9]}'), ('{"kind": "one of many", "choices": ["aa"], "answers": [1]}'),
	('{"kind": "one of many", "choices": ["a"], "answers": [1], "weights": [2], "squares": [4]}'), ('{"kind": "one of many", "choices": ["a"], "answers": [1]}'), ('{"kind": "tick all", "respondents": 2, "choices": ["a"], "answers": [1]}')) AS v(x)
GROUP BY x ORDER BY x;
SELECT a = b AS eq, a <> b AS ne, a < b AS lt, a <= b AS le, a > b AS gt, a >= b AS ge, choices_summary_cmp(a, b)
FROM (VALUES (choices_summary_in('{"kind": "one of many", "choices": ["a"], "answers": [2]}'), choices_summary_in('{"kind": "one of many", "choices": ["a"], "answers": [2]}')), ('{"kind": "one of many", "choices": ["a"], "answers": [2]}', '{"kind": "one of many", "choices": ["a"], "answers": [3]}'), ('{}', NULL)) AS v(a, b);
SELECT choices_summary_hash(x) = choices_summary_hash(choices_summary_in('{"kind": "one of many", "choices": ["a"], "answers": [1]}')) AS same_hash,
	choices_summary_hash_extended(x, 42) = choices_summary_hash_extended(choices_summary_in('{"kind": "one of many", "choices": ["a"], "answers": [1]}'), 42) AS same_extended,
	choices_summary_hash_extended(x, 1) = choices_summary_hash_extended(x, 2) AS seed_ignored
FROM (SELECT choices('b', 2) + choices('a', 1) - choices('b', 2)) AS v(x);

-- Errors: limits
SELECT n(choices(i::text)) FROM generate_series(1, 1000) AS i;
SELECT choices(i::text) FROM generate_series(1, 1001) AS i; \echo :SQLSTATE
SELECT choices(i::text, 0.5) FROM generate_series(1, 1001) AS i; \echo :SQLSTATE
SELECT choices(ARRAY(SELECT i::text FROM generate_series(1, 1001) AS i)); \echo :SQLSTATE
SELECT choices(ARRAY[i::text, (i + 1)::text]) FROM generate_series(1, 1000) AS i; \echo :SQLSTATE
SELECT n(choices(i::text) + choices((1 + i % 7)::text)) FROM generate_series(1, 1000) AS i;
SELECT choices(i::text) + choices((i + 1)::text) FROM generate_series(1, 1000) AS i; \echo :SQLSTATE
SELECT rollup(x) FROM (SELECT choices(i::text) AS x FROM generate_series(1, 1001) AS i GROUP BY i) AS s; \echo :SQLSTATE
SELECT respondents(choices(repeat('a', 1000))), respondents(choices(repeat('ä', 500)));
SELECT choices(repeat('a', 1001)); \echo :SQLSTATE
SELECT choices(ARRAY['a', repeat('日', 334)]); \echo :SQLSTATE
SELECT choices(repeat('a', 1000000), 2); \echo :SQLSTATE
SELECT ('{"kind": "one of many", "choices": ["' || repeat('a', 1001) || '"], "answers": [1]}')::choices_summary; \echo :SQLSTATE
SELECT ('{"kind": "one of many", "choices": [' || (SELECT string_agg(format('"%s"', i), ',') FROM generate_series(1, 1001) AS i) || '], "answers": []}')::choices_summary; \echo :SQLSTATE

-- Errors: kinds and arrays
SELECT choices('a') + choices(ARRAY['a']); \echo :SQLSTATE
SELECT choices(ARRAY['a']) - choices('a'); \echo :SQLSTATE
SELECT rollup(x) FROM (SELECT choices('a') UNION ALL SELECT choices('{}'::text[])) AS v(x); \echo :SQLSTATE
SELECT choices_summary_accum(choices('a'), ARRAY['a']); \echo :SQLSTATE
SELECT choices_summary_accum(choices(ARRAY['a']), 'a'); \echo :SQLSTATE
SELECT choices_summary_accum(choices(ARRAY['a']), 'a', 2); \echo :SQLSTATE
SELECT choices(ARRAY[ARRAY['a', 'b'], ARRAY['c', 'd']]); \echo :SQLSTATE
SELECT choices('{{a},{b}}'::text[], 1); \echo :SQLSTATE
-- in PostgreSQL's words: what it adds to them differs between its versions
\set VERBOSITY terse
SELECT choices(e) FROM answers; \echo :SQLSTATE
SELECT choices(id) FROM answers; \echo :SQLSTATE
\set VERBOSITY default

-- Errors: weights
SELECT choices('a', NULL); \echo :SQLSTATE
SELECT choices('{}'::text[], NULL); \echo :SQLSTATE
SELECT choices('a', -1); \echo :SQLSTATE
SELECT choices(ARRAY['a'], 'NaN'); \echo :SQLSTATE
SELECT choices('a', 0.0001); \echo :SQLSTATE
SELECT choices(ARRAY['a'], 1000001); \echo :SQLSTATE

-- Errors: subtraction and windows
SELECT choices('a') - choices('b'); \echo :SQLSTATE
SELECT choices('a') - '{"kind": "one of many", "choices": ["a"], "answers": [2]}'; \echo :SQLSTATE
SELECT '{}' - choices('a'); \echo :SQLSTATE
SELECT '{}' - choices('{}'::text[]); \echo :SQLSTATE
SELECT choices(ARRAY['a']) - choices('{}'::text[]); \echo :SQLSTATE
SELECT choices('a', 2) - choices('a', 3); \echo :SQLSTATE
SELECT choices('a') - choices('a', 3); \echo :SQLSTATE
SELECT (choices(ARRAY['a'], 1) + choices('{}'::text[], 5)) - choices('{}'::text[], 1); \echo :SQLSTATE
SELECT choices_summary_remove(choices('a'), 'a'); \echo :SQLSTATE
SELECT choices_summary_remove(choices('a'), 'a', 1); \echo :SQLSTATE
SELECT choices_summary_remove(choices(ARRAY['a']), ARRAY['a']); \echo :SQLSTATE
SELECT choices_summary_remove(choices('a'), choices('a')); \echo :SQLSTATE

-- Errors: arguments of verbs
SELECT report(choices('a'), 95); \echo :SQLSTATE
SELECT report(choices('a'), 0); \echo :SQLSTATE
SELECT report(choices('a'), 'NaN'); \echo :SQLSTATE
SELECT minimum_base(choices('a'), -1); \echo :SQLSTATE
SELECT chart(choices('a'), 39); \echo :SQLSTATE
SELECT chart(choices('a'), 301); \echo :SQLSTATE

-- Errors: text form
SELECT ''::choices_summary; \echo :SQLSTATE
SELECT '[]'::choices_summary; \echo :SQLSTATE
SELECT '{"choices": ["a"], "answers": [1]}'::choices_summary; \echo :SQLSTATE
SELECT '{"kind": 1, "choices": ["a"], "answers": [1]}'::choices_summary; \echo :SQLSTATE
SELECT '{"kind": "many", "choices": ["a"], "answers": [1]}'::choices_summary; \echo :SQLSTATE
SELECT '{"kind": "nobody", "choices": [], "answers": []}'::choices_summary; \echo :SQLSTATE
SELECT '{"kind": "one of many", "answers": [1]}'::choices_summary; \echo :SQLSTATE
SELECT '{"kind": "one of many", "choices": "a", "answers": [1]}'::choices_summary; \echo :SQLSTATE
SELECT '{"kind": "one of many", "choices": [1], "answers": [1]}'::choices_summary; \echo :SQLSTATE
SELECT '{"kind": "one of many", "choices": ["a"]}'::choices_summary; \echo :SQLSTATE
SELECT '{"kind": "one of many", "choices": ["a"], "answers": [1, 2]}'::choices_summary; \echo :SQLSTATE
SELECT '{"kind": "one of many", "choices": ["a"], "answers": [1.5]}'::choices_summary; \echo :SQLSTATE
SELECT '{"kind": "one of many", "choices": ["a"], "answers": [9223372036854775808]}'::choices_summary; \echo :SQLSTATE
SELECT '{"kind": "one of many", "choices": ["a"], "answers": [-1]}'::choices_summary; \echo :SQLSTATE
SELECT '{"kind": "one of many", "choices": ["a"], "answers": [72057594037927936]}'::choices_summary; \echo :SQLSTATE
SELECT '{"kind": "one of many", "choices": ["a", "b"], "answers": [72057594037927935, 1]}'::choices_summary; \echo :SQLSTATE
SELECT '{"kind": "one of many", "choices": ["a", "b"], "answers": [1, 0]}'::choices_summary; \echo :SQLSTATE
SELECT '{"kind": "one of many", "choices": [], "answers": []}'::choices_summary; \echo :SQLSTATE
SELECT '{"kind": "one of many", "choices": ["a", "a"], "answers": [1, 1]}'::choices_summary; \echo :SQLSTATE
SELECT '{"kind": "one of many", "choices": ["\u0000"], "answers": [1]}'::choices_summary; \echo :SQLSTATE
SELECT '{"kind": "one of many", "respondents": 1, "choices": ["a"], "answers": [1]}'::choices_summary; \echo :SQLSTATE
SELECT '{"kind": "tick all", "choices": ["a"], "answers": [1]}'::choices_summary; \echo :SQLSTATE
SELECT '{"kind": "tick all", "respondents": 0, "choices": [], "answers": []}'::choices_summary; \echo :SQLSTATE
SELECT '{"kind": "tick all", "respondents": 1, "choices": ["a", "b"], "answers": [1, 2]}'::choices_summary; \echo :SQLSTATE
SELECT '{"kind": "tick all", "respondents": 2, "choices": ["a"], "answers": [1], "weights": [5], "squares": [25], "respondents_weight": 5, "respondents_square": 13}'::choices_summary; \echo :SQLSTATE
SELECT '{"kind": "tick all", "respondents": 2, "choices": ["a"], "answers": [1], "respondents_weight": 5}'::choices_summary; \echo :SQLSTATE
SELECT '{"kind": "tick all", "respondents": 2, "choices": ["a"], "answers": [1], "respondents_square": 5}'::choices_summary; \echo :SQLSTATE
SELECT '{"kind": "one of many", "choices": ["a"], "answers": [1], "weights": [2], "squares": [4], "respondents_weight": 2, "respondents_square": 4}'::choices_summary; \echo :SQLSTATE
SELECT '{"kind": "one of many", "choices": ["a"], "answers": [1], "weights": [2]}'::choices_summary; \echo :SQLSTATE
SELECT '{"kind": "one of many", "choices": ["a"], "answers": [1], "weights": [2, 1], "squares": [4, 1]}'::choices_summary; \echo :SQLSTATE
SELECT '{"kind": "one of many", "choices": ["a"], "answers": [1], "weights": [2], "squares": [5]}'::choices_summary; \echo :SQLSTATE
SELECT '{"kind": "one of many", "choices": ["a"], "answers": [1], "weights": [99999999999999999999], "squares": [5]}'::choices_summary; \echo :SQLSTATE
SELECT '{"kind": "tick all", "respondents": 1, "choices": [], "answers": [], "respondents_weight": 99999999999999999999, "respondents_square": 5}'::choices_summary; \echo :SQLSTATE
SELECT '{"kind": "tick all", "respondents": 1, "choices": [], "answers": [], "respondents_weight": 0.0000001, "respondents_square": 5}'::choices_summary; \echo :SQLSTATE
SELECT '{"kind": "one of many", "choices": ["a", "b"], "answers": [9300000, 9300000], "weights": [9223000000000, 9223000000000], "squares": [9146771559140000000, 9146771559140000000]}'::choices_summary; \echo :SQLSTATE
SELECT choices('a'); \echo :SQLSTATE
SELECT choices_summary_accum('{"kind": "one of many", "choices": ["a"], "answers": [72057594037927935]}', 'b'); \echo :SQLSTATE
