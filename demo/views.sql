-- What BI tools see of the company of company.sql: schema bi, whose views have columns of built-in
-- types only, each with a comment, and shares from 0 to 1 for the tool to format. The summaries that
-- they read are kept in materialized views beside them; refresh these, and every view follows. Two
-- views read what other scripts store: customer_journeys of journeys.sql, and touchpoint_summaries of
-- touchpoints.sql, which come before.
--
-- Another view is another block here: the view, its comment, and a comment on each column.
SET timezone = 'UTC';
SET client_min_messages = warning;
BEGIN;
CREATE SCHEMA bi;
COMMENT ON SCHEMA bi IS 'for BI tools: plain numbers, one row for each mark of a chart';

-- Summaries

CREATE MATERIALIZED VIEW bi.stored_scores AS
SELECT (answered_at AT TIME ZONE 'UTC')::date AS day, touchpoint, device, segment,
	nps(recommend) AS recommendation,
	likert(satisfaction, 1, 5) AS satisfaction,
	likert(ease, 1, 7) AS ease
FROM responses JOIN customers USING (customer_id)
GROUP BY 1, 2, 3, 4;
CREATE UNIQUE INDEX ON bi.stored_scores (day, touchpoint, device, segment);
COMMENT ON MATERIALIZED VIEW bi.stored_scores IS 'summaries of the survey: for storing, not for charts';
COMMENT ON COLUMN bi.stored_scores.day IS 'day of the answer, UTC';
COMMENT ON COLUMN bi.stored_scores.touchpoint IS 'where the customer was asked';
COMMENT ON COLUMN bi.stored_scores.device IS 'with which the customer answered';
COMMENT ON COLUMN bi.stored_scores.segment IS 'of the customer';
COMMENT ON COLUMN bi.stored_scores.recommendation IS 'recommendation, 0 to 10: nps_summary';
COMMENT ON COLUMN bi.stored_scores.satisfaction IS 'satisfaction, 1 to 5: likert_summary';
COMMENT ON COLUMN bi.stored_scores.ease IS '"we made it easy", 1 to 7: likert_summary';

-- A customer belongs to the device of the first view.
CREATE MATERIALIZED VIEW bi.stored_checkouts AS
SELECT entries.device,
	funnel(customer_id, at, event, 'view > cart > checkout > pay within 3 days', '2026-01-01 00:00+00') AS shop
FROM events
	JOIN (
		SELECT customer_id, min_by(device, at) AS device
		FROM events
		WHERE event = 'view'
		GROUP BY customer_id
		) AS entries USING (customer_id)
GROUP BY entries.device;
CREATE UNIQUE INDEX ON bi.stored_checkouts (device);
COMMENT ON MATERIALIZED VIEW bi.stored_checkouts IS 'summaries of the way to payment: for storing, not for charts';
COMMENT ON COLUMN bi.stored_checkouts.device IS 'of the customer''s first view';
COMMENT ON COLUMN bi.stored_checkouts.shop IS 'from view to payment within 3 days: funnel_summary';

CREATE MATERIALIZED VIEW bi.stored_tasks AS
SELECT release, task, device,
	timing(seconds) FILTER (WHERE completed) AS duration,
	rate(completed) AS completion,
	sample(errors) AS errors,
	sample(clicks) AS clicks
FROM task_attempts
GROUP BY release, task, device;
CREATE UNIQUE INDEX ON bi.stored_tasks (release, task, device);
COMMENT ON MATERIALIZED VIEW bi.stored_tasks IS 'summaries of the usability tests: for storing, not for charts';
COMMENT ON COLUMN bi.stored_tasks.release IS 'of the web shop';
COMMENT ON COLUMN bi.stored_tasks.task IS 'what participants were asked to do';
COMMENT ON COLUMN bi.stored_tasks.device IS 'what they did it with';
COMMENT ON COLUMN bi.stored_tasks.duration IS 'time of those who completed the task: timing_summary';
COMMENT ON COLUMN bi.stored_tasks.completion IS 'whether completed: rate_summary';
COMMENT ON COLUMN bi.stored_tasks.errors IS 'errors of each attempt: sample_summary';
COMMENT ON COLUMN bi.stored_tasks.clicks IS 'clicks of each attempt: sample_summary';

-- The segment of a customer does not change, so that each is in one line and the lines merge.
CREATE MATERIALIZED VIEW bi.stored_orders AS
SELECT segment, retention(customer_id, ordered_at, 'month') AS orders
FROM orders JOIN customers USING (customer_id)
GROUP BY segment;
CREATE UNIQUE INDEX ON bi.stored_orders (segment);
COMMENT ON MATERIALIZED VIEW bi.stored_orders IS 'summaries of who orders again: for storing, not for charts';
COMMENT ON COLUMN bi.stored_orders.segment IS 'of the customer';
COMMENT ON COLUMN bi.stored_orders.orders IS 'who orders again, by month: retention_summary';

CREATE MATERIALIZED VIEW bi.stored_flows AS
SELECT device, flows(j, 'cart', 3) AS after_cart
FROM customer_journeys
GROUP BY device;
CREATE UNIQUE INDEX ON bi.stored_flows (device);
COMMENT ON MATERIALIZED VIEW bi.stored_flows IS 'summaries of what customers do after the cart: for storing, not for charts';
COMMENT ON COLUMN bi.stored_flows.device IS 'of the customer''s first event';
COMMENT ON COLUMN bi.stored_flows.after_cart IS 'the three events after the first cart: flow_summary';

-- The touchpoint map

CREATE VIEW bi.touchpoint_map AS
SELECT t.touchpoint, t.place, t.measure, t.unit, t.estimate, t.low, t.high, t.n, r.gap_to,
	t.gap, t.gap_low, t.gap_high, t.p_value, t.adjusted_p, r.verdict,
	round(t.estimate::numeric, r.digits) || ' (' || round(t.low::numeric, r.digits)
		|| CASE WHEN t.low < 0 THEN ' to ' ELSE '–' END || round(t.high::numeric, r.digits) || ')'
		|| CASE r.verdict WHEN 'better' THEN ' ✓' WHEN 'worse' THEN ' ✗' ELSE '' END AS label
FROM touchpoint_map AS t JOIN map_measures AS m USING (measure), LATERAL (
	SELECT CASE WHEN t.gap IS NOT NULL THEN CASE measure WHEN 'NPS' THEN 'rival' ELSE 'target' END END AS gap_to,
		CASE
			WHEN t.adjusted_p < 0.05 THEN CASE WHEN (t.gap > 0) = (m.best > m.worst) THEN 'better' ELSE 'worse' END
			WHEN t.gap IS NOT NULL THEN 'not told apart'
		END AS verdict,
		CASE measure WHEN 'CES' THEN 2 WHEN 'time' THEN 0 ELSE 1 END AS digits
	) AS r;
COMMENT ON VIEW bi.touchpoint_map IS
	'customer and user experience of every touchpoint: a line per touchpoint and measure, also where nothing is measured';
COMMENT ON COLUMN bi.touchpoint_map.touchpoint IS 'where customers meet the company';
COMMENT ON COLUMN bi.touchpoint_map.place IS 'order of the measures';
COMMENT ON COLUMN bi.touchpoint_map.measure IS 'what is measured';
COMMENT ON COLUMN bi.touchpoint_map.unit IS 'unit of the estimate, of the gap and of their intervals';
COMMENT ON COLUMN bi.touchpoint_map.estimate IS 'the measure; NULL: not measured here';
COMMENT ON COLUMN bi.touchpoint_map.low IS 'lower end of its 95 % interval';
COMMENT ON COLUMN bi.touchpoint_map.high IS 'upper end of its 95 % interval';
COMMENT ON COLUMN bi.touchpoint_map.n IS 'number of answers, attempts, tickets or checkouts';
COMMENT ON COLUMN bi.touchpoint_map.gap_to IS 'what the gap is to, rival or target; NULL: there is no gap';
COMMENT ON COLUMN bi.touchpoint_map.gap IS 'estimate less that of the rival, or less the target';
COMMENT ON COLUMN bi.touchpoint_map.gap_low IS 'lower end of its 95 % interval, not adjusted';
COMMENT ON COLUMN bi.touchpoint_map.gap_high IS 'upper end of its 95 % interval, not adjusted';
COMMENT ON COLUMN bi.touchpoint_map.p_value IS 'two-sided, that there is no gap';
COMMENT ON COLUMN bi.touchpoint_map.adjusted_p IS 'p_value adjusted for all gaps of the map (Benjamini-Hochberg)';
COMMENT ON COLUMN bi.touchpoint_map.verdict IS
	'better or worse than rival or target, where adjusted_p is below 0.05; else not told apart; NULL: no gap';
COMMENT ON COLUMN bi.touchpoint_map.label IS 'estimate (low–high), and ✓ where better, ✗ where worse: for a cell of a table';

-- Recommendation, satisfaction, ease

CREATE VIEW bi.nps_by_month AS
SELECT g.month, g.touchpoint, r.score AS nps, r.low, r.high, r.n, r.promoters, r.passives, r.detractors
FROM (
	SELECT date_trunc('month', day)::date AS month, touchpoint, rollup(recommendation) AS summary
	FROM bi.stored_scores
	GROUP BY 1, 2
	) AS g,
	report(g.summary) AS r;
COMMENT ON VIEW bi.nps_by_month IS 'recommendation by month and touchpoint';
COMMENT ON COLUMN bi.nps_by_month.month IS 'first day of the month of the answer, UTC';
COMMENT ON COLUMN bi.nps_by_month.touchpoint IS 'where the customer was asked';
COMMENT ON COLUMN bi.nps_by_month.nps IS 'Net Promoter Score, -100 to 100';
COMMENT ON COLUMN bi.nps_by_month.low IS 'lower end of its 95 % interval (adjusted Wald)';
COMMENT ON COLUMN bi.nps_by_month.high IS 'upper end of its 95 % interval';
COMMENT ON COLUMN bi.nps_by_month.n IS 'number of answers';
COMMENT ON COLUMN bi.nps_by_month.promoters IS 'answers 9 and 10';
COMMENT ON COLUMN bi.nps_by_month.passives IS 'answers 7 and 8';
COMMENT ON COLUMN bi.nps_by_month.detractors IS 'answers 0 to 6';

CREATE VIEW bi.nps_last_28_days AS
SELECT g.day, r.score AS nps, r.low, r.high, r.n
FROM (
	SELECT day, rollup(rollup(recommendation)) OVER (ORDER BY day RANGE '27 days' PRECEDING) AS summary
	FROM bi.stored_scores
	GROUP BY day
	) AS g,
	report(g.summary) AS r;
COMMENT ON VIEW bi.nps_last_28_days IS 'recommendation in a moving window over all touchpoints';
COMMENT ON COLUMN bi.nps_last_28_days.day IS 'last day of the window, UTC';
COMMENT ON COLUMN bi.nps_last_28_days.nps IS 'Net Promoter Score of the 28 days, -100 to 100';
COMMENT ON COLUMN bi.nps_last_28_days.low IS 'lower end of its 95 % interval (adjusted Wald)';
COMMENT ON COLUMN bi.nps_last_28_days.high IS 'upper end of its 95 % interval';
COMMENT ON COLUMN bi.nps_last_28_days.n IS 'number of answers in the window';

CREATE VIEW bi.csat_by_month AS
SELECT g.month, g.touchpoint, r.top_2_box AS satisfied, r.top_2_low AS low, r.top_2_high AS high, r.mean, r.n
FROM (
	SELECT date_trunc('month', day)::date AS month, touchpoint, rollup(satisfaction) AS summary
	FROM bi.stored_scores
	GROUP BY 1, 2
	) AS g,
	report(g.summary) AS r;
COMMENT ON VIEW bi.csat_by_month IS 'satisfaction by month and touchpoint';
COMMENT ON COLUMN bi.csat_by_month.month IS 'first day of the month of the answer, UTC';
COMMENT ON COLUMN bi.csat_by_month.touchpoint IS 'where the customer was asked';
COMMENT ON COLUMN bi.csat_by_month.satisfied IS 'share of answers 4 and 5 of 5, 0 to 1';
COMMENT ON COLUMN bi.csat_by_month.low IS 'lower end of its 95 % interval (Wilson)';
COMMENT ON COLUMN bi.csat_by_month.high IS 'upper end of its 95 % interval';
COMMENT ON COLUMN bi.csat_by_month.mean IS 'mean answer, 1 to 5';
COMMENT ON COLUMN bi.csat_by_month.n IS 'number of answers';

CREATE VIEW bi.scores_by_group AS
SELECT g.touchpoint, g.device, g.segment, r.score AS nps, r.low, r.high, coalesce(r.n, 0) AS n,
	s.top_2_box AS satisfied, e.mean AS ease
FROM (
	SELECT touchpoint, device, segment, rollup(recommendation) AS recommendation,
		rollup(satisfaction) AS satisfaction, rollup(ease) AS ease
	FROM bi.stored_scores
	GROUP BY touchpoint, device, segment
	) AS g,
	report(minimum_base(g.recommendation, 30)) AS r,
	report(minimum_base(g.satisfaction, 30)) AS s,
	report(minimum_base(g.ease, 30)) AS e;
COMMENT ON VIEW bi.scores_by_group IS
	'the year''s scores by touchpoint, device and segment; those of fewer than 30 answers are not shown';
COMMENT ON COLUMN bi.scores_by_group.touchpoint IS 'where the customer was asked';
COMMENT ON COLUMN bi.scores_by_group.device IS 'with which the customer answered';
COMMENT ON COLUMN bi.scores_by_group.segment IS 'of the customer';
COMMENT ON COLUMN bi.scores_by_group.nps IS 'Net Promoter Score, -100 to 100';
COMMENT ON COLUMN bi.scores_by_group.low IS 'lower end of its 95 % interval (adjusted Wald)';
COMMENT ON COLUMN bi.scores_by_group.high IS 'upper end of its 95 % interval';
COMMENT ON COLUMN bi.scores_by_group.n IS 'number of answers to the recommendation, 0 where not shown';
COMMENT ON COLUMN bi.scores_by_group.satisfied IS 'share of answers 4 and 5 of 5, 0 to 1';
COMMENT ON COLUMN bi.scores_by_group.ease IS 'mean of "we made it easy", 1 to 7';

-- The way to payment

CREATE VIEW bi.checkout_steps AS
SELECT g.device, r.step, r.name, r.actors AS customers, r.share_of_start, r.start_low, r.start_high,
	r.share_of_previous, r.previous_low, r.previous_high, r.abandoned, r.abandonment,
	r.median_seconds, r.p90_seconds, r.open
FROM bi.stored_checkouts AS g, report(g.shop) AS r;
COMMENT ON VIEW bi.checkout_steps IS 'from the first view to payment within 3 days, December, step by step';
COMMENT ON COLUMN bi.checkout_steps.device IS 'of the customer''s first view';
COMMENT ON COLUMN bi.checkout_steps.step IS 'number of the step, from 1';
COMMENT ON COLUMN bi.checkout_steps.name IS 'name of the step';
COMMENT ON COLUMN bi.checkout_steps.customers IS 'who came so far, of those whose 3 days are over';
COMMENT ON COLUMN bi.checkout_steps.share_of_start IS 'of all who viewed, 0 to 1';
COMMENT ON COLUMN bi.checkout_steps.start_low IS 'lower end of its 95 % interval (Wilson)';
COMMENT ON COLUMN bi.checkout_steps.start_high IS 'upper end of its 95 % interval';
COMMENT ON COLUMN bi.checkout_steps.share_of_previous IS 'of those of the step before, 0 to 1; NULL at the first';
COMMENT ON COLUMN bi.checkout_steps.previous_low IS 'lower end of its 95 % interval (Wilson)';
COMMENT ON COLUMN bi.checkout_steps.previous_high IS 'upper end of its 95 % interval';
COMMENT ON COLUMN bi.checkout_steps.abandoned IS 'who came so far and no further';
COMMENT ON COLUMN bi.checkout_steps.abandonment IS 'their share of those who came so far, 0 to 1';
COMMENT ON COLUMN bi.checkout_steps.median_seconds IS 'median time since the step before, right to 1 %';
COMMENT ON COLUMN bi.checkout_steps.p90_seconds IS '90th percentile of it';
COMMENT ON COLUMN bi.checkout_steps.open IS 'who came so far, but whose 3 days are not over';

CREATE VIEW bi.checkout_abandonment AS
SELECT g.device, r.share AS abandonment, r.low, r.high, r.trials AS customers, open(g.shop) AS open,
	median(elapsed(g.shop)) AS median_seconds
FROM bi.stored_checkouts AS g, report(abandonment(g.shop)) AS r;
COMMENT ON VIEW bi.checkout_abandonment IS 'who did not pay within 3 days of the first view, December';
COMMENT ON COLUMN bi.checkout_abandonment.device IS 'of the customer''s first view';
COMMENT ON COLUMN bi.checkout_abandonment.abandonment IS 'share of those who viewed and did not pay, 0 to 1';
COMMENT ON COLUMN bi.checkout_abandonment.low IS 'lower end of its 95 % interval (Wilson)';
COMMENT ON COLUMN bi.checkout_abandonment.high IS 'upper end of its 95 % interval';
COMMENT ON COLUMN bi.checkout_abandonment.customers IS 'who viewed, and whose 3 days are over';
COMMENT ON COLUMN bi.checkout_abandonment.open IS 'who viewed, but whose 3 days are not over';
COMMENT ON COLUMN bi.checkout_abandonment.median_seconds IS 'median time from view to payment of those who paid';

CREATE VIEW bi.flows_after_cart AS
SELECT r.step, r.source, r.target, r.actors
FROM (SELECT rollup(after_cart) AS summary FROM bi.stored_flows) AS g, report(g.summary) AS r;
COMMENT ON VIEW bi.flows_after_cart IS 'what customers did after the first cart: the next three events, for a Sankey diagram';
COMMENT ON COLUMN bi.flows_after_cart.step IS 'place of the source on the way, from 1';
COMMENT ON COLUMN bi.flows_after_cart.source IS 'where from: its place and an event';
COMMENT ON COLUMN bi.flows_after_cart.target IS 'where to: its place and an event; (end): nothing more came';
COMMENT ON COLUMN bi.flows_after_cart.actors IS 'how many customers';

-- Who comes back

CREATE VIEW bi.orders_by_cohort AS
SELECT r.cohort, r.period, r.share, r.low, r.high, r.actors, r.cohort_size, r.complete
FROM (SELECT rollup(orders) AS summary FROM bi.stored_orders) AS g,
	report(g.summary, false, '2026-01-01 00:00+00') AS r;
COMMENT ON VIEW bi.orders_by_cohort IS 'who orders again, by the month of the first order and months since then';
COMMENT ON COLUMN bi.orders_by_cohort.cohort IS 'first day of the month of the first order, UTC';
COMMENT ON COLUMN bi.orders_by_cohort.period IS 'how many months later, from 0';
COMMENT ON COLUMN bi.orders_by_cohort.share IS 'share of the cohort that ordered in that month, 0 to 1; NULL until it is over';
COMMENT ON COLUMN bi.orders_by_cohort.low IS 'lower end of its 95 % interval (Wilson)';
COMMENT ON COLUMN bi.orders_by_cohort.high IS 'upper end of its 95 % interval';
COMMENT ON COLUMN bi.orders_by_cohort.actors IS 'customers of the cohort who ordered in that month';
COMMENT ON COLUMN bi.orders_by_cohort.cohort_size IS 'customers of the cohort';
COMMENT ON COLUMN bi.orders_by_cohort.complete IS 'whether the month is over';

-- Times

CREATE VIEW bi.tasks_by_release AS
SELECT g.release, g.task, g.device, t.geometric_mean AS seconds, t.low AS seconds_low, t.high AS seconds_high,
	t.median AS median_seconds, c.share AS completion, c.low AS completion_low, c.high AS completion_high,
	c.trials AS attempts, mean(g.errors) AS errors, mean(g.clicks) AS clicks
FROM bi.stored_tasks AS g,
	report(g.duration) AS t,
	report(g.completion) AS c;
COMMENT ON VIEW bi.tasks_by_release IS 'usability tests of the web shop by release, task and device';
COMMENT ON COLUMN bi.tasks_by_release.release IS 'of the web shop';
COMMENT ON COLUMN bi.tasks_by_release.task IS 'what participants were asked to do';
COMMENT ON COLUMN bi.tasks_by_release.device IS 'what they did it with';
COMMENT ON COLUMN bi.tasks_by_release.seconds IS 'time on task of those who completed it, geometric mean';
COMMENT ON COLUMN bi.tasks_by_release.seconds_low IS 'lower end of its 95 % interval (log-t)';
COMMENT ON COLUMN bi.tasks_by_release.seconds_high IS 'upper end of its 95 % interval';
COMMENT ON COLUMN bi.tasks_by_release.median_seconds IS 'median of it, right to 1 %';
COMMENT ON COLUMN bi.tasks_by_release.completion IS 'share of attempts completed, 0 to 1';
COMMENT ON COLUMN bi.tasks_by_release.completion_low IS 'lower end of its 95 % interval (Wilson)';
COMMENT ON COLUMN bi.tasks_by_release.completion_high IS 'upper end of its 95 % interval';
COMMENT ON COLUMN bi.tasks_by_release.attempts IS 'number of attempts';
COMMENT ON COLUMN bi.tasks_by_release.errors IS 'errors per attempt';
COMMENT ON COLUMN bi.tasks_by_release.clicks IS 'clicks per attempt';

CREATE VIEW bi.tickets_still_open AS
SELECT g.severity, r.seconds / 86400 AS days, r.survival AS share, r.low, r.high, r.at_risk AS tickets
FROM (
	SELECT severity, timing(opened_at, resolved_at, '2026-01-01 00:00+00') AS duration
	FROM tickets
	GROUP BY severity
	) AS g,
	survival_curve(g.duration) AS r;
COMMENT ON VIEW bi.tickets_still_open IS 'how many tickets are still open so many days after they were opened';
COMMENT ON COLUMN bi.tickets_still_open.severity IS 'low to critical';
COMMENT ON COLUMN bi.tickets_still_open.days IS 'since the ticket was opened';
COMMENT ON COLUMN bi.tickets_still_open.share IS 'share still open then, 0 to 1 (Kaplan-Meier)';
COMMENT ON COLUMN bi.tickets_still_open.low IS 'lower end of its 95 % interval (Greenwood, log-log)';
COMMENT ON COLUMN bi.tickets_still_open.high IS 'upper end of its 95 % interval';
COMMENT ON COLUMN bi.tickets_still_open.tickets IS 'tickets known to be open until then';

-- Reasons

CREATE VIEW bi.improvements AS
SELECT r.choice AS improvement, r.answers, r.share, r.low, r.high, r.respondents
FROM (SELECT choices(reasons) AS summary FROM service_ratings) AS g, report(g.summary) AS r;
COMMENT ON VIEW bi.improvements IS 'what customers want improved after a ticket: tick all that apply';
COMMENT ON COLUMN bi.improvements.improvement IS 'what was ticked';
COMMENT ON COLUMN bi.improvements.answers IS 'by how many';
COMMENT ON COLUMN bi.improvements.share IS 'of all who were asked, 0 to 1';
COMMENT ON COLUMN bi.improvements.low IS 'lower end of its 95 % interval (Wilson)';
COMMENT ON COLUMN bi.improvements.high IS 'upper end of its 95 % interval';
COMMENT ON COLUMN bi.improvements.respondents IS 'how many were asked';
COMMIT;
ANALYZE bi.stored_scores, bi.stored_checkouts, bi.stored_tasks, bi.stored_orders, bi.stored_flows;
