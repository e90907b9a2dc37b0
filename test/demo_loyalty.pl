#!/usr/bin/perl
# The demo's reports on loyalty: every number agrees with plain SQL.
use strict;
use warnings;
use lib 'test';
use Test::More;
use DemoOutput;

my ($database, $status, $output) = run_demo();
look_at($database, $output);
is $status, 0, 'demo/run.sh succeeds';

# What the data must have for the reports to show anything.
is value(q{SELECT min(ordered_at) >= '2024-01-01', max(ordered_at) < '2026-01-01', count(*) > 30000 FROM orders;}),
  't|t|t', 'orders of two years';
is value(q{SELECT count(*) FROM orders JOIN customers USING (customer_id) WHERE ordered_at < joined_at;}), '0',
  'nobody orders before joining';
is value(q{SELECT count(*) FROM invitations JOIN customers ON customer_id = inviter_id WHERE invited_at < joined_at;}),
  '0', 'nor invites';

my $orders = <<'END';
WITH numbered AS (
	SELECT *, row_number() OVER (PARTITION BY customer_id ORDER BY ordered_at) AS nth FROM orders
), firsts AS (
	SELECT a.customer_id, a.ordered_at AS first_at, b.ordered_at AS second_at
	FROM numbered AS a LEFT JOIN numbered AS b ON b.customer_id = a.customer_id AND b.nth = 2
	WHERE a.nth = 1
)
END
expect_near 'Do they buy again?', <<"END", qw(median m_low m_high);
$orders, waits AS (
	SELECT date_trunc('quarter', first_at) AS quarter, second_at IS NOT NULL AS again,
		extract(epoch FROM coalesce(second_at, '2026-01-01') - first_at)::float8 / 86400 AS days,
		first_at + interval '90 days' > '2026-01-01' AS is_young, second_at <= first_at + interval '90 days' AS is_quick
	FROM firsts
), counts AS (
	SELECT quarter, count(*) FILTER (WHERE NOT is_young) AS n, count(*) FILTER (WHERE is_young) AS undecided,
		count(*) FILTER (WHERE NOT is_young AND is_quick) AS x, array_agg(days) AS days, array_agg(again) AS ended
	FROM waits
	GROUP BY quarter
)
SELECT to_char(quarter, 'YYYY "Q"Q') AS first_order, n, undecided, round(100.0 * x / n, 1) AS again,
	round(100 * pg_temp.wilson(x, n, -1)::numeric, 1) AS low,
	round(100 * pg_temp.wilson(x, n, 1)::numeric, 1) AS high,
	k.median, k.low AS m_low, k.high AS m_high
FROM counts,
	LATERAL (SELECT min(seconds) FILTER (WHERE survival <= 0.5) AS median,
		min(seconds) FILTER (WHERE low <= 0.5) AS low, min(seconds) FILTER (WHERE high <= 0.5) AS high
		FROM pg_temp.kaplan_meier(days, ended)) AS k
ORDER BY quarter;
END

# The error of a ratio by customer: the spread of what each customer has beyond the ratio.
expect 'Revenue retention and earned growth, 2025 over 2024', <<'END';
WITH years AS (
	SELECT segment, customer_id, sum(CASE WHEN ordered_at < '2025-01-01' THEN amount ELSE 0 END) AS was,
		sum(CASE WHEN ordered_at >= '2025-01-01' THEN amount ELSE 0 END) AS now,
		customer_id IN (SELECT friend_id FROM invitations WHERE friend_id IS NOT NULL) AS referred
	FROM orders JOIN customers USING (customer_id)
	GROUP BY segment, customer_id
), units AS (
	SELECT 1 AS place, 'net retention' AS measure, 0 AS less, segment, now AS y, was AS x FROM years WHERE was > 0
	UNION ALL SELECT 2, 'gross retention', 0, segment, CASE WHEN now < was THEN now ELSE was END, was FROM years WHERE was > 0
	UNION ALL SELECT 3, 'earned growth', 100, segment, now, was FROM years WHERE was > 0 OR referred
), ratios AS (
	SELECT *, sum(y) OVER w / sum(x) OVER w AS r, count(*) OVER w AS n FROM units
	WINDOW w AS (PARTITION BY segment, place)
), errors AS (
	SELECT segment, place, measure, less, n, sum(y) AS y, sum(x) AS x, r::float8,
		pg_temp.t_quantile(n - 1) * sqrt(sum((y - r * x) ^ 2)::float8 * n / (n - 1)) / sum(x)::float8 AS margin
	FROM ratios
	GROUP BY segment, place, measure, less, n, r
)
SELECT segment, measure, n AS customers, y::numeric(12,2) AS revenue, x::numeric(12,2) AS "of",
	round((100 * r - less)::numeric, 1) AS percent,
	round((100 * (r - margin) - less)::numeric, 1) AS low,
	round((100 * (r + margin) - less)::numeric, 1) AS high
FROM errors
ORDER BY segment, place;
END

# Money is never anything but numeric, from the table to what is summed up.
is value(q{SELECT string_agg(DISTINCT atttypid::regtype::text, ', ') || ', ' || count(*) FROM pg_attribute
	WHERE attrelid IN ('orders'::regclass, 'buyers'::regclass) AND attname IN ('amount', 'last_year', 'this_year');}),
  'numeric, 3', 'money is numeric';

expect 'How many come because a friend invited them?', <<'END';
WITH counts AS (
	SELECT segment, count(*) AS n, sum(CASE WHEN EXISTS (SELECT FROM invitations WHERE friend_id = customer_id) THEN 1 ELSE 0 END) AS x
	FROM customers
	WHERE extract(year FROM joined_at) = 2024
	GROUP BY segment
)
SELECT segment, n, x AS invited, round(100.0 * x / n, 1) AS percent,
	round(100 * pg_temp.wilson(x, n, -1)::numeric, 1) AS low,
	round(100 * pg_temp.wilson(x, n, 1)::numeric, 1) AS high
FROM counts
ORDER BY segment;
END

expect 'Do those who would recommend us recommend us?', <<'END';
WITH lowest AS (
	SELECT customer_id, min(recommend) AS answer FROM responses GROUP BY customer_id
), classes AS (
	SELECT CASE WHEN answer >= 9 THEN 'promoter' WHEN answer >= 7 THEN 'passive' ELSE 'detractor' END AS stated,
		customer_id IN (SELECT inviter_id FROM invitations WHERE friend_id IS NOT NULL) AS brought
	FROM lowest
	WHERE answer IS NOT NULL
), counts AS (
	SELECT stated, count(*) AS n, count(*) FILTER (WHERE brought) AS x FROM classes GROUP BY stated
)
SELECT stated, n, x AS brought, round(100.0 * x / n, 2) AS percent,
	round(100 * pg_temp.wilson(x, n, -1)::numeric, 2) AS low,
	round(100 * pg_temp.wilson(x, n, 1)::numeric, 2) AS high
FROM counts
ORDER BY 1.0 * x / n DESC;
END

expect 'The K factor of 2024', <<'END';
WITH sent AS (
	SELECT inviter_id, count(*) AS sent, count(friend_id) AS brought FROM invitations GROUP BY inviter_id
), each AS (
	SELECT coalesce(sent, 0) AS sent, coalesce(brought, 0) AS brought
	FROM customers LEFT JOIN sent ON inviter_id = customer_id
	WHERE joined_at < '2024-01-01'
), totals AS (
	SELECT count(*) AS n, avg(brought) AS k, pg_temp.t_quantile(count(*) - 1) * stddev(brought) / sqrt(count(*)) AS margin,
		avg(sent) AS sent, 100 * sum(brought) / sum(sent) AS accepted
	FROM each
)
SELECT n AS customers, round(k, 4) AS k, round(k::numeric - margin::numeric, 4) AS low,
	round(k::numeric + margin::numeric, 4) AS high, round(sent, 4) AS invitations_each, round(accepted, 1) AS accepted
FROM totals;
END

done_testing();
