#!/usr/bin/perl
# The demo's funnels: every number agrees with plain SQL on the raw events.
use strict;
use warnings;
use lib 'test';
use Test::More;
use DemoOutput;

my ($database, $status, $output) = run_demo();
look_at($database, $output);
is $status, 0, 'demo/run.sh succeeds';

# What the data must have for the reports to show anything.
is value(q{SELECT count(*) BETWEEN 150000 AND 250000, min(at) >= '2025-12-01', max(at) < '2026-01-01' FROM events;}),
  't|t|t', 'a log of December';
cmp_ok value(<<'END'), '>', 1000, 'customers have several events in the same second';
SELECT count(*) FROM (SELECT FROM events GROUP BY customer_id, at HAVING count(DISTINCT event) > 1) AS t;
END
cmp_ok value(<<'END'), '>', 50, 'the same second takes customers from the first view to payment';
SELECT count(*) FROM (SELECT FROM events GROUP BY customer_id, at HAVING count(DISTINCT event) >= 4) AS t;
END
cmp_ok value(<<'END'), '>', 100, 'some pay with another device than that of their first view';
SELECT count(*)
FROM (SELECT DISTINCT ON (customer_id) customer_id, device FROM events WHERE event = 'view'
		ORDER BY customer_id, at, event_id) AS v
	JOIN (SELECT customer_id, device FROM events WHERE event = 'pay') AS p USING (customer_id)
WHERE v.device <> p.device;
END

expect_near 'From the first view to payment, by device', <<"END", qw(median p90);
$walks
SELECT device, name AS step, actors AS n, round(100.0 * actors / entered, 1) AS share,
	round(100 * pg_temp.wilson(actors, entered, -1)::numeric, 1) AS low,
	round(100 * pg_temp.wilson(actors, entered, 1)::numeric, 1) AS high,
	round(100.0 * actors / before, 1) AS prev,
	round(100 * pg_temp.wilson(actors, before, -1)::numeric, 1) AS p_low,
	round(100 * pg_temp.wilson(actors, before, 1)::numeric, 1) AS p_high,
	minutes[1] AS median, minutes[2] AS p90, open
FROM counts
ORDER BY device, counts.step;
END

expect_near 'Given up on the way to payment', <<"END", 'minutes';
$walks
SELECT device, n AS customers, round(100.0 * x / n, 1) AS given_up,
	round(100 * pg_temp.wilson(x, n, -1)::numeric, 1) AS low,
	round(100 * pg_temp.wilson(x, n, 1)::numeric, 1) AS high,
	round(100.0 * at_view / n, 1) AS "view", round(100.0 * at_cart / (n - at_view), 1) AS "cart",
	round(100.0 * at_checkout / (n - at_view - at_cart), 1) AS "checkout",
	minutes, open, open_paid
FROM (
	SELECT device, count(*) FILTER (WHERE NOT open) AS n, count(*) FILTER (WHERE NOT open AND depth < 4) AS x,
		count(*) FILTER (WHERE NOT open AND depth = 1) AS at_view,
		count(*) FILTER (WHERE NOT open AND depth = 2) AS at_cart,
		count(*) FILTER (WHERE NOT open AND depth = 3) AS at_checkout,
		percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM times[4] - times[1])::float8 / 60)
			FILTER (WHERE NOT open AND depth = 4) AS minutes,
		count(*) FILTER (WHERE open) AS open, count(*) FILTER (WHERE open AND depth = 4) AS open_paid
	FROM walks
	GROUP BY device
	) AS c
ORDER BY device;
END

# The N-1 test, and Holm's adjustment: a p-value is not below a lower one.
my $differences = 'Is the difference between the devices real?';
expect $differences, <<"END";
$walks, shares AS (
	SELECT device, step, name, actors::float8 AS x, before::float8 AS n FROM counts WHERE step > 1
	UNION ALL
	SELECT device, 5, 'completion', actors, entered FROM counts WHERE step = 4
), tests AS (
	SELECT a.device, step, a.name, a.x / a.n - b.x / b.n AS gap, a.x, a.n, b.x AS y, b.n AS m,
		pg_temp.two_tails((a.x / a.n - b.x / b.n) / sqrt((a.x + b.x) / (a.n + b.n) * (1 - (a.x + b.x) / (a.n + b.n))
			* (1 / a.n + 1 / b.n) * (a.n + b.n) / (a.n + b.n - 1))) AS p
	FROM shares AS a JOIN shares AS b USING (step)
	WHERE a.device <> 'desktop' AND b.device = 'desktop'
), ranked AS (
	SELECT *, rank() OVER (ORDER BY p) AS rank FROM tests
)
SELECT device, name AS step, round(100 * gap::numeric, 1) AS difference,
	round(100 * pg_temp.score_limit(x, n, y, m, -1)::numeric, 1) AS low,
	round(100 * pg_temp.score_limit(x, n, y, m, 1)::numeric, 1) AS high,
	round(p::numeric, 4) AS p,
	round(least(1, max(p * (9 - rank)) OVER (ORDER BY rank))::numeric, 4) AS adjusted_p
FROM ranked
ORDER BY device, ranked.step;
END
like table_of($output, $differences), qr/^ phone +│ completion +│ +-\d.* 0\.0000 │ +0\.0000$/m,
  'phones lose more, and not by chance';

expect_charts 'The way to payment on the phone', <<"END";
$walks
(SELECT format('%s %s %% %s', name, round(100.0 * actors / entered, 1), actors)
FROM counts WHERE device = 'phone' ORDER BY step)
UNION ALL
SELECT format('Completion %s %%, 95 %% interval %s %% to %s %%, n = %s', round(100.0 * actors / entered, 1),
	round(100 * pg_temp.wilson(actors, entered, -1)::numeric, 1),
	round(100 * pg_temp.wilson(actors, entered, 1)::numeric, 1), entered)
FROM counts WHERE device = 'phone' AND step = 4;
END

# Every way through the events, with a search or without. A customer's best way goes furthest; of
# those it gets there first; then it starts last; then it searches; then it takes each step first.
expect_near 'Sending a ticket in the support portal', <<"END", 'seconds';
WITH opened AS (
	SELECT *, min(at) OVER (PARTITION BY customer_id) > '2025-12-31 23:00+00' AS open,
		first_value(device) OVER (PARTITION BY customer_id ORDER BY at, event_id) AS entry
	FROM events
	WHERE event = 'open help'
), searches AS (
	SELECT o.customer_id, o.entry, o.open, o.at AS opened, s.at AS searched
	FROM opened AS o JOIN events AS s ON s.customer_id = o.customer_id AND s.event = 'search help'
		AND s.at BETWEEN o.at AND o.at + interval '1 hour'
	UNION ALL
	SELECT customer_id, entry, open, at, NULL FROM opened
), forms AS (
	SELECT s.*, f.at AS form
	FROM searches AS s LEFT JOIN events AS f ON f.customer_id = s.customer_id AND f.event = 'open ticket form'
		AND f.at BETWEEN coalesce(s.searched, s.opened) AND s.opened + interval '1 hour'
), tries AS (
	SELECT f.*, t.at AS sent
	FROM forms AS f LEFT JOIN events AS t ON t.customer_id = f.customer_id AND t.event = 'send ticket'
		AND t.at BETWEEN f.form AND f.opened + interval '1 hour'
), ways AS (
	SELECT DISTINCT ON (customer_id) *
	FROM tries,
		LATERAL (SELECT CASE WHEN sent IS NOT NULL THEN 4 WHEN form IS NOT NULL THEN 3
			WHEN searched IS NOT NULL THEN 2 ELSE 1 END AS depth) AS d
	ORDER BY customer_id, depth DESC, coalesce(sent, form, searched, opened), opened DESC, searched, form
), steps AS (
	SELECT entry AS device, customer_id, open, step, name,
		extract(epoch FROM at - CASE step WHEN 2 THEN opened WHEN 3 THEN coalesce(searched, opened)
			WHEN 4 THEN form END)::float8 AS seconds
	FROM ways, LATERAL (VALUES (1, '"open help"', opened), (2, '"search help"', searched),
		(3, '"open ticket form"', form), (4, '"send ticket"', sent)) AS s (step, name, at)
	WHERE at IS NOT NULL
), counts AS (
	SELECT device, step, name, count(*) FILTER (WHERE NOT open) AS x, count(*) FILTER (WHERE open) AS open,
		percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) FILTER (WHERE NOT open) AS seconds
	FROM steps
	GROUP BY device, step, name
)
SELECT c.device, c.name AS step, c.x AS customers, round(100.0 * c.x / e.x, 1) AS share,
	round(100 * pg_temp.wilson(c.x, e.x, -1)::numeric, 1) AS low,
	round(100 * pg_temp.wilson(c.x, e.x, 1)::numeric, 1) AS high,
	round(100.0 * c.x / b.x, 1) AS prev, c.seconds, c.open
FROM counts AS c JOIN counts AS e ON e.device = c.device AND e.step = 1
	LEFT JOIN counts AS b
		ON b.device = c.device AND b.step = CASE c.step WHEN 2 THEN 1 WHEN 3 THEN 1 WHEN 4 THEN 3 END
ORDER BY c.device, c.step;
END

done_testing;
