-- What the customers of company.sql do after they have answered: buy again, leave, bring others.
SET timezone = 'UTC';
\pset footer off
\pset linestyle unicode
\pset null '·'
\set as_of '2026-01-01 00:00+00'

-- Buyers with their first two orders, and what they spent in each year. Money is numeric.
CREATE MATERIALIZED VIEW buyers AS
SELECT customer_id, segment,
	min(ordered_at) AS first_at, (array_agg(ordered_at ORDER BY ordered_at))[2] AS second_at,
	coalesce(sum(amount) FILTER (WHERE ordered_at < '2025-01-01 00:00+00'), 0) AS last_year,
	coalesce(sum(amount) FILTER (WHERE ordered_at >= '2025-01-01 00:00+00'), 0) AS this_year,
	EXISTS (SELECT FROM invitations WHERE friend_id = customer_id) AS referred
FROM orders JOIN customers USING (customer_id)
GROUP BY customer_id, segment;

-- Second orders by the quarter of the first; the page of report_page.sql reads it, too.
CREATE VIEW second_orders AS
SELECT date_trunc('quarter', first_at, 'UTC') AT TIME ZONE 'UTC' AS quarter,
	rate(met_by(second_at, first_at + interval '90 days', :'as_of')) AS again,
	timing(first_at, second_at, :'as_of') AS waiting
FROM buyers
GROUP BY quarter;

\echo 'Do they buy again?'
\echo '=================='
\echo 'Customers by the quarter of their first order: percent who ordered again within 90 days (Wilson'
\echo 'interval), of those whose 90 days are over (n). undecided: the younger ones, also those who have'
\echo 'ordered again already. median: days to the second order, with those still without one (Kaplan-'
\echo 'Meier); empty while fewer than half have come back.'

SELECT to_char(g.quarter, 'YYYY "Q"Q') AS first_order, r.trials AS n, r.undecided,
	round(100 * r.share::numeric, 1) AS again,
	round(100 * r.low::numeric, 1) AS low,
	round(100 * r.high::numeric, 1) AS high,
	round((t.median / 86400)::numeric, 1) AS median,
	round((t.median_low / 86400)::numeric, 1) AS m_low,
	round((t.median_high / 86400)::numeric, 1) AS m_high
FROM second_orders AS g,
	report(g.again) AS r,
	report(g.waiting) AS t
ORDER BY g.quarter;

\echo 'Revenue retention and earned growth, 2025 over 2024'
\echo '==================================================='
\echo 'Percent of what the buyers of 2024 spent then: with what they spent more (net), without it (gross);'
\echo 'and how much grew by them and by new customers who were referred, less 100 (earned growth). A'
\echo 'customer is a unit: intervals allow for a few large accounts.'

SELECT g.segment, g.measure, n(g.revenue) AS customers,
	numerator(g.revenue)::numeric(12,2) AS revenue, denominator(g.revenue)::numeric(12,2) AS "of",
	round((100 * r.ratio - less)::numeric, 1) AS percent,
	round((100 * r.low - less)::numeric, 1) AS low,
	round((100 * r.high - less)::numeric, 1) AS high
FROM (
	SELECT segment, measure, place, less, ratio(now, last_year) AS revenue
	FROM buyers,
		LATERAL (VALUES (1, 'net retention', 0, last_year > 0, this_year),
			(2, 'gross retention', 0, last_year > 0, least(this_year, last_year)),
			(3, 'earned growth', 100, last_year > 0 OR referred, this_year)) AS m (place, measure, less, counts, now)
	WHERE counts
	GROUP BY segment, measure, place, less
	) AS g,
	report(g.revenue) AS r
ORDER BY g.segment, g.place;

\echo 'How many come because a friend invited them?'
\echo '============================================'
\echo 'Percent of the customers who joined in 2024 (n) who were invited by another one, with a Wilson'
\echo 'interval.'

SELECT g.segment, r.trials AS n, r.successes AS invited,
	round(100 * r.share::numeric, 1) AS percent,
	round(100 * r.low::numeric, 1) AS low,
	round(100 * r.high::numeric, 1) AS high
FROM (
	SELECT segment, rate(inviter_id IS NOT NULL) AS referred
	FROM customers LEFT JOIN invitations ON friend_id = customer_id
	WHERE joined_at >= '2024-01-01 00:00+00' AND joined_at < '2025-01-01 00:00+00'
	GROUP BY segment
	) AS g,
	report(g.referred) AS r
ORDER BY g.segment;

\echo 'Do those who would recommend us recommend us?'
\echo '============================================='
\echo 'Percent of the customers of each class (their lowest answer in 2025) who brought a friend in 2024,'
\echo 'with a Wilson interval.'

SELECT g.stated, r.trials AS n, r.successes AS brought,
	round(100 * r.share::numeric, 2) AS percent,
	round(100 * r.low::numeric, 2) AS low,
	round(100 * r.high::numeric, 2) AS high
FROM (
	SELECT stated, rate(EXISTS (SELECT FROM invitations WHERE inviter_id = customer_id AND friend_id IS NOT NULL)) AS brings
	FROM (SELECT customer_id, nps_class(min(recommend)) AS stated FROM responses WHERE recommend IS NOT NULL GROUP BY customer_id) AS s
	GROUP BY stated
	) AS g,
	report(g.brings) AS r
ORDER BY r.share DESC;

\echo 'The K factor of 2024'
\echo '===================='
\echo 'Friends that each customer brought: invitations of each customer times the share of them that is'
\echo 'accepted. Customers who were there when 2024 began; t interval.'

SELECT n(g.brought) AS customers,
	round(r.mean::numeric, 4) AS k, round(r.low::numeric, 4) AS low, round(r.high::numeric, 4) AS high,
	round(mean(g.sent)::numeric, 4) AS invitations_each,
	round(100 * ratio(g.conversion)::numeric, 1) AS accepted
FROM (
	SELECT sample(accepted) AS brought, sample(sent) AS sent, ratio(accepted, sent) AS conversion
	FROM (
		SELECT customer_id, count(inviter_id) AS sent, count(friend_id) AS accepted
		FROM customers LEFT JOIN invitations ON inviter_id = customer_id
		WHERE joined_at < '2024-01-01 00:00+00'
		GROUP BY customer_id
		) AS c
	) AS g,
	report(g.brought) AS r;
