#!/usr/bin/perl
# The demo's reports on drivers, reliability, reasons and escalations: every number agrees with
# plain SQL and with plain arithmetic on its sums.
use strict;
use warnings;
use lib 'test';
use Test::More;
use DemoOutput;
use PlainItems;

my ($database, $status, $output) = run_demo();
look_at($database, $output);
is $status, 0, 'demo/run.sh succeeds';

{
	my @names = qw(recommend ease courtesy responsiveness competence price);
	my ($n, $all, $matrix) = covariances(value(covariances_query('service_ratings', @names)));
	my @drivers = drivers($matrix);
	my $rows = join ', ',
	  map { sprintf "('%s', %.12f, %.12f, %.12f, %.12f)", $names[ $_ + 1 ], @{ $drivers[$_] } } 0 .. $#drivers;
	expect 'What drives the recommendation after a ticket', <<"END";
SELECT name, round(correlation, 2) AS correlation, round(beta, 2) AS beta, round(100 * share, 1) AS importance,
	round(r_squared, 2) AS r_squared, $n AS n, $all - $n AS incomplete
FROM (VALUES $rows) AS d (name, correlation, beta, share, r_squared)
ORDER BY share DESC;
END
}

{
	my ($n, $all, $matrix) = covariances(value(covariances_query('service_ratings', qw(ease courtesy responsiveness competence))));
	my $alpha = alpha($matrix, 0 .. 3);
	my ($low, $high) = map { sprintf '%.12f', $_ } alpha_interval($alpha, $n, 4);
	expect 'How well the four questions about service go together', <<"END";
SELECT 4 AS items, $n AS n, $all - $n AS dropped, round(${\ sprintf '%.12f', $alpha}, 3) AS alpha, round($low, 3) AS low,
	round($high, 3) AS high;
END
}

expect 'What customers want improved', <<'END';
SELECT choice, x AS answers, round(100.0 * x / n, 1) AS share,
	round(100 * pg_temp.wilson(x, n, -1)::numeric, 1) AS low,
	round(100 * pg_temp.wilson(x, n, 1)::numeric, 1) AS high, n AS respondents
FROM (SELECT reason AS choice, count(DISTINCT customer_id) AS x
		FROM service_ratings CROSS JOIN unnest(reasons) AS reason GROUP BY reason) AS c,
	(SELECT count(reasons) AS n FROM service_ratings) AS r
ORDER BY x DESC;
END
cmp_ok value("SELECT count(*) FROM service_ratings WHERE reasons = '{}';"), '>', 0, 'some who were asked ticked nothing';

# Customers are the units: the residuals of each of them, by the delta method.
expect 'Escalated tickets, by segment', <<'END';
WITH units AS (
	SELECT segment, customer_id, count(*) FILTER (WHERE escalated) AS x, count(*) AS y
	FROM tickets JOIN customers USING (customer_id)
	WHERE opened_at <= '2025-12-18 00:00+00'
	GROUP BY segment, customer_id
), ratios AS (
	SELECT segment, sum(x) / sum(y) AS ratio, sum(y) AS tickets, count(*) AS customers FROM units GROUP BY segment
), halves AS (
	SELECT segment, pg_temp.t_quantile(customers - 1)
		* sqrt(customers / (customers - 1.0) * sum((x - ratio * y) ^ 2)) / tickets AS half
	FROM units JOIN ratios USING (segment)
	GROUP BY segment, customers, tickets
)
SELECT segment, customers, tickets, round(100 * ratio, 1) AS escalated,
	round((100 * (ratio - half))::numeric, 1) AS low, round((100 * (ratio + half))::numeric, 1) AS high
FROM ratios JOIN halves USING (segment)
ORDER BY segment;
END
cmp_ok value('SELECT count(*) FROM (SELECT FROM tickets GROUP BY customer_id HAVING count(*) > 1) AS c;'), '>', 1000,
  'many customers have several tickets';

done_testing;
