-- Patterns over journeys: results, plans, and every error that a user can cause.
\set SHOW_CONTEXT never
\pset format unaligned
\pset null NULL
SET timezone = 'UTC';

CREATE TABLE match_log (actor bigint, at timestamptz, event text);
INSERT INTO match_log VALUES (1, '2026-03-01 00:00', 'view'), (1, '2026-03-01 00:01', 'cart'), (1, '2026-03-01 00:03', 'pay'), (2, '2026-03-01 00:00', 'view'), (2, '2026-03-01 00:30', 'pay'),
	(3, '2026-03-01 00:00', 'view'), (3, '2026-03-01 00:10', 'cart'), (4, '2026-03-01 00:00', 'view'), (5, '2026-03-02 23:59', 'view'), (5, '2026-03-02 23:59', 'pay'), (6, '2026-03-01 00:00', 'pay'), (6, '2026-03-01 00:00', 'pay');
CREATE TABLE match_packed AS SELECT actor, journey(at, event) AS j FROM match_log GROUP BY actor UNION ALL SELECT 7, '{}' UNION ALL SELECT 8, NULL ORDER BY actor;
SELECT funnel(j, 'view > cart > pay') FROM match_packed;
SELECT funnel(j, 'view > [cart] > pay within 1 day', '2026-03-03') FROM match_packed;
SELECT funnel(j, 'view > [cart] > pay within 1 day', '2026-03-04', '[2026-03-02,)') FROM match_packed;
SELECT actor, depth(j, 'view > [cart] > pay'), outcome(j, 'view > [cart] > pay within 1 day', '2026-03-03'), matches(j, 'view >> pay'), j @> 'pay' AS paid, match_count(j, 'pay') FROM match_packed ORDER BY actor;
SELECT actor, r.* FROM match_packed, runs(j, 'view > pay within 10 minutes') AS r ORDER BY actor, started_at;
SELECT actor, back_and_forth(j), back_and_forth(j, '1 minute'), repeated_events(j), repeated_events(j, '0'), rage_clicks(j), rage_clicks(j, '1 hour'), rage_clicks(j, '1 hour', 2), loops(j) FROM match_packed ORDER BY actor;
CREATE INDEX match_packed_names ON match_packed USING gin (j);
SET enable_seqscan = off;
EXPLAIN (COSTS OFF) SELECT actor FROM match_packed WHERE j @> 'view > cart';
SELECT actor FROM match_packed WHERE j @> 'view > cart' ORDER BY actor;
SET enable_seqscan = on;
EXPLAIN (COSTS OFF) SELECT actor FROM match_packed WHERE matches(j, 'view > cart');
EXPLAIN (COSTS OFF) SELECT funnel(j, 'view > cart') FROM match_packed;

-- Errors
\pset tuples_only on
SELECT funnel(j, NULL) FROM match_packed;
SELECT funnel(j, 'view', NULL) FROM match_packed;
SELECT funnel(j, 'view', '2026-03-03') FROM match_packed;
SELECT funnel(j, 'view within 1 day', 'infinity') FROM match_packed;
SELECT funnel(j, CASE WHEN actor % 2 = 0 THEN 'view' ELSE 'pay' END) FROM match_packed;
SELECT funnel(j, 'view within 1 day', '2026-03-03'::timestamptz + actor * interval '1 day') FROM match_packed;
SELECT funnel(j, 'view within 1 day', '2026-03-03', tstzrange('2026-03-01'::timestamptz + actor * interval '1 day', NULL)) FROM match_packed;
SELECT outcome(j, 'view', '2026-03-03') FROM match_packed;
SELECT outcome(j, 'view within 1 day', '-infinity') FROM match_packed;
SELECT depth(j, 'view >') FROM match_packed;
SELECT back_and_forth(j, '1 month') FROM match_packed;
SELECT repeated_events(j, '-1 second') FROM match_packed;
SELECT rage_clicks(j, '1 second', 1) FROM match_packed;
