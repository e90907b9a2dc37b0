#!/usr/bin/perl
# The demo's reports on a real shop: every number they print agrees with plain SQL.
use strict;
use warnings;
use lib 'test';
use Test::More;
use DemoOutput;

plan skip_all => '../shared/data is missing' unless $ENV{CXUX_DATA};

my $database = $ENV{PGDATABASE};
my ($status, $output, $errors) = run_command(
	"psql -X -q -v ON_ERROR_STOP=1 -P pager=off -f demo/cdnow.sql <'$ENV{CXUX_DATA}/cdnow_purchases.csv'");
is $status, 0, 'demo/cdnow.sql succeeds';
is $errors, '', 'without a word on standard error';
look_at($database, $output);

is value('SELECT count(*), count(DISTINCT customer) FROM cdnow_purchases;'), '69659|23570',
  'all purchases and customers are there';
is value(q{SELECT min("on"), max("on") FROM cdnow_purchases;}), '1997-01-01|1998-06-30', 'of one year and a half';

# The second visit is the first purchase on a later day.
my $firsts = <<'END';
WITH firsts AS (
	SELECT customer, min("on") AS first FROM cdnow_purchases GROUP BY customer
), seconds AS (
	SELECT customer, first, min("on") AS second, date '1998-07-01' - first AS seen
	FROM firsts LEFT JOIN cdnow_purchases AS p USING (customer)
	WHERE p."on" > first
	GROUP BY customer, first
	UNION ALL
	SELECT customer, first, NULL, date '1998-07-01' - first
	FROM firsts
	WHERE NOT EXISTS (SELECT FROM cdnow_purchases AS p WHERE p.customer = firsts.customer AND p."on" > first)
)
END
expect_near 'A real shop: who bought again', <<"END", qw(still quarter);
$firsts, counts AS (
	SELECT to_char(first, 'YYYY-MM') AS month, count(*) AS n,
		count(*) FILTER (WHERE second - first <= 90) AS soon, count(*) FILTER (WHERE second - first <= 365) AS later,
		count(*) FILTER (WHERE seen < 365) AS undecided,
		array_agg(coalesce(second - first, seen)::float8) AS days, array_agg(second IS NOT NULL) AS again
	FROM seconds
	GROUP BY month
)
SELECT month AS first, n, round(100.0 * soon / n, 1) AS in_90,
	round(100 * pg_temp.wilson(soon, n, -1)::numeric, 1) AS low,
	round(100 * pg_temp.wilson(soon, n, 1)::numeric, 1) AS high,
	round(100.0 * later / n, 1) AS in_365,
	round(100 * pg_temp.wilson(later, n, -1)::numeric, 1) AS y_low,
	round(100 * pg_temp.wilson(later, n, 1)::numeric, 1) AS y_high,
	undecided, k.still, k.quarter
FROM counts,
	LATERAL (SELECT 100 * min(survival) FILTER (WHERE seconds * 86400 < pg_temp.bucket_start(pg_temp.bucket(365 * 86400) + 1)) AS still,
		min(seconds) FILTER (WHERE survival <= 0.75) AS quarter
		FROM pg_temp.kaplan_meier(days, again)) AS k
ORDER BY month;
END

# Garwood's limits of a Poisson count: the rates under which so many or more, or so few or fewer, are
# as rare as 2.5 %, by halving. The probabilities come from the sum of logarithms.
expect 'A real shop: how fast it lost customers', <<'END';
CREATE FUNCTION pg_temp.poisson_tail(count bigint, mean float8) RETURNS float8
LANGUAGE sql IMMUTABLE AS $$
	SELECT sum(exp(x)) FROM (
		SELECT k, k * ln(mean) - mean - coalesce(sum(ln(nullif(k, 0)::float8)) OVER (ORDER BY k), 0) AS x
		FROM generate_series(0, count) AS k) AS t
	WHERE x > -700
$$;
CREATE FUNCTION pg_temp.poisson_limit(count bigint, side integer) RETURNS float8
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
	low float8 := count - 6 * sqrt(count::float8);
	high float8 := count + 6 * sqrt(count::float8);
BEGIN
	FOR i IN 1 .. 40 LOOP
		IF (CASE WHEN side > 0 THEN pg_temp.poisson_tail(count, (low + high) / 2) > 0.025
			ELSE 1 - pg_temp.poisson_tail(count - 1, (low + high) / 2) < 0.025 END) THEN
			low := (low + high) / 2;
		ELSE
			high := (low + high) / 2;
		END IF;
	END LOOP;
	RETURN low;
END;
$$;
WITH visits AS (
	SELECT customer, "on" AS day, sum(cds) AS cds, sum(dollars) AS dollars,
		row_number() OVER (PARTITION BY customer ORDER BY "on") AS nth, count(*) OVER (PARTITION BY customer) AS visits,
		sum(sum(dollars)) OVER (PARTITION BY customer) AS spent
	FROM cdnow_purchases
	GROUP BY customer, "on"
), customers AS (
	SELECT first.customer, CASE WHEN first.cds < 4 THEN first.cds::text ELSE '4 and more' END AS first_cds, first.day AS first, last.day AS last,
		date '1998-07-01' - last.day > 182 AS lost, first.spent::float8 AS dollars
	FROM visits AS first JOIN visits AS last USING (customer)
	WHERE first.nth = 1 AND last.nth = last.visits
), counts AS (
	SELECT first_cds, count(*) AS customers, count(*) FILTER (WHERE lost) AS lost,
		sum(CASE WHEN lost THEN last ELSE date '1998-07-01' END - first) / 365.0 AS years, avg(dollars) AS spent,
		stddev(dollars) / sqrt(count(*)) * pg_temp.t_quantile(count(*) - 1) AS margin
	FROM customers
	GROUP BY first_cds
)
SELECT first_cds, customers, lost, round(years, 1) AS years, round(lost / years, 3) AS lost_a_year,
	round(pg_temp.poisson_limit(lost, -1)::numeric / years, 3) AS low,
	round(pg_temp.poisson_limit(lost, 1)::numeric / years, 3) AS high,
	round(spent::numeric, 2) AS spent, round((spent - margin)::numeric, 2) AS s_low,
	round((spent + margin)::numeric, 2) AS s_high
FROM counts
ORDER BY first_cds;
END

done_testing();
