#!/usr/bin/perl
# Every purchase of CDNOW's customers of early 1997: monthly cohorts agree with plain SQL.
use strict;
use warnings;
use lib 'test';
use Psql;
use Test::More;

plan skip_all => '../shared/data is missing' unless $ENV{CXUX_DATA};

sub psql
{
	return Psql::psql(shift, '-v ON_ERROR_STOP=1');
}

is(psql("CREATE TABLE purchase (customer int, made_on date, cds int, dollars numeric);\n\\copy purchase FROM '$ENV{CXUX_DATA}/cdnow_purchases.csv' (FORMAT csv, HEADER)"), '', 'purchases are loaded');
is(psql('SELECT count(*), count(DISTINCT customer) FROM purchase'), '69659|23570', 'all of them are there');
is(psql("SELECT n(retention(customer, made_on, 'month')) FROM purchase"), '23570', 'and all customers are counted');

# As an analyst would do it: months by their numbers, cohorts by a join, rows for every month there was.
sub triangle
{
	my ($test) = @_;
	return <<~"SQL";
		WITH active AS (SELECT DISTINCT customer, (extract(year FROM made_on) * 12 + extract(month FROM made_on))::int AS m FROM purchase),
		cohorts AS (SELECT customer, min(m) AS c FROM active GROUP BY customer)
		SELECT make_date((c - 1) / 12, (c - 1) % 12 + 1, 1), k, count(DISTINCT customer) FILTER (WHERE $test), (SELECT count(*) FROM cohorts AS s WHERE s.c = g.c), c + k < 1998 * 12 + 7
		FROM (SELECT DISTINCT c FROM cohorts) AS g CROSS JOIN generate_series(0, 17) AS k JOIN cohorts USING (c) JOIN active USING (customer)
		WHERE c + k <= 1998 * 12 + 6
		GROUP BY c, k ORDER BY c, k
		SQL
}
for my $case ([ 'bounded', 'false', 'm = c + k' ], [ 'rolling', 'true', 'm >= c + k' ])
{
	my ($name, $rolling, $test) = @$case;
	my $report = psql("SELECT cohort, period, actors, cohort_size, complete FROM report((SELECT retention(customer, made_on, 'month') FROM purchase), $rolling, '1998-07-01 00:00+00') ORDER BY cohort, period");
	is($report, psql(triangle($test)), "$name retention is that of plain SQL");
	is(scalar(split /\n/, $report), 18 + 17 + 16, "$name: three cohorts, a row for each month of theirs");
	note($report);
}
is(psql("SELECT sum(r.new), sum(r.actors), count(*) FROM lifecycle((SELECT retention(customer, made_on, 'month') FROM purchase)) AS r"), psql("SELECT count(DISTINCT customer), (SELECT count(*) FROM (SELECT DISTINCT customer, date_trunc('month', made_on) FROM purchase) AS a), 18 FROM purchase"), 'the lifecycle has every customer once as new, and each month it bought in');
is(psql("SELECT format('%s of %s', successes(r), n(r)) FROM (SELECT retained(retention(customer, made_on, 'month'), 1, true) AS r FROM purchase) AS s"), psql("SELECT format('%s of %s', count(*) FILTER (WHERE last > first), count(*)) FROM (SELECT date_trunc('month', min(made_on)) AS first, date_trunc('month', max(made_on)) AS last FROM purchase GROUP BY customer) AS s"), 'who bought again in a later month');
done_testing;
