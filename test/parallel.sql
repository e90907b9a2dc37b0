-- A parallel plan, with workers that did run, gives the bytes of the serial one.
BEGIN;
SELECT plan(32);

CREATE TABLE answers (id int, k int, p int, a2 smallint, a4 integer, a8 float8, done boolean, weight float8);
INSERT INTO answers
SELECT i, CASE WHEN i % 1000 = 0 THEN NULL ELSE i % 7 END, i % 3,
	CASE WHEN i % 13 > 0 THEN (i * 7919::bigint % 11) END, CASE WHEN i % 11 > 0 THEN 1 + (i * 104729::bigint % 5) END, CASE WHEN i % 17 > 0 THEN (i * 31::bigint % 11) END,
	CASE i % 5 WHEN 0 THEN NULL WHEN 1 THEN false ELSE true END, (ARRAY[0, 0.001, 0.333333, 1, 1, 2.5, 1000000])[1 + i * 13 % 7]
FROM generate_series(1, 60000) AS i;
CREATE TABLE nobody (k int, a4 integer, done boolean, weight float8);
INSERT INTO nobody SELECT i % 3, NULL, NULL, 0 FROM generate_series(1, 60000) AS i;
CREATE TABLE summaries AS
SELECT id, k, CASE WHEN id % 9 > 0 THEN nps(a2, weight) END AS nps, likert(a4, 1, 5, weight) AS likert, rate(done, weight) AS rate, net(likert(a4, 1, 5), 2) AS net
FROM answers WHERE id <= 20000 GROUP BY id, k;
CREATE TABLE parts (id int, k int, a4 integer, weight float8) PARTITION BY LIST (k);
CREATE TABLE parts_0 PARTITION OF parts FOR VALUES IN (0);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES IN (1);
CREATE TABLE parts_2 PARTITION OF parts FOR VALUES IN (2);
INSERT INTO parts SELECT id, id % 3, a4, weight FROM answers;
CREATE TABLE attempts AS SELECT id % 20000 AS id, id % 10 AS k, task(done, weight, a2, a4) AS x FROM answers GROUP BY 1, 2;
CREATE TABLE journeys AS SELECT k, journey('2026-01-01'::timestamptz + id % 9973 * interval '7 s', left('abcdefgh', a2)) AS j FROM answers GROUP BY k, id / 30;
ANALYZE answers, nobody, summaries, parts, attempts, journeys;

\ir examples/plan_of.sql
\ir examples/parallel_as_serial.sql

SELECT parallel_as_serial('SELECT nps_summary_send(nps(a2)), nps_summary_send(nps(a8)), nps_summary_send(nps(a4)), nps_summary_send(nps(a2, weight)) FROM answers', 'nps');
SELECT parallel_as_serial('SELECT likert_summary_send(likert(a2, 0, 10)), likert_summary_send(likert(a4, 1, 5)), likert_summary_send(likert(a8, 0, 10)), likert_summary_send(likert(a4, 1, 5, weight)) FROM answers', 'likert');
SELECT parallel_as_serial('SELECT rate_summary_send(rate(done)), rate_summary_send(rate(done, weight)) FROM answers', 'rate');
SELECT parallel_as_serial('SELECT nps_summary_send(rollup(nps)), likert_summary_send(rollup(likert)), rate_summary_send(rollup(rate)), nps_summary_send(rollup(net)) FROM summaries', 'rollup');
SELECT parallel_as_serial('SELECT k, nps_summary_send(nps(a2)), nps_summary_send(nps(a8, weight)), likert_summary_send(likert(a4, 1, 5)), likert_summary_send(likert(a4, 1, 5, weight)), rate_summary_send(rate(done)), rate_summary_send(rate(done, weight)) FROM answers GROUP BY k', 'groups');
SELECT parallel_as_serial('SELECT k, nps_summary_send(rollup(nps)), likert_summary_send(rollup(likert)), rate_summary_send(rollup(rate)) FROM summaries GROUP BY k', 'rollup of groups');
SELECT parallel_as_serial('SELECT nps(a4), nps(a4, weight), likert(a4, 1, 5), likert(a4, 1, 5, weight), rate(done, weight) FROM nobody', 'nobody answered');
SELECT parallel_as_serial('SELECT nps(a4), likert(a4, 1, 5), rate(done), rate(done, weight) FROM nobody WHERE k + 0 > 7', 'no row');
SELECT parallel_as_serial('SELECT task_summary_send(task(done)), task_summary_send(task(done, weight)), task_summary_send(task(done, weight * interval ''1 second'', a8)), task_summary_send(task(done, weight, a2, a4)) FROM answers', 'task');
SELECT parallel_as_serial('SELECT k, task_summary_send(task(done, weight, a2, a4)) FROM answers GROUP BY k', 'task by group');
SELECT parallel_as_serial('SELECT k, task_summary_send(rollup(x)) FROM attempts GROUP BY k', 'rollup of tasks');
SELECT parallel_as_serial('SELECT k, event_journey_send(journey(''2026-01-01''::timestamptz + id % 9973 * interval ''7 s'', left(''abcdefgh'', a2))) FROM answers GROUP BY k', 'journey');
SELECT parallel_as_serial('SELECT a4, event_journey_send(journey(''2026-01-01''::timestamptz + id % 9973 * interval ''7 s'', ''name '' || id % 3000)) FROM answers GROUP BY a4', 'journey of many names');
SELECT parallel_as_serial('SELECT k, event_journey_send(rollup(j)) FROM journeys GROUP BY k', 'rollup of journeys');
-- A scale of its own for each group reaches the leader with the partial states.
SELECT parallel_as_serial('SELECT p, likert_summary_send(likert(a8, -p, 10 + p)) FROM answers GROUP BY p', 'scales by group');

-- Each partition is aggregated by itself, then merged or appended.
SET LOCAL enable_partitionwise_aggregate = on;
SET LOCAL max_parallel_workers_per_gather = 0;
SELECT is((SELECT (nps(a4, weight), likert(a4, 1, 5, weight))::text FROM parts), (SELECT (nps(a4, weight), likert(a4, 1, 5, weight))::text FROM answers), 'partitionwise: same bytes as over one table');
SELECT ok(plan_of('SELECT nps(a4, weight), likert(a4, 1, 5, weight) FROM parts', 'ANALYZE, COSTS OFF, TIMING OFF') LIKE '%Finalize Aggregate%Append%Partial Aggregate%Partial Aggregate%Partial Aggregate%', 'partitionwise: each partition by itself');

SELECT * FROM finish();
ROLLBACK;
