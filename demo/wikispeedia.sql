-- How far people got who gave up looking for a page of an encyclopedia, read from standard input:
--     psql -f demo/wikispeedia.sql <wikispeedia_unfinished.csv
SET timezone = 'UTC';
\pset footer off
\pset linestyle unicode
\pset null '·'

CREATE TABLE wikispeedia_tasks (
	task integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	visitor text,
	at timestamptz,
	seconds integer,
	path text,
	target text,
	quit text
);
\copy wikispeedia_tasks (visitor, at, seconds, path, target, quit) FROM pstdin WITH (FORMAT csv, HEADER)

-- The order of the clicks is known and not their times: they are taken as one second apart. The first
-- page is where the task starts; '<' goes back to the page before.
CREATE TABLE wikispeedia_events AS
SELECT task, at + (place - 1) * interval '1 second' AS at,
	CASE WHEN place = 1 THEN 'start' WHEN page = '<' THEN 'back' ELSE 'click' END AS event
FROM wikispeedia_tasks, string_to_table(path, ';') WITH ORDINALITY AS pages (page, place);
ANALYZE wikispeedia_tasks, wikispeedia_events;

\echo 'A real task given up: how many clicks people made'
\echo '================================================='
\echo 'Percent of the tasks, all of them given up, with at least so many clicks on a link (back clicks'
\echo 'not counted), and how many tasks these are; restart: started another task, timeout: left it for 30'
\echo 'minutes. r_last, t_last: percent of the tasks that came so far and made no more clicks.'

SELECT r.step - 1 AS clicks,
	max(r.actors) FILTER (WHERE quit = 'restart') AS restart,
	round(100 * max(r.share_of_start) FILTER (WHERE quit = 'restart')::numeric, 1) AS r_share,
	round(100 * max(r.abandonment) FILTER (WHERE quit = 'restart')::numeric, 1) AS r_last,
	max(r.actors) FILTER (WHERE quit = 'timeout') AS timeout,
	round(100 * max(r.share_of_start) FILTER (WHERE quit = 'timeout')::numeric, 1) AS t_share,
	round(100 * max(r.abandonment) FILTER (WHERE quit = 'timeout')::numeric, 1) AS t_last
FROM (
	SELECT quit, funnel(task, e.at, event,
		'start > click > click > click > click > click > click > click > click') AS depth
	FROM wikispeedia_events AS e JOIN wikispeedia_tasks USING (task)
	GROUP BY quit
	) AS g,
	report(g.depth) AS r
GROUP BY r.step
ORDER BY r.step;

\echo 'A real task given up: back clicks'
\echo '================================='
\echo 'Tasks in which people clicked, later went back, clicked again, and went back once more: in percent'
\echo 'of all and of the step before (prev). clicks: median from the step before, back clicks included.'

SELECT g.quit, r.step, r.name AS event, r.actors AS tasks,
	round(100 * r.share_of_start::numeric, 1) AS share,
	round(100 * r.share_of_previous::numeric, 1) AS prev,
	round(r.median_seconds::numeric, 1) AS clicks
FROM (
	SELECT quit, funnel(task, e.at, event, 'start > click > back > click > back') AS detours
	FROM wikispeedia_events AS e JOIN wikispeedia_tasks USING (task)
	GROUP BY quit
	) AS g,
	report(g.detours) AS r
ORDER BY g.quit, r.step;

\echo 'The same as a picture, of those who went straight back from a page they had clicked'
\echo '==================================================================================='
\echo 'The very next event after a click is a back click, and the next after that another click. The'
\echo 'completion below is the share of the tasks with such a detour: none of them was completed.'
\echo
\t \a
SELECT chart(funnel(task, at, event, 'start > click >> back >> click'), 80) FROM wikispeedia_events;
\a \t
\echo
