-- task_summary: forms, aggregates, accessors, verbs, comparison, errors.
\set SHOW_CONTEXT never
SET extra_float_digits = -6;

-- Text form
SELECT '{"completed": 3, "abandoned": 1, "undecided": 2}'::task_summary;
SELECT ' {"undecided":2.0,"time_on_task":"{\"finished\": [3, 2]}","abandoned":1,"errors":{"sum":3.5,"square_sum":6.25,"attempts_with_some":2,"attempts":3},"completed":3} '::task_summary AS reordered;
SELECT task(done, seconds, errors, actions) FROM (VALUES (true, 1.5, 0, 3), (true, 2, 2, 4.25), (false, 4, 1, NULL), (NULL, 8, NULL, 1)) AS v(done, seconds, errors, actions);
-- all digits, whatever the setting; millionths are rounded
SELECT task(true, 0.1, 0.0000004, 0.3333333) + task(false, NULL::float8, 0.0000006, 1e9);

-- Binary form
SELECT task_summary_send('{"completed": 1, "abandoned": 1, "undecided": 0, "errors": {"attempts": 2, "attempts_with_some": 1, "sum": 3, "square_sum": 9}, "time_on_task": "{\"finished\": [4]}"}');
SELECT task_summary_send('{"completed": 0, "abandoned": 0, "undecided": 0}');

-- Casts
SELECT x::jsonb, x::json, x::jsonb::text::task_summary = x AS same
FROM (VALUES ('{"completed": 3, "abandoned": 1, "undecided": 2, "time_on_task": "{\"finished\": [2]}"}'::task_summary)) AS v(x);

-- Aggregates
CREATE TEMP TABLE attempts (id int, design text, done boolean, took interval, errors int, clicks int);
INSERT INTO attempts VALUES (1, 'old', true, '00:01:34', 1, 12), (2, 'old', true, '00:02:10', 0, 10), (3, 'old', false, '00:03:12', 4, 31), (4, 'old', true, '00:01:05', 0, 9), (5, 'old', false, NULL, 2, 17), (6, 'old', NULL, '00:00:20', NULL, 4),
	(11, 'new', true, '00:01:02', 0, 8), (12, 'new', true, '00:00:49', 0, 7), (13, 'new', true, '00:01:40', 1, 11), (14, 'new', false, '00:01:30', 2, 20), (15, 'new', true, '00:00:58', 0, 8);
CREATE TEMP TABLE tested AS SELECT design, task(done, took, errors, clicks) AS x FROM attempts GROUP BY design;
SELECT design, x FROM tested ORDER BY design;
SELECT task(done), task(done, took), task(done, took, errors) FROM attempts WHERE design = 'new';
SELECT task(done, extract(epoch FROM took)), task(done, extract(epoch FROM took), errors), task(done, extract(epoch FROM took), errors, clicks) FROM attempts WHERE design = 'new';
SELECT task(done) FROM attempts WHERE false;
SELECT task(NULL), task(NULL, NULL::interval), task(NULL, NULL::float8), task(NULL, NULL::float8, NULL, NULL);
SELECT task(true, '-0'::float8, '-0', '-0');
SELECT task(done) FILTER (WHERE id > 4), task(DISTINCT done) FROM attempts;

-- Merging
SELECT a.x + b.x AS both, a.x + NULL = a.x AS kept, NULL + a.x = a.x AS kept_too, merge(NULL::task_summary, NULL) AS nobody FROM tested AS a, tested AS b WHERE a.design = 'new' AND b.design = 'old';
SELECT rollup(x) FROM (SELECT x FROM tested UNION ALL VALUES (NULL)) AS v;
SELECT rollup(x) FROM (VALUES ('{"completed": 0, "abandoned": 0, "undecided": 0}'::task_summary), (NULL)) AS v(x);

-- Accessors
SELECT design, n(x), undecided(x), effective_n(x), completion(x), abandonment(x), attempts_with_errors(x) FROM tested ORDER BY design;
SELECT design, time_on_task(x), time_to_abandonment(x), errors_per_attempt(x), actions_per_attempt(x), goals_per_minute(x), relative_efficiency(x) FROM tested ORDER BY design;
SELECT n(x), undecided(x), effective_n(x), completion(x), attempts_with_errors(x), time_on_task(x), time_to_abandonment(x), errors_per_attempt(x), actions_per_attempt(x), goals_per_minute(x), relative_efficiency(x) FROM (VALUES ('{"completed": 0, "abandoned": 0, "undecided": 0}'::task_summary)) AS v(x);
-- an attempt that took no time has no speed; times of completed attempts alone are no share of all
SELECT goals_per_minute(task(true, 0)) AS of_no_time, relative_efficiency(task(true, 0)) AS share_of_no_time, relative_efficiency(task(true, 5) + task(false)) AS not_timed, goals_per_minute(task(false)) AS failed, goals_per_minute(task(true)) AS not_timed_either;

-- Verbs
\x on
SELECT r.* FROM tested, report(x) AS r WHERE design = 'new';
SELECT r.* FROM tested, report(x, 0.9, 'adjusted-wald') AS r WHERE design = 'old';
SELECT * FROM report('{"completed": 0, "abandoned": 0, "undecided": 0}'::task_summary);
SELECT * FROM report(NULL::task_summary);
\x off
SELECT design, e.* FROM tested, estimate(x) AS e ORDER BY design;
SELECT e.* FROM tested, estimate(x, 0.9, 'jeffreys') AS e WHERE design = 'new';
SELECT design, low(x), high(x), low(x, 0.5), high(x, 0.5) FROM tested ORDER BY design;
SELECT design, c.* FROM tested, confidence_interval(x) AS c ORDER BY design;
SELECT c.* FROM tested, confidence_interval(x, 0.99, 'mid-p') AS c WHERE design = 'new';
SELECT c.* FROM tested AS a, tested AS b, compare(a.x, b.x) AS c WHERE a.design = 'new' AND b.design = 'old';
SELECT c.* FROM tested AS a, tested AS b, compare(a.x, b.x, 0.8, 'newcombe') AS c WHERE a.design = 'new' AND b.design = 'old';
SELECT c.* FROM compare((SELECT task(true, 1, 1) FROM generate_series(1, 4)), (SELECT task(true, 1, 0) FROM generate_series(1, 4))) AS c;
SELECT count(*) FROM tested, compare(x, NULL);
SELECT minimum_base(x, 5) = x AS enough, minimum_base(x, 6) AS too_few, minimum_base(x, NULL) AS unknown FROM tested WHERE design = 'old';

-- Charts
\pset format unaligned
\pset tuples_only on
SELECT chart(x) FROM tested WHERE design = 'old';
SELECT chart(x, 40) FROM tested WHERE design = 'new';
SELECT chart('{"completed": 0, "abandoned": 0, "undecided": 0}'::task_summary, 40);
SELECT svg(x) FROM tested WHERE design = 'old';
\pset format aligned
\pset tuples_only off

-- Comparison: in an order for sorting only
SELECT count(*), count(DISTINCT x) FROM (SELECT x FROM tested UNION ALL SELECT x FROM tested) AS v;
SELECT a = b AS eq, a <> b AS ne, a <= b AS le, a >= b AS ge, task_summary_cmp(a, b) AS cmp, (a < b) <> (a > b) AS one_is_less
FROM (SELECT 1 AS i, task(true) AS a, task(true) AS b UNION ALL SELECT 3, NULL, task(true)) AS v ORDER BY i;
SELECT a = b AS eq, a <> b AS ne, (a < b) <> (a > b) AS one_is_less, (a <= b) <> (a >= b) AS one_is_less_or_equal, task_summary_cmp(a, b) = -task_summary_cmp(b, a) AS turned_round FROM (SELECT task(true) AS a, task(false) AS b) AS v;
SELECT task_summary_hash(x) = task_summary_hash(y) AS same_hash, task_summary_hash_extended(x, 42) = task_summary_hash_extended(y, 42) AS same_extended, task_summary_hash_extended(x, 1) = task_summary_hash_extended(x, 2) AS seed_ignored
FROM (SELECT task(true, 2, 1) + task(false) AS x, task(false) + task(true, 2, 1) AS y) AS v;

-- Errors: times
SELECT task(true, -1); \echo :SQLSTATE
SELECT task(true, 'NaN'::float8); \echo :SQLSTATE
SELECT task(true, 1e10); \echo :SQLSTATE
SELECT task(true, interval '-1 second'); \echo :SQLSTATE
SELECT task(true, interval '1 month'); \echo :SQLSTATE
-- even of attempts whose times are not kept
SELECT task(NULL, -1); \echo :SQLSTATE

-- Errors and actions
SELECT task(true, 1, -1); \echo :SQLSTATE
SELECT task(true, 1, 1000000000.001); \echo :SQLSTATE
SELECT task(true, 1, 'NaN'); \echo :SQLSTATE
SELECT task(true, 1, 'Infinity'); \echo :SQLSTATE
SELECT task(true, 1, 0, -0.5); \echo :SQLSTATE
SELECT task(true, interval '1 s', NULL, 'NaN'); \echo :SQLSTATE

-- Overflow
SELECT x + task(true) FROM (VALUES ('{"completed": 4398046511104, "abandoned": 0, "undecided": 0}'::task_summary)) AS v(x) GROUP BY x; \echo :SQLSTATE
SELECT x + x FROM (VALUES ('{"completed": 1000000000000, "abandoned": 0, "undecided": 0, "errors": {"attempts": 64, "attempts_with_some": 64, "sum": 64000000000, "square_sum": 64000000000000000000}}'::task_summary)) AS v(x);
SELECT x + x FROM (VALUES ('{"completed": 1000000000000, "abandoned": 0, "undecided": 0, "errors": {"attempts": 64000000, "attempts_with_some": 64000000, "sum": 64000000000000000, "square_sum": 64000000000000000000000000}}'::task_summary)) AS v(x); \echo :SQLSTATE
SELECT x + x FROM (VALUES ('{"completed": 1000000000000, "abandoned": 0, "undecided": 0, "actions": {"attempts": 64000000, "attempts_with_some": 64000000, "sum": 64000000000000000, "square_sum": 64000000000000000000000000}}'::task_summary)) AS v(x); \echo :SQLSTATE

-- Text that is no summary
SELECT ''::task_summary; \echo :SQLSTATE
SELECT '[]'::task_summary; \echo :SQLSTATE
SELECT '{}'::task_summary; \echo :SQLSTATE
SELECT '{"completed": 1}'::task_summary; \echo :SQLSTATE
SELECT '{"completed": 1, "abandoned": 1}'::task_summary; \echo :SQLSTATE
SELECT '{"completed": 1.5, "abandoned": 1, "undecided": 0}'::task_summary; \echo :SQLSTATE
SELECT '{"completed": 1, "abandoned": 1, "undecided": 0, "open": 1}'::task_summary; \echo :SQLSTATE
SELECT '{"completed": 1, "abandoned": 1, "undecided": 0, "errors": 1}'::task_summary; \echo :SQLSTATE
SELECT '{"completed": 1, "abandoned": 1, "undecided": 0, "errors": {"attempts": 1}}'::task_summary; \echo :SQLSTATE
SELECT '{"completed": 1, "abandoned": 1, "undecided": 0, "errors": {"attempts": 1, "attempts_with_some": 1}}'::task_summary; \echo :SQLSTATE
SELECT '{"completed": 1, "abandoned": 1, "undecided": 0, "errors": {"attempts": 1, "attempts_with_some": 1, "sum": 1}}'::task_summary; \echo :SQLSTATE
SELECT '{"completed": 1, "abandoned": 1, "undecided": 0, "errors": {"attempts": 1, "attempts_with_some": 1, "sum": 1, "square_sum": 1, "more": 1}}'::task_summary; \echo :SQLSTATE
SELECT '{"completed": 1, "abandoned": 1, "undecided": 0, "errors": {"attempts": 1, "attempts_with_some": 1, "sum": 0.0000001, "square_sum": 1}}'::task_summary; \echo :SQLSTATE
SELECT '{"completed": 1, "abandoned": 1, "undecided": 0, "time_on_task": {"finished": [1]}}'::task_summary; \echo :SQLSTATE
SELECT '{"completed": 1, "abandoned": 1, "undecided": 0, "time_on_task": "{\"finished\": [-1]}"}'::task_summary; \echo :SQLSTATE
SELECT '{"completed": 1, "abandoned": 1, "undecided": 0, "time_on_task": "1"}'::task_summary; \echo :SQLSTATE
SELECT '{"completed": 1, "abandoned": 1, "undecided": 0, "time_on_task": "{\"finished\": [1]}", "speed_sum": 1}'::task_summary; \echo :SQLSTATE
SELECT '{"completed": 99, "abandoned": 1, "undecided": 0, "time_on_task": "{\"finished\": {\"zeros\": 65, \"buckets\": [], \"counts\": [], \"minimum\": 0, \"maximum\": 0, \"sum\": 0, \"log_sum\": 0, \"log_square_sum\": 0}, \"unfinished\": {\"zeros\": 0, \"buckets\": [], \"counts\": []}}"}'::task_summary; \echo :SQLSTATE

-- Text that no attempts have
SELECT '{"completed": -1, "abandoned": 1, "undecided": 0}'::task_summary; \echo :SQLSTATE
SELECT '{"completed": 1, "abandoned": 4398046511105, "undecided": 0}'::task_summary; \echo :SQLSTATE
SELECT '{"completed": 1, "abandoned": 0, "undecided": 0, "errors": {"attempts": 2, "attempts_with_some": 1, "sum": 1, "square_sum": 1}}'::task_summary; \echo :SQLSTATE
SELECT '{"completed": 2, "abandoned": 0, "undecided": 0, "actions": {"attempts": 1, "attempts_with_some": 2, "sum": 2, "square_sum": 2}}'::task_summary; \echo :SQLSTATE
SELECT '{"completed": 2, "abandoned": 0, "undecided": 0, "errors": {"attempts": 2, "attempts_with_some": 2, "sum": 0.000001, "square_sum": 0.000000000001}}'::task_summary; \echo :SQLSTATE
SELECT '{"completed": 2, "abandoned": 0, "undecided": 0, "errors": {"attempts": 1, "attempts_with_some": 1, "sum": 1000000000.000001, "square_sum": 1}}'::task_summary; \echo :SQLSTATE
SELECT '{"completed": 2, "abandoned": 0, "undecided": 0, "errors": {"attempts": 1, "attempts_with_some": 1, "sum": 2, "square_sum": 5}}'::task_summary; \echo :SQLSTATE
SELECT '{"completed": 2, "abandoned": 0, "undecided": 0, "errors": {"attempts": 2, "attempts_with_some": 2, "sum": 3, "square_sum": 4.499999999998}}'::task_summary; \echo :SQLSTATE
SELECT '{"completed": 2, "abandoned": 0, "undecided": 0, "errors": {"attempts": 2, "attempts_with_some": 2, "sum": 3, "square_sum": 4.5}}'::task_summary;
SELECT '{"completed": 2, "abandoned": 0, "undecided": 0, "errors": {"attempts": 2, "attempts_with_some": 2, "sum": 3, "square_sum": 4.500000000001}}'::task_summary; \echo :SQLSTATE
SELECT '{"completed": 2, "abandoned": 0, "undecided": 0, "errors": {"attempts": 2, "attempts_with_some": 0, "sum": 0, "square_sum": 2}}'::task_summary; \echo :SQLSTATE
SELECT '{"completed": 2, "abandoned": 0, "undecided": 0, "errors": {"attempts": 2, "attempts_with_some": 2, "sum": 3, "square_sum": 3000000001}}'::task_summary; \echo :SQLSTATE
SELECT '{"completed": 1, "abandoned": 2, "undecided": 0, "time_on_task": "{\"finished\": [1, 2]}"}'::task_summary; \echo :SQLSTATE
SELECT '{"completed": 2, "abandoned": 1, "undecided": 0, "time_to_abandonment": "{\"finished\": [1, 2]}"}'::task_summary; \echo :SQLSTATE
SELECT '{"completed": 2, "abandoned": 2, "undecided": 0, "time_to_abandonment": "{\"unfinished\": [1]}"}'::task_summary; \echo :SQLSTATE
SELECT '{"completed": 99, "abandoned": 1, "undecided": 0, "time_on_task": "{\"finished\": {\"zeros\": 65, \"buckets\": [], \"counts\": [], \"minimum\": 0, \"maximum\": 0, \"sum\": 0, \"log_sum\": 0, \"log_square_sum\": 0}, \"unfinished\": {\"zeros\": 0, \"buckets\": [], \"counts\": []}}", "speed_sum": 1}'::task_summary; \echo :SQLSTATE

-- Confidence, method, base, width
SELECT low(x, 0) FROM tested; \echo :SQLSTATE
SELECT high(x, 95) FROM tested WHERE design = 'new'; \echo :SQLSTATE
SELECT report(x, -1) FROM tested; \echo :SQLSTATE
SELECT estimate(x, 2) FROM tested; \echo :SQLSTATE
SELECT confidence_interval(x, 'NaN') FROM tested; \echo :SQLSTATE
SELECT compare(x, x, 1) FROM tested; \echo :SQLSTATE
SELECT report(x, 0.95, 'log-t') FROM tested; \echo :SQLSTATE
SELECT estimate(x, 0.95, '') FROM tested; \echo :SQLSTATE
SELECT confidence_interval(x, 0.95, 'Wilson') FROM tested; \echo :SQLSTATE
SELECT compare(x, x, 0.95, 'wilson') FROM tested; \echo :SQLSTATE
SELECT minimum_base(x, -1) FROM tested; \echo :SQLSTATE
SELECT chart(x, 39) FROM tested; \echo :SQLSTATE

-- text could be either, in PostgreSQL's words: what it adds to them differs between its versions
\set VERBOSITY terse
SELECT task(true, '1'); \echo :SQLSTATE
\set VERBOSITY default
