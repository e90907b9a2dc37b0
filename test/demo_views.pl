#!/usr/bin/perl
# The views of the demo for BI tools: built-in types, comments on everything, and the numbers of plain
# SQL on the raw tables.
use strict;
use warnings;
use lib 'test';
use Test::More;
use DemoOutput;

my ($database, $status) = run_demo();
is $status, 0, 'demo/run.sh succeeds';

sub rows
{
	my $query = shift;
	my ($exit, $output, $errors) = run_command("psql -X -q -A -t -v ON_ERROR_STOP=1 -d $database <<'END'\nSET timezone = 'UTC';\n$query;\nEND");
	return $exit ? "failed: $errors" : $output =~ s/\n\z//r;
}

my @views = split /\n/, rows(q{SELECT table_name FROM information_schema.views WHERE table_schema = 'bi' ORDER BY 1});
cmp_ok(scalar @views, '>=', 12, 'views for BI tools');
is(rows(<<'END'), '', 'their columns are of built-in types that tools know');
SELECT table_name, column_name, data_type FROM information_schema.columns JOIN information_schema.views USING (table_schema, table_name)
WHERE table_schema = 'bi' AND data_type NOT IN ('double precision', 'bigint', 'integer', 'text', 'date', 'boolean', 'timestamp with time zone')
END
is(rows(<<'END'), '', 'each has a comment, as have the views, and the summaries beside them');
SELECT c.relname, a.attname FROM pg_class AS c LEFT JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0
WHERE c.relnamespace = 'bi'::regnamespace AND c.relkind IN ('v', 'm') AND (col_description(c.oid, a.attnum) IS NULL OR obj_description(c.oid, 'pg_class') IS NULL)
END
for my $view (@views)
{
	like(rows("SELECT count(*), count(*) FILTER (WHERE t IS NULL) FROM bi.$view AS t"), qr/^[1-9]\d*\|0$/, "$view has rows");
	is(rows("SET search_path = ''; SELECT (SELECT count(*) FROM bi.$view) = (SELECT count(*) FROM (SELECT DISTINCT * FROM (SELECT * FROM bi.$view) AS virtual_table) AS t)"), 't', "$view is a set, whatever the search_path");
}

# Plain SQL, by the formulas of the documentation. Each query gives the differences.
sub agrees
{
	my ($what, $rows, $view, $plain) = @_;
	is(rows("WITH plain AS ($plain) SELECT count(*) FROM plain"), $rows, "$what: plain SQL gives $rows rows");
	is(rows("WITH plain AS ($plain), view AS ($view) (SELECT 'too much', * FROM view EXCEPT SELECT 'too much', * FROM plain) UNION ALL (SELECT 'missing', * FROM plain EXCEPT SELECT 'missing', * FROM view) LIMIT 5"), '', "$what agrees with plain SQL");
}

my $adjusted = '1.959963984540054 * sqrt(((p + 0.75 + d + 0.75) / (n + 3) - ((p - d) / (n + 3)) ^ 2) / (n + 3))';
my $nps = <<"END";
round((100 * (p - d) / n)::numeric, 6), round((100 * greatest(-1, (p - d) / (n + 3) - $adjusted))::numeric, 6),
	round((100 * least(1, (p - d) / (n + 3) + $adjusted))::numeric, 6), n
END
my $counts = q{count(recommend)::float8 AS n, (count(*) FILTER (WHERE recommend >= 9))::float8 AS p, (count(*) FILTER (WHERE recommend <= 6))::float8 AS d};
my $four = 'round(nps::numeric, 6), round(low::numeric, 6), round(high::numeric, 6), n';
agrees('nps_by_month', 60, "SELECT month, touchpoint, $four FROM bi.nps_by_month",
	"SELECT month, touchpoint, $nps FROM (SELECT date_trunc('month', answered_at)::date AS month, touchpoint, $counts FROM responses GROUP BY 1, 2) AS g");
agrees('nps_last_28_days', 365, "SELECT day, $four FROM bi.nps_last_28_days",
	"SELECT day, $nps FROM (SELECT day::date, $counts FROM generate_series('2025-01-01'::timestamptz, '2025-12-31', '1 day') AS day JOIN responses ON answered_at >= day - interval '27 days' AND answered_at < day + interval '1 day' GROUP BY 1) AS g");

my $wilson = sub {
	my ($x, $n, $sign) = @_;
	return "round((($x + 1.959963984540054 ^ 2 / 2 $sign 1.959963984540054 * sqrt($x * ($n - $x) / $n + 1.959963984540054 ^ 2 / 4)) / ($n + 1.959963984540054 ^ 2))::numeric, 6)";
};
my $share = sub { my ($x, $n) = @_; "round(($x / $n)::numeric, 6), " . $wilson->($x, $n, '-') . ', ' . $wilson->($x, $n, '+') };
agrees('csat_by_month', 60, 'SELECT month, touchpoint, round(satisfied::numeric, 6), round(low::numeric, 6), round(high::numeric, 6), round(mean::numeric, 6), n FROM bi.csat_by_month',
	'SELECT month, touchpoint, ' . $share->('x', 'n') . ", round(mean, 6), n FROM (SELECT date_trunc('month', answered_at)::date AS month, touchpoint, count(satisfaction)::float8 AS n, (count(*) FILTER (WHERE satisfaction >= 4))::float8 AS x, avg(satisfaction) AS mean FROM responses GROUP BY 1, 2) AS g");
agrees('scores_by_group', rows("SELECT count(*) FROM (SELECT FROM responses JOIN customers USING (customer_id) GROUP BY touchpoint, device, segment) AS g"),
	'SELECT touchpoint, device, segment, round(nps::numeric, 6), n, round(satisfied::numeric, 6), round(ease::numeric, 6) FROM bi.scores_by_group',
	"SELECT touchpoint, device, segment, CASE WHEN n >= 30 THEN round((100 * (p - d) / n)::numeric, 6) END, CASE WHEN n >= 30 THEN n ELSE 0 END, CASE WHEN m >= 30 THEN round((x / m)::numeric, 6) END, CASE WHEN o >= 30 THEN round(ease, 6) END
	FROM (SELECT touchpoint, device, segment, $counts, count(satisfaction) AS m, (count(*) FILTER (WHERE satisfaction >= 4))::float8 AS x, count(ease) AS o, avg(ease) AS ease FROM responses JOIN customers USING (customer_id) GROUP BY 1, 2, 3) AS g");
agrees('tasks_by_release', 24, 'SELECT release, task, device, round(seconds::numeric, 6), round(completion::numeric, 6), round(completion_low::numeric, 6), round(completion_high::numeric, 6), attempts, round(errors::numeric, 6), round(clicks::numeric, 6) FROM bi.tasks_by_release',
	'SELECT release, task, device, round(seconds::numeric, 6), ' . $share->('x', 'n') . ', n, round(errors, 6), round(clicks, 6) FROM (SELECT release, task, device, exp(avg(ln(seconds)) FILTER (WHERE completed)) AS seconds, (count(*) FILTER (WHERE completed))::float8 AS x, count(*)::float8 AS n, avg(errors) AS errors, avg(clicks) AS clicks FROM task_attempts GROUP BY 1, 2, 3) AS g');
agrees('improvements', 5, 'SELECT improvement, answers, round(share::numeric, 6), round(low::numeric, 6), round(high::numeric, 6), respondents FROM bi.improvements',
	'SELECT improvement, x, ' . $share->('x', 'n') . ', n FROM (SELECT improvement, count(*)::float8 AS x, (SELECT count(reasons) FROM service_ratings)::float8 AS n FROM service_ratings, unnest(reasons) AS improvement GROUP BY 1) AS g');
# The funnel's own numbers are proved in demo_funnel.pl; here the view reads the same ones.
agrees('checkout_steps', 12, 'SELECT device, step, name, customers, round(share_of_start::numeric, 6), abandoned, open FROM bi.checkout_steps',
	'SELECT device, step, name, actors, round((actors::float8 / first_value(actors) OVER (PARTITION BY device ORDER BY step))::numeric, 6), abandoned, open FROM checkouts, report(shop)');
agrees('checkout_abandonment', 3, 'SELECT device, round(abandonment::numeric, 6), round(low::numeric, 6), round(high::numeric, 6), customers, open FROM bi.checkout_abandonment',
	'SELECT device, ' . $share->('(v.customers - p.customers)', 'v.customers') . ', v.customers, v.open FROM (SELECT device, customers::float8, open FROM bi.checkout_steps WHERE step = 1) AS v JOIN (SELECT device, customers::float8 FROM bi.checkout_steps WHERE step = 4) AS p USING (device)');
# Where no ticket is censored before the point, Kaplan and Meier's share is the plain one.
agrees('tickets_still_open', 4, q{SELECT severity, count(*) > 50 AS many, min(share) >= 0 AND max(share) <= 1 AND bool_and(low <= share AND share <= high) AS inside, max(tickets) FROM bi.tickets_still_open GROUP BY severity},
	q{SELECT severity, true, true, count(*) FROM tickets GROUP BY severity});
# The map is proved in demo_touchpoints.pl; here its gaps have a verdict, and a label for people.
agrees('touchpoint_map', 45, 'SELECT touchpoint, place, measure, unit, estimate, low, high, n, gap_to, gap, gap_low, gap_high, p_value, adjusted_p, verdict FROM bi.touchpoint_map', <<'END');
SELECT touchpoint, place, measure, unit, estimate, low, high, n, CASE WHEN gap IS NULL THEN NULL WHEN measure = 'NPS' THEN 'rival' ELSE 'target' END,
	gap, gap_low, gap_high, p_value, adjusted_p,
	CASE WHEN gap IS NULL THEN NULL WHEN adjusted_p >= 0.05 THEN 'not told apart' WHEN measure IN ('time', 'escalation', 'friction') = (gap < 0) THEN 'better' ELSE 'worse' END
FROM touchpoint_map
END
agrees('labels of touchpoint_map', 10, "SELECT touchpoint, measure, label FROM bi.touchpoint_map WHERE measure IN ('CSAT', 'escalation')", <<"END");
SELECT touchpoint, measure, round((100 * x / s.n)::numeric, 1) || ' (' || round(100 * ${\ $wilson->('x', 's.n', '-')}, 1) || '–' || round(100 * ${\ $wilson->('x', 's.n', '+')}, 1) || ')' || CASE WHEN adjusted_p >= 0.05 THEN '' WHEN good THEN ' ✓' ELSE ' ✗' END
FROM (
	SELECT touchpoint, 'CSAT' AS measure, count(satisfaction)::float8 AS n, (count(*) FILTER (WHERE satisfaction >= 4))::float8 AS x, avg((satisfaction >= 4)::int) > 0.75 AS good FROM responses GROUP BY touchpoint
	UNION ALL
	SELECT touchpoint, 'escalation', count(escalated), count(*) FILTER (WHERE escalated), avg(escalated::int) < 0.08 FROM tickets GROUP BY touchpoint
	) AS s JOIN touchpoint_map USING (touchpoint, measure)
END
is(rows(q{SELECT string_agg(label, ', ' ORDER BY place) FROM bi.touchpoint_map WHERE touchpoint = 'help desk'}), '-16.7 (-18.9 to -14.5), 60.5 (59.0–62.0) ✗, 4.37 (4.32–4.42) ✗, 8.0 (6.8–9.4)', 'what is not measured has no label');
agrees('flows_after_cart', 85, 'SELECT step, source, target, actors FROM bi.flows_after_cart', plain_flows('events', 'customer_id', 'cart', 3) . 'SELECT place, source, target, n FROM flows');
agrees('orders_by_cohort', 300, 'SELECT cohort, period, round(share::numeric, 6), round(low::numeric, 6), round(high::numeric, 6), actors, cohort_size, complete FROM bi.orders_by_cohort', <<"END");
SELECT cohort, period, ${\ $share->('x', 'n')}, x, n, true
FROM (
	SELECT s.first::date AS cohort, k AS period, customers::float8 AS n, coalesce(actors, 0)::float8 AS x
	FROM (SELECT first, count(*) AS customers FROM (SELECT date_trunc('month', min(ordered_at)) AS first FROM orders GROUP BY customer_id) AS f GROUP BY first) AS s
		CROSS JOIN generate_series(0, 23) AS k
		LEFT JOIN (
			SELECT first, month, count(DISTINCT customer_id) AS actors
			FROM (SELECT customer_id, date_trunc('month', ordered_at) AS month, date_trunc('month', min(ordered_at) OVER (PARTITION BY customer_id)) AS first FROM orders) AS o
			GROUP BY first, month
			) AS b ON b.first = s.first AND b.month = s.first + k * interval '1 month'
	WHERE s.first + k * interval '1 month' < '2026-01-01'
	) AS c
END
# The part of a customer does not change, so that parts of the company add up to the whole.
is(rows(<<'END'), '', 'the summaries of the parts are those of the whole');
SELECT 'orders' WHERE (SELECT rollup(orders) FROM bi.stored_orders) <> (SELECT retention(customer_id, ordered_at, 'month') FROM orders)
UNION ALL
SELECT 'flows' WHERE (SELECT rollup(after_cart) FROM bi.stored_flows) <> (SELECT flows(j, 'cart', 3) FROM customer_journeys)
END
is(rows(<<'END'), '', 'all summaries are refreshed beside their readers');
REFRESH MATERIALIZED VIEW CONCURRENTLY bi.stored_scores;
REFRESH MATERIALIZED VIEW CONCURRENTLY bi.stored_checkouts;
REFRESH MATERIALIZED VIEW CONCURRENTLY bi.stored_tasks;
REFRESH MATERIALIZED VIEW CONCURRENTLY bi.stored_orders;
REFRESH MATERIALIZED VIEW CONCURRENTLY bi.stored_flows
END
done_testing;
