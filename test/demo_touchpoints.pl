#!/usr/bin/perl
# The demo's touchpoint map and experience index: every number agrees with plain SQL on the raw rows.
use strict;
use warnings;
use lib 'test';
use Test::More;
use DemoOutput;

my ($database, $status, $output) = run_demo();
look_at($database, $output);
is $status, 0, 'demo/run.sh succeeds';

# The shares: how many (x) of how many (n). Friction goes by the first checkout of each customer.
my $tool = "CASE device WHEN 'phone' THEN 'app' ELSE 'web' END";
my $shares = <<"END";
$walks, firsts AS (
	SELECT a.customer_id, $tool AS touchpoint, a.event_id, a.at
	FROM events AS a
		JOIN (SELECT customer_id, min(event_id) AS event_id FROM events WHERE event = 'checkout' GROUP BY customer_id) AS b
			USING (event_id)
), hindered AS (
	SELECT f.customer_id
	FROM firsts AS f JOIN events AS e USING (customer_id)
	WHERE e.at - f.at BETWEEN interval '0' AND interval '24 hours'
		AND (e.event = 'error' OR e.event = 'checkout' AND e.event_id > f.event_id)
	UNION ALL
	SELECT f.customer_id
	FROM firsts AS f JOIN tickets AS t USING (customer_id, touchpoint)
	WHERE t.opened_at - f.at BETWEEN interval '0' AND interval '24 hours'
), payers AS (
	SELECT f.customer_id
	FROM firsts AS f JOIN events AS e USING (customer_id)
	WHERE e.event = 'pay' AND e.at - f.at BETWEEN interval '0' AND interval '24 hours'
)
SELECT 'CSAT' AS measure, touchpoint, count(*) FILTER (WHERE satisfaction IN (4, 5)) AS x, count(satisfaction) AS n, 0.75 AS target
FROM responses GROUP BY touchpoint
UNION ALL SELECT 'completion', $tool, count(*) FILTER (WHERE depth = 4), count(*), 0.8
FROM walks WHERE depth >= 3 AND NOT open GROUP BY 2
UNION ALL SELECT 'escalation', touchpoint, count(*) FILTER (WHERE escalated), count(escalated), 0.08
FROM tickets GROUP BY touchpoint
UNION ALL SELECT 'friction', touchpoint, count(*) FILTER (WHERE customer_id IN (SELECT customer_id FROM hindered)
	OR customer_id NOT IN (SELECT customer_id FROM payers)), count(*), 0.3
FROM firsts WHERE at <= '2025-12-31' GROUP BY touchpoint
UNION ALL SELECT 'errors', $tool, count(*) FILTER (WHERE errors > 0), count(*), NULL
FROM task_attempts WHERE release = '2025.4' AND task = 'change payment' GROUP BY 2
END
my @shares;
for (split /\n/, value("$shares;"))
{
	my ($measure, $touchpoint, $x, $n, $target) = split /\|/;
	my @test = $target =~ /\d/ ? mid_p_test($x, $n, $target) : ();
	push @shares, sprintf "('%s', '%s', %d, %d, %s)", $measure, $touchpoint, $x, $n,
	  @test ? sprintf '%s, %.12f, %.12f, %.15f', $target, @test : 'NULL, NULL, NULL, NULL';
}
is scalar @shares, 16, 'so many shares are measured';
cmp_ok value(<<'END'), '>', 0, 'some ask for help on the day that they check out';
SELECT count(*)
FROM tickets AS t JOIN events AS e USING (customer_id)
WHERE event = 'checkout' AND opened_at BETWEEN at AND at + interval '1 day'
	AND touchpoint = CASE device WHEN 'phone' THEN 'app' ELSE 'web' END;
END

# The whole map: estimate, interval, standard error, gap with its interval, p and that of all tests
# together. NPS with adjusted shares; shares by Wilson, tested by mid-p; ease by t; time by t of the
# logarithms.
my $map = <<"END";
WITH shares (measure, touchpoint, x, n, target, low, high, p) AS (VALUES ${\ join ', ', @shares}),
counts AS (
	SELECT touchpoint, count(recommend)::float8 AS n, count(*) FILTER (WHERE recommend > 8)::float8 AS p,
		count(*) FILTER (WHERE recommend < 7)::float8 AS d
	FROM responses GROUP BY touchpoint
), rival_counts AS (
	SELECT touchpoint, count(recommend)::float8 AS n, count(*) FILTER (WHERE recommend > 8)::float8 AS p,
		count(*) FILTER (WHERE recommend < 7)::float8 AS d
	FROM competitor_responses GROUP BY touchpoint
), nets AS (
	SELECT touchpoint, ours.n, 100 * (ours.p - ours.d) / ours.n AS score, 100 * (rival.p - rival.d) / rival.n AS rival_score,
		100 * (ours.p - ours.d) / (ours.n + 3) AS middle, 100 * (rival.p - rival.d) / (rival.n + 3) AS rival_middle,
		100 * sqrt(((ours.p + ours.d + 1.5) / (ours.n + 3) - ((ours.p - ours.d) / (ours.n + 3)) ^ 2) / (ours.n + 3)) AS error,
		100 * sqrt(((rival.p + rival.d + 1.5) / (rival.n + 3) - ((rival.p - rival.d) / (rival.n + 3)) ^ 2) / (rival.n + 3)) AS rival_error
	FROM counts AS ours JOIN rival_counts AS rival USING (touchpoint)
), gaps AS (
	SELECT *, middle - rival_middle AS shift, sqrt(error ^ 2 + rival_error ^ 2) AS gap_error FROM nets
), means AS (
	SELECT touchpoint, count(ease) AS n, avg(ease)::float8 AS mean, stddev_samp(ease)::float8 / sqrt(count(ease)) AS error,
		pg_temp.t_quantile(count(ease) - 1) AS t
	FROM responses WHERE ease IS NOT NULL GROUP BY touchpoint
), times AS (
	SELECT $tool AS touchpoint, count(*) AS n, avg(ln(seconds)) AS mean, stddev_samp(ln(seconds)) / sqrt(count(*)) AS error,
		pg_temp.t_quantile(count(*) - 1) AS t
	FROM task_attempts WHERE release = '2025.4' AND task = 'change payment' AND completed GROUP BY 1
), lines (place, measure, unit, touchpoint, estimate, low, high, n, error, gap, gap_low, gap_high, p) AS (
	SELECT 1, 'NPS', 'points', touchpoint, score, middle - $z * error, middle + $z * error, n, error,
		score - rival_score, shift - $z * gap_error, shift + $z * gap_error, pg_temp.two_tails(shift / gap_error)
	FROM gaps
	UNION ALL
	SELECT 3, 'CES', '1 to 7', touchpoint, mean, mean - t * error, mean + t * error, n, error,
		mean - 5.5, mean - t * error - 5.5, mean + t * error - 5.5, pg_temp.t_tails((mean - 5.5) / error, n - 1)
	FROM means
	UNION ALL
	SELECT 7, 'time', 'seconds', touchpoint, exp(mean), exp(mean - t * error), exp(mean + t * error), n,
		exp(mean) * t * error / 1.96, exp(mean) - 60, exp(mean - t * error) - 60, exp(mean + t * error) - 60,
		pg_temp.t_tails((mean - ln(60)) / error, n - 1)
	FROM times
	UNION ALL
	SELECT array_position('{NPS,CSAT,CES,completion,abandonment,errors,time,escalation,friction}', measure), measure, '%',
		touchpoint, 100.0 * x / n, 100 * pg_temp.wilson(x, n, -1), 100 * pg_temp.wilson(x, n, 1), n,
		100 * sqrt((x + 2.0) * (n - x + 2.0) / (n + 4.0) ^ 3), 100 * (1.0 * x / n - target), 100 * (low - target),
		100 * (high - target), p
	FROM shares
	UNION ALL
	SELECT 5, 'abandonment', '%', touchpoint, 100.0 * (n - x) / n, 100 * pg_temp.wilson(n - x, n, -1),
		100 * pg_temp.wilson(n - x, n, 1), n, NULL, NULL, NULL, NULL, NULL
	FROM shares WHERE measure = 'completion'
), map AS (
	SELECT *, min(p * tests / rank) OVER (ORDER BY p DESC NULLS FIRST) AS adjusted
	FROM (SELECT *, count(p) OVER () AS tests, rank() OVER (ORDER BY p) AS rank FROM lines) AS r
)
END

expect 'The gaps of the touchpoint map', <<"END";
$map
SELECT touchpoint, measure, round(estimate::numeric, 2) AS estimate, round(low::numeric, 2) AS low,
	round(high::numeric, 2) AS high, n, round(gap::numeric, 2) AS gap, round(gap_low::numeric, 2) AS g_low,
	round(gap_high::numeric, 2) AS g_high, round(adjusted::numeric, 4) AS p
FROM map
WHERE p IS NOT NULL
ORDER BY adjusted >= 0.05, place, touchpoint;
END

# The long form itself, also of what has no gap; the rest of it is empty.
my $long = 'touchpoint, measure, unit, round(estimate::numeric, 4), round(low::numeric, 4), round(high::numeric, 4), n, round(gap::numeric, 4), round(gap_low::numeric, 4), round(gap_high::numeric, 4)';
is value("SELECT $long, round(adjusted_p::numeric, 5) FROM touchpoint_map WHERE estimate IS NOT NULL ORDER BY touchpoint, place;"),
  value("$map SELECT $long, round(adjusted::numeric, 5) FROM map ORDER BY touchpoint, place;"), 'the long form agrees with plain SQL';
is value('SELECT count(*) = (SELECT count(DISTINCT touchpoint) FROM responses) * 9, count(*) FILTER (WHERE estimate IS NULL AND num_nonnulls(low, high, gap, p_value, adjusted_p) > 0) FROM touchpoint_map;'),
  't|0', 'a line for every touchpoint and measure, empty where nothing is measured';

# Every touchpoint has a line, and every cell that is not measured is empty.
expect 'The touchpoint map', <<"END";
$map, cells AS (
	SELECT touchpoint, measure, trim(round(estimate::numeric, CASE measure WHEN 'CES' THEN 2 ELSE 1 END) || ' '
		|| CASE WHEN p IS NULL OR adjusted >= 0.05 THEN '' WHEN gap > 0 THEN '+' ELSE '-' END) AS cell
	FROM map
)
SELECT touchpoint, nps.cell AS nps, csat.cell AS csat, ces.cell AS ces, paid.cell AS paid, gone.cell AS "left",
	errors.cell AS errors, secs.cell AS secs, escal.cell AS escal, friction.cell AS friction
FROM (SELECT DISTINCT touchpoint FROM responses) AS t
	LEFT JOIN (SELECT * FROM cells WHERE measure = 'NPS') AS nps USING (touchpoint)
	LEFT JOIN (SELECT * FROM cells WHERE measure = 'CSAT') AS csat USING (touchpoint)
	LEFT JOIN (SELECT * FROM cells WHERE measure = 'CES') AS ces USING (touchpoint)
	LEFT JOIN (SELECT * FROM cells WHERE measure = 'completion') AS paid USING (touchpoint)
	LEFT JOIN (SELECT * FROM cells WHERE measure = 'abandonment') AS gone USING (touchpoint)
	LEFT JOIN (SELECT * FROM cells WHERE measure = 'errors') AS errors USING (touchpoint)
	LEFT JOIN (SELECT * FROM cells WHERE measure = 'time') AS secs USING (touchpoint)
	LEFT JOIN (SELECT * FROM cells WHERE measure = 'escalation') AS escal USING (touchpoint)
	LEFT JOIN (SELECT * FROM cells WHERE measure = 'friction') AS friction USING (touchpoint)
ORDER BY touchpoint;
END

my $scored = <<"END";
$map, scored AS (
	SELECT touchpoint, place, measure, weight, 100 * (estimate - worst) / (best - worst) AS score,
		100 * error / (best - worst) AS score_error, sum(weight) OVER (PARTITION BY touchpoint) AS weights
	FROM map
		JOIN (VALUES ('NPS', -100, 100, 2.0), ('CSAT', 0, 100, 1), ('CES', 1, 7, 1), ('completion', 0, 100, 1),
			('time', 180, 30, 1), ('escalation', 30, 0, 1), ('friction', 100, 0, 1)) AS s (measure, worst, best, weight)
			USING (measure)
)
END
expect 'The experience index', <<"END";
$scored, indexes AS (
	SELECT touchpoint, sum(weight * score) / sum(weight) AS index,
		sqrt(sum((weight * score_error) ^ 2)) / sum(weight) AS error, count(*) AS present
	FROM scored
	GROUP BY touchpoint
)
SELECT touchpoint, round(index::numeric, 1) AS index, round((index - $z * error)::numeric, 1) AS low,
	round((index + $z * error)::numeric, 1) AS high, present AS components, 7 - present AS missing
FROM indexes
ORDER BY present DESC, index DESC;
END

expect 'What makes the index of the app', <<"END";
$scored
SELECT measure, round(score::numeric, 1) AS score, round(100 * weight / weights, 1) AS weight,
	round((score * weight / weights)::numeric, 1) AS points
FROM scored
WHERE touchpoint = 'app'
ORDER BY place;
END

expect 'Who comes back: the cohort triangle', <<"END";
WITH months AS (
	SELECT DISTINCT customer_id, date_trunc('month', ordered_at) AS month FROM orders
), firsts AS (
	SELECT customer_id, min(month) AS first FROM months GROUP BY customer_id
), sizes AS (
	SELECT first, count(*) AS customers FROM firsts GROUP BY first
), back AS (
	SELECT first, month, count(*) AS actors FROM firsts JOIN months USING (customer_id) GROUP BY first, month
), cells AS (
	SELECT s.first, k, customers, CASE WHEN s.first + (k + 1) * interval '1 month' <= '2026-01-01'
		THEN round(100.0 * coalesce(actors, 0) / customers, 1) END AS percent
	FROM sizes AS s CROSS JOIN generate_series(1, 11) AS k
		LEFT JOIN back AS b ON b.first = s.first AND b.month = s.first + k * interval '1 month'
	WHERE s.first >= '2025-01-01'
)
SELECT to_char(first, 'YYYY-MM') AS first_order, customers AS n, ${\ join ', ', map { "max(percent) FILTER (WHERE k = $_) AS m$_" } 1 .. 11}
FROM cells
GROUP BY first, customers
ORDER BY first;
END

done_testing;
