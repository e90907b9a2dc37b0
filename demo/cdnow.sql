-- Who bought CDs on the web again, after a first purchase in early 1997, read from standard input:
--     psql -f demo/cdnow.sql <cdnow_purchases.csv
SET timezone = 'UTC';
\pset footer off
\pset linestyle unicode
\pset null '·'
\set as_of '1998-07-01 00:00+00'

CREATE TABLE cdnow_purchases (
	customer integer,
	"on" date,
	cds integer,
	dollars numeric(10,2)
);
\copy cdnow_purchases FROM pstdin WITH (FORMAT csv, HEADER)
ANALYZE cdnow_purchases;

-- Purchases of one day are one visit to the shop. A silence of half a year counts as having left.
CREATE MATERIALIZED VIEW cdnow_customers AS
SELECT customer, min("on")::timestamptz AS first_at, (array_agg("on" ORDER BY "on"))[2]::timestamptz AS second_at,
	max("on")::timestamptz AS last_at, max("on") < date '1998-07-01' - 182 AS left_us, sum(dollars) AS dollars
FROM (SELECT customer, "on", sum(dollars) AS dollars FROM cdnow_purchases GROUP BY customer, "on") AS visits
GROUP BY customer;

\echo 'A real shop: who bought again'
\echo '============================='
\echo 'Customers by the month of their first purchase: percent who bought again on a later day within 90'
\echo 'and within 365 days, with Wilson intervals. still: percent without a second purchase a year after'
\echo 'the first (Kaplan-Meier). quarter: days until a quarter had bought again.'

SELECT to_char(g.month, 'YYYY-MM') AS first, a.trials AS n,
	round(100 * a.share::numeric, 1) AS in_90,
	round(100 * a.low::numeric, 1) AS low,
	round(100 * a.high::numeric, 1) AS high,
	round(100 * b.share::numeric, 1) AS in_365,
	round(100 * b.low::numeric, 1) AS y_low,
	round(100 * b.high::numeric, 1) AS y_high,
	b.undecided,
	round(100 * survival(g.waiting, 365 * 86400)::numeric, 1) AS still,
	round((quantile(g.waiting, 0.25) / 86400)::numeric, 1) AS quarter
FROM (
	SELECT date_trunc('month', first_at) AS month,
		rate(met_by(second_at, first_at + interval '90 days', :'as_of')) AS soon,
		rate(met_by(second_at, first_at + interval '365 days', :'as_of')) AS in_time,
		timing(first_at, second_at, :'as_of') AS waiting
	FROM cdnow_customers
	GROUP BY month
	) AS g,
	report(g.soon) AS a,
	report(g.in_time) AS b
ORDER BY g.month;

\echo 'A real shop: how fast it lost customers'
\echo '======================================='
\echo 'By the number of CDs of the first visit: customers who have been silent for half a year (lost), for'
\echo 'each year that customers were there, up to their last purchase or, who are still there, to the end'
\echo 'of June 1998. Exact Poisson interval. spent: dollars of each customer, t interval.'

SELECT g.first_cds, g.customers, g.lost, round(g.years::numeric, 1) AS years,
	round(r.rate::numeric, 3) AS lost_a_year,
	round(r.low::numeric, 3) AS low,
	round(r.high::numeric, 3) AS high,
	round(m.mean::numeric, 2) AS spent,
	round(m.low::numeric, 2) AS s_low,
	round(m.high::numeric, 2) AS s_high
FROM (
	SELECT CASE WHEN cds >= 4 THEN '4 and more' ELSE cds::text END AS first_cds, count(*) AS customers,
		count(*) FILTER (WHERE left_us) AS lost,
		sum(extract(epoch FROM CASE WHEN left_us THEN last_at ELSE :'as_of' END - first_at)) / (365 * 86400.0) AS years,
		sample(dollars) AS spent
	FROM cdnow_customers
		JOIN (SELECT customer, "on"::timestamptz AS first_at, sum(cds) AS cds FROM cdnow_purchases GROUP BY customer, "on") AS v
			USING (customer, first_at)
	GROUP BY first_cds
	) AS g,
	event_rate(g.lost, g.years::float8) AS r,
	report(g.spent) AS m
ORDER BY g.first_cds;
