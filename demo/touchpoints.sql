-- The touchpoint map of the company of company.sql: what its customers think and what happens to
-- them, in one table. report.sql comes before, whose stored summaries it reads.
SET timezone = 'UTC';
\pset footer off
\pset linestyle unicode
\pset null '·'
\set as_of '2026-01-01 00:00+00'

-- A summary for each touchpoint and measure. Answers and tickets know their touchpoint. What is done
-- on a phone is done in the app, all else on the web. Friction is a matter of who began to check
-- out, within a day from then: an error, no payment, checking out again, or a ticket about it; whose
-- day is not over is undecided.
CREATE MATERIALIZED VIEW touchpoint_summaries AS
WITH answers AS (
	SELECT touchpoint, rollup(recommendation) AS recommendation, rollup(satisfaction) AS satisfaction,
		rollup(ease) AS ease
	FROM daily_scores
	GROUP BY touchpoint
), rivals AS (
	SELECT touchpoint, nps(recommend) AS rival
	FROM competitor_responses
	GROUP BY touchpoint
), escalations AS (
	SELECT touchpoint, rate(escalated) AS escalated
	FROM tickets
	GROUP BY touchpoint
), payments AS (
	SELECT touchpoint, step_rate(rollup(shop), 3, 4) AS paid
	FROM (SELECT CASE device WHEN 'phone' THEN 'app' ELSE 'web' END AS touchpoint, shop FROM checkouts) AS c
	GROUP BY touchpoint
), tests AS (
	SELECT CASE device WHEN 'phone' THEN 'app' ELSE 'web' END AS touchpoint,
		task(completed, seconds, errors, clicks) AS task
	FROM task_attempts
	WHERE release = '2025.4' AND task = 'change payment'
	GROUP BY touchpoint
), begun AS MATERIALIZED (
	SELECT DISTINCT ON (customer_id) customer_id, event_id, at AS began_at,
		CASE device WHEN 'phone' THEN 'app' ELSE 'web' END AS touchpoint
	FROM events
	WHERE event = 'checkout'
	ORDER BY customer_id, at, event_id
), signs AS MATERIALIZED (
	SELECT customer_id, touchpoint, began_at,
		bool_or(event = 'error') AS error, bool_or(event = 'pay') AS paid,
		bool_or(event = 'checkout' AND e.event_id <> b.event_id) AS again
	FROM begun AS b JOIN events AS e USING (customer_id)
	WHERE at >= began_at AND at <= began_at + interval '1 day'
	GROUP BY customer_id, touchpoint, began_at
), visits AS (
	SELECT touchpoint, rate(CASE WHEN began_at <= timestamptz :'as_of' - interval '1 day'
		THEN error OR NOT paid OR again OR asked IS TRUE END) AS friction
	FROM signs AS s
		LEFT JOIN (
			SELECT DISTINCT customer_id, touchpoint, true AS asked
			FROM begun JOIN tickets USING (customer_id, touchpoint)
			WHERE opened_at >= began_at AND opened_at <= began_at + interval '1 day'
			) AS t USING (customer_id, touchpoint)
	GROUP BY touchpoint
)
SELECT *
FROM answers LEFT JOIN rivals USING (touchpoint) LEFT JOIN escalations USING (touchpoint)
	LEFT JOIN payments USING (touchpoint) LEFT JOIN tests USING (touchpoint) LEFT JOIN visits USING (touchpoint);

-- What is decided and not measured: targets, and the scales and weights of the index.
CREATE TABLE map_measures (
	place integer PRIMARY KEY,
	measure text NOT NULL UNIQUE,
	unit text NOT NULL,
	target double precision,
	worst double precision,
	best double precision,
	weight double precision
);
COMMENT ON TABLE map_measures IS 'the measures of the touchpoint map';
COMMENT ON COLUMN map_measures.target IS 'NULL: none, or the gap is to the rival';
COMMENT ON COLUMN map_measures.weight IS 'in the experience index; NULL: not part of it';
INSERT INTO map_measures VALUES
	(1, 'NPS', 'points', NULL, -100, 100, 2), (2, 'CSAT', '%', 75, 0, 100, 1),
	(3, 'CES', '1 to 7', 5.5, 1, 7, 1), (4, 'completion', '%', 80, 0, 100, 1),
	(5, 'abandonment', '%', NULL, NULL, NULL, NULL), (6, 'errors', '%', NULL, NULL, NULL, NULL),
	(7, 'time', 'seconds', 60, 180, 30, 1), (8, 'escalation', '%', 8, 30, 0, 1),
	(9, 'friction', '%', 30, 100, 0, 1);

CREATE VIEW touchpoint_map AS
SELECT s.touchpoint, m.place, m.measure, m.unit, v.estimate, v.low, v.high, v.n, v.standard_error,
	v.gap, v.gap_low, v.gap_high, v.p_value,
	adjust_p_value(v.p_value, 'benjamini-hochberg') OVER () AS adjusted_p
FROM touchpoint_summaries AS s CROSS JOIN map_measures AS m, LATERAL (
	SELECT e.estimate, e.low, e.high, e.n, standard_error(s.recommendation),
		c.difference AS gap, c.low AS gap_low, c.high AS gap_high, c.p_value
	FROM estimate(s.recommendation) AS e, compare(s.recommendation, s.rival) AS c
	WHERE m.measure = 'NPS'
	UNION ALL
	SELECT e.estimate, e.low, e.high, e.n, standard_error(s.ease), c.difference, c.low, c.high, c.p_value
	FROM estimate(s.ease) AS e, benchmark(s.ease, m.target) AS c
	WHERE m.measure = 'CES'
	UNION ALL
	SELECT e.estimate, e.low, e.high, e.n, e.estimate * ln(e.high / e.low) / 3.92,
		c.difference, c.low, c.high, c.p_value
	FROM estimate(time_on_task(s.task)) AS e, benchmark(time_on_task(s.task), m.target) AS c
	WHERE m.measure = 'time'
	UNION ALL
	SELECT 100 * e.estimate, 100 * e.low, 100 * e.high, e.n, 100 * standard_error(r.share),
		100 * c.difference, 100 * c.low, 100 * c.high, c.p_value
	FROM (VALUES ('CSAT', csat(s.satisfaction)), ('completion', s.paid),
			('errors', attempts_with_errors(s.task)), ('escalation', s.escalated),
			('friction', s.friction)) AS r (measure, share),
		estimate(r.share) AS e, benchmark(r.share, m.target / 100) AS c
	WHERE r.measure = m.measure
	UNION ALL
	SELECT 100 * (1 - e.estimate), 100 * (1 - e.high), 100 * (1 - e.low), e.n, 100 * standard_error(s.paid),
		NULL, NULL, NULL, NULL
	FROM estimate(s.paid) AS e
	WHERE m.measure = 'abandonment'
	) AS v;
COMMENT ON VIEW touchpoint_map IS
	'one line per touchpoint and measure: 95 % interval, and the gap to the rival (NPS) or to the target';
COMMENT ON COLUMN touchpoint_map.adjusted_p IS 'Benjamini-Hochberg over all gaps of the map';

-- Missing measures must stay missing: least and greatest would take them for the worst.
CREATE VIEW touchpoint_components AS
SELECT touchpoint, m.place, m.measure, standard_error, worst, best, weight,
	CASE WHEN estimate IS NOT NULL
		THEN least(greatest(estimate, least(worst, best)), greatest(worst, best)) END AS estimate
FROM touchpoint_map JOIN map_measures AS m USING (measure)
WHERE weight > 0;

\echo 'The touchpoint map'
\echo '=================='
\echo 'CX and UX of every touchpoint. nps: points; csat: % of 4 and 5; ces: mean ease, 1 to 7; paid, left:'
\echo '% of who came to check out; errors: % of usability tests with one, secs: their time (changing the'
\echo 'payment); escal: % of tickets; friction: % of checkouts with an error, without payment, repeated, or'
\echo 'with a ticket within a day. A phone is the app, all else the web; what is not measured is empty.'
\echo '+ and -: above and below the rival (nps) or the target by more than chance (adjusted p < 0.05).'

SELECT touchpoint,
	max(cell) FILTER (WHERE measure = 'NPS') AS nps,
	max(cell) FILTER (WHERE measure = 'CSAT') AS csat,
	max(cell) FILTER (WHERE measure = 'CES') AS ces,
	max(cell) FILTER (WHERE measure = 'completion') AS paid,
	max(cell) FILTER (WHERE measure = 'abandonment') AS "left",
	max(cell) FILTER (WHERE measure = 'errors') AS errors,
	max(cell) FILTER (WHERE measure = 'time') AS secs,
	max(cell) FILTER (WHERE measure = 'escalation') AS escal,
	max(cell) FILTER (WHERE measure = 'friction') AS friction
FROM (
	SELECT touchpoint, measure, round(estimate::numeric, CASE measure WHEN 'CES' THEN 2 ELSE 1 END)
		|| CASE WHEN adjusted_p < 0.05 THEN CASE WHEN gap > 0 THEN ' +' ELSE ' -' END ELSE '' END AS cell
	FROM touchpoint_map
	) AS m
GROUP BY touchpoint
ORDER BY touchpoint;

\echo 'The gaps of the touchpoint map'
\echo '=============================='
\echo 'The same in long form, as BI tools want it: estimate and gap with their intervals; what is more than'
\echo 'chance comes first. NPS against the rival, all else against the target; p over all tests of the map'
\echo '(Benjamini-Hochberg), 0.0000: below 0.00005. CES is in points of its scale, time in seconds, and all'
\echo 'else but the NPS in percent.'

SELECT touchpoint, measure,
	round(estimate::numeric, 2) AS estimate, round(low::numeric, 2) AS low, round(high::numeric, 2) AS high, n,
	round(gap::numeric, 2) AS gap, round(gap_low::numeric, 2) AS g_low,
	round(gap_high::numeric, 2) AS g_high, round(adjusted_p::numeric, 4) AS p
FROM touchpoint_map
WHERE gap IS NOT NULL
ORDER BY adjusted_p < 0.05 DESC, place, touchpoint;

\echo 'The experience index'
\echo '===================='
\echo 'NPS (twice), CSAT, CES, completion, time, escalation and friction on one scale from 0 to 100. Where'
\echo 'some are not measured the others take their weight: compare only lines that miss the same.'

SELECT g.touchpoint, round((x).estimate::numeric, 1) AS index, round((x).low::numeric, 1) AS low,
	round((x).high::numeric, 1) AS high, (x).components, (x).missing
FROM (
	SELECT touchpoint, experience_index(estimate, standard_error, worst, best, weight, 'drop') AS x
	FROM touchpoint_components
	GROUP BY touchpoint
	) AS g
ORDER BY (x).missing, (x).estimate DESC;

\echo 'What makes the index of the app'
\echo '==============================='
\echo 'Each measure from 0 to 100 (score), its share of the weights in %, and the points it adds.'

SELECT measure, round((x).score::numeric, 1) AS score, round(100 * (x).weight_share::numeric, 1) AS weight,
	round((x).contribution::numeric, 1) AS points
FROM (
	SELECT place, measure, index_contribution(estimate, worst, best, weight) OVER () AS x
	FROM touchpoint_components
	WHERE touchpoint = 'app'
	) AS c
ORDER BY place;

\echo
\echo 'Who comes back: the cohort triangle'
\echo '==================================='
\echo 'Customers by the month of their first order (2025), and % of them who order again 1, 2, ... months'
\echo 'later. A month that is not over is empty.'

SELECT to_char(cohort, 'YYYY-MM') AS first_order, max(cohort_size) AS n,
	max(percent) FILTER (WHERE period = 1) AS m1, max(percent) FILTER (WHERE period = 2) AS m2,
	max(percent) FILTER (WHERE period = 3) AS m3, max(percent) FILTER (WHERE period = 4) AS m4,
	max(percent) FILTER (WHERE period = 5) AS m5, max(percent) FILTER (WHERE period = 6) AS m6,
	max(percent) FILTER (WHERE period = 7) AS m7, max(percent) FILTER (WHERE period = 8) AS m8,
	max(percent) FILTER (WHERE period = 9) AS m9, max(percent) FILTER (WHERE period = 10) AS m10,
	max(percent) FILTER (WHERE period = 11) AS m11
FROM (
	SELECT r.*, round(100 * r.share::numeric, 1) AS percent
	FROM report((SELECT retention(customer_id, ordered_at, 'month') FROM orders), false, :'as_of') AS r
	) AS c
WHERE cohort >= '2025-01-01'
GROUP BY cohort
ORDER BY cohort;
