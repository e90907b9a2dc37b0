#!/usr/bin/perl
# The pages of doc/recipes: what each prints agrees with plain SQL over the same tables, in a database
# that has no cxux. That the pages print what cxux answers is checked by doc_blocks.pl; here every table
# that a page prints, under its heading, is computed anew, cleaning included, and must be the same
# letter by letter.
use strict;
use warnings;
use lib 'test';
use DemoOutput ();
use Files;
use PlainItems;
use Test::More;

my $z = '1.959963984540054';

# The sections of a page, in order: heading, sql blocks and what they print.
sub sections
{
	my ($file) = @_;
	open my $in, '<', $file or die "$file: $!";
	my (@sections, $into);
	while (my $line = <$in>)
	{
		if ($into)
		{
			if ($line =~ /^```$/) { undef $into }
			else { $$into .= $line }
		}
		elsif ($line =~ /^## (.*)/) { push @sections, { heading => $1, sql => '', text => '' } }
		elsif ($line =~ /^```(sql|text)$/)
		{
			die "$file: a block before the first heading\n" unless @sections;
			$into = \$sections[-1]{$1};
		}
	}
	return @sections;
}

sub trimmed
{
	my ($text) = @_;
	return join "\n", map { s/\s+$//r } split /\n/, $text;
}

my $database;

sub ask
{
	my ($query) = @_;
	return trimmed(DemoOutput::plain_sql($database, "SET extra_float_digits = -9;\n$query",
			"-P linestyle=ascii -P null='' -P footer=on"));
}

# The columns of a share with Wilson's interval, from expressions for both counts.
sub share
{
	my ($x, $n) = @_;
	return "($x)::float8 / ($n) AS share, greatest(0, pg_temp.wilson($x, $n, -1)) AS low, least(1, pg_temp.wilson($x, $n, 1)) AS high";
}

# Score and adjusted-Wald interval of an NPS, answers, and the classes, from rows with an answer.
sub nps_columns
{
	my ($answer) = @_;
	my ($p, $d) = map { "count(*) FILTER (WHERE $answer $_)" } '>= 9', '<= 6';
	my $n = "count($answer)";
	my ($m, $v) = ("($p - $d)::float8 / ($n + 3)", "(($p + $d + 1.5) / ($n + 3) - (($p - $d)::float8 / ($n + 3)) ^ 2)");
	return ("100 * ($p - $d)::float8 / $n AS score, 100 * ($m - $z * sqrt($v / ($n + 3))) AS low, "
		  . "100 * ($m + $z * sqrt($v / ($n + 3))) AS high, $n AS n",
		"$p AS promoters, count(*) FILTER (WHERE $answer IN (7, 8)) AS passives, $d AS detractors");
}

# A query for the actors of a funnel: how many steps each did within so long of the first, at any start,
# and whether it entered so late that it is open. Events are rows (actor, id, at, event).
sub depths
{
	my ($events, $within, $as_of, @steps) = @_;
	my $sql = "WITH e AS (SELECT * FROM ($events) AS x WHERE at <= '$as_of'),\n"
	  . "c1 AS (SELECT actor, id, at AS start, at FROM e WHERE event = '$steps[0]')";
	for my $k (2 .. @steps)
	{
		my $before = 'c' . ($k - 1);
		$sql .= ",\nc$k AS (SELECT DISTINCT e.actor, e.id, c.start, e.at FROM $before AS c JOIN e ON e.actor = c.actor"
		  . " WHERE e.event = '$steps[$k - 1]' AND e.id <> c.id AND e.at >= c.at AND e.at <= c.start + interval '$within')";
	}
	my $depth = join ' + ', 1, map { "(actor IN (SELECT actor FROM c$_))::int" } 2 .. @steps;
	return "$sql\nSELECT actor, min(start) > timestamptz '$as_of' - interval '$within' AS open, $depth AS depth FROM c1 GROUP BY actor";
}

sub completion_of
{
	my ($depth, $names, @depths) = @_;
	my ($reached, $of, $open) = @$names;
	my ($x, $n) = ("count(*) FILTER (WHERE NOT open AND depth = $depth)", 'count(*) FILTER (WHERE NOT open)');
	return 'SELECT ' . share($x, $n) . ", $x AS $reached, $n AS $of, count(*) FILTER (WHERE open) AS $open FROM ("
	  . depths(@depths) . ') AS d;';
}

sub funnel_of
{
	my ($names, @depths) = @_;
	my $steps = join ', ', map { "($_, '" . $names->[ $_ - 1 ] . "')" } 1 .. @$names;
	return "SELECT name, actors, actors::float8 / previous AS share_of_previous, pg_temp.wilson(actors, previous, -1) AS low,
	pg_temp.wilson(actors, previous, 1) AS high, abandoned, open
FROM (SELECT step, name, actors, lag(actors) OVER (ORDER BY step) AS previous, abandoned, open
	FROM (SELECT step, name, count(*) FILTER (WHERE depth >= step AND NOT open) AS actors,
			count(*) FILTER (WHERE depth = step AND NOT open AND step < " . @$names . ") AS abandoned,
			count(*) FILTER (WHERE depth >= step AND open) AS open
		FROM (VALUES $steps) AS s (step, name), (" . depths(@depths) . ") AS d GROUP BY step, name) AS a) AS b
ORDER BY step;";
}

# Quantiles of Kaplan and Meier's estimate, in units of so many seconds; its median's limits; its value.
sub quantile_of
{
	my ($part, $unit) = @_;
	return "(SELECT (CASE WHEN abs(k.survival - (1 - $part)) < 1e-12 THEN (k.seconds + later) / 2 ELSE k.seconds END) / $unit
	FROM (SELECT seconds, survival, (SELECT min(l.seconds) FROM pg_temp.kaplan_meier(times, ended) AS l WHERE l.survival < j.survival - 1e-12) AS later
		FROM pg_temp.kaplan_meier(times, ended) AS j) AS k
	WHERE k.survival <= 1 - $part + 1e-12 ORDER BY k.seconds LIMIT 1)";
}

sub median_limit
{
	my ($end, $unit) = @_;
	return "(SELECT min(seconds) / $unit FROM pg_temp.kaplan_meier(times, ended) WHERE $end <= 0.5)";
}

# The two tails of the normal distribution beyond this hold 0.05 / 3: Goodman's interval of three choices
# is Wilson's with it.
my $z_of_3 = '2.393979799818512';

# How often each was chosen, with Wilson's interval, of a normal quantile.
sub chosen
{
	my ($answers, $respondents, $quantile) = @_;
	my $middle = "x + $quantile ^ 2 / 2";
	my $root = "$quantile * sqrt(x * (n - x)::float8 / n + $quantile ^ 2 / 4)";
	return "SELECT choice, x AS answers, x::float8 / n AS share, ($middle - $root) / (n + $quantile ^ 2) AS low,
	($middle + $root) / (n + $quantile ^ 2) AS high, n AS respondents
FROM (SELECT choice, count(*) AS x FROM ($answers) AS a GROUP BY choice) AS c, (SELECT count(*) AS n FROM ($respondents) AS r) AS r
ORDER BY x DESC, choice COLLATE \"C\";";
}

# Student's interval of the mean of the logarithms, taken back.
sub log_t
{
	my ($value, @names) = @_;
	my ($m, $s, $n) = ("avg(ln($value))", "stddev_samp(ln($value))", "count($value)");
	return "exp($m) AS $names[0], exp($m - pg_temp.t_quantile($n - 1) * $s / sqrt($n)) AS $names[1], "
	  . "exp($m + pg_temp.t_quantile($n - 1) * $s / sqrt($n)) AS $names[2]";
}

# Sum over sum with the delta method, from units (a, b).
sub ratio_of
{
	my ($units, $before, $after) = @_;
	return "SELECT ratio$before, ratio - t * se AS low, ratio + t * se AS high, $after
FROM (SELECT ratio, sum(a) AS a, sum(b) AS b, count(*) AS n, pg_temp.t_quantile(count(*) - 1) AS t,
		sqrt(sum((a - ratio * b) ^ 2) * count(*) / (count(*) - 1)) / sum(b) AS se
	FROM ($units) AS u, (SELECT sum(a)::float8 / sum(b) AS ratio FROM ($units) AS u) AS r GROUP BY ratio) AS s;";
}

# What the views of the pages leave, said in another way.
my $formbricks_real = q{"Response" r JOIN "Survey" s ON s.id = r."surveyId"
	WHERE s."environmentId" IN (SELECT id FROM "Environment" WHERE type = 'production')
	AND r.id NOT IN (SELECT "responseId" FROM "TagsOnResponses" WHERE "tagId" = 'tag_test')};
my $chatwoot = q{conversations c JOIN inboxes x ON x.id = c.inbox_id JOIN sla_policies p ON p.id = c.sla_policy_id
	LEFT JOIN csat_survey_responses r ON r.conversation_id = c.id WHERE c.contact_id <> 99 AND c.status <> 2};
my $zammad = q{tickets t JOIN groups g ON g.id = t.group_id WHERE t.state_id < 5};
my $zendesk_agents = q{(SELECT ticket_id, min(created) AS first, count(*) AS replies FROM ticket_comment
	WHERE public AND user_id <= 4 GROUP BY ticket_id)};
my $zendesk = qq{ticket t LEFT JOIN $zendesk_agents f ON f.ticket_id = t.id WHERE t.id <= 60};
my $umami = q{SELECT e.session_id AS actor, e.event_id AS id, e.created_at AS at, coalesce(e.event_name, e.url_path) AS event, s.device, e.visit_id
	FROM website_event e JOIN session s USING (session_id)
	WHERE e.event_type < 3 AND s.hostname <> 'localhost' AND e.created_at >= '2026-03-02 00:00+00'
	AND e.website_id = (SELECT website_id FROM website WHERE deleted_at IS NULL)};
my $segment_person = q{coalesce(user_id, (SELECT max(i.user_id) FROM identifies i WHERE i.anonymous_id = t.anonymous_id), anonymous_id)};
my $segment = qq{SELECT DISTINCT $segment_person AS actor, anonymous_id AS device, id, "timestamp" AS at, event FROM tracks t
	WHERE anonymous_id NOT IN (SELECT anonymous_id FROM identifies WHERE email LIKE '%\@acme.example')};
my $posthog = q{SELECT p.person_id AS actor, e.uuid AS id, e."timestamp" AS at, e.event, e.properties FROM events e
	JOIN persons p USING (distinct_id) WHERE p.properties ->> 'email' LIKE '%@mail.example'};
my $posthog_nps = qq{SELECT (SELECT (l.properties ->> '\$survey_response_q1')::int FROM ($posthog) l
		WHERE l.event = 'survey sent' AND l.properties ->> '\$survey_submission_id' = s.submission ORDER BY at DESC LIMIT 1) AS answer
	FROM (SELECT DISTINCT properties ->> '\$survey_submission_id' AS submission FROM ($posthog) x
		WHERE event = 'survey sent' AND properties ->> '\$survey_id' = 'nps') s};
my $labels = q{array_position('{Strongly disagree,Disagree,Neither,Agree,Strongly agree}'::text[], %s)::float8};
my $qualtrics = q{(SELECT "Finished" = 'True' AS done, "Duration (in seconds)"::float8 AS seconds, "Q3" AS used,
	("RecordedDate"::timestamp AT TIME ZONE 'America/Denver' AT TIME ZONE 'Europe/Berlin') AS local,
	split_part("Q1", ' ', 1)::float8 AS recommend, }
  . join(', ', map { sprintf($labels, qq{"Q2_$_->[0]"}) . " AS $_->[1]" } [ 1, 'easy' ], [ 2, 'fast' ], [ 3, 'friendly' ])
  . q{ FROM qualtrics_export WHERE "Status" = 'IP Address') AS q};

my @nps_recommend = nps_columns('recommend');
my @nps_answer = nps_columns('answer');
my $rating_good = 'count(*) FILTER (WHERE r.rating >= 4)';

my %plain = (
	formbricks => {
		'How do we score, by month?' => "SELECT month, " . join(', ', @nps_recommend) . qq{
FROM (SELECT date_trunc('month', r.created_at AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Berlin')::date AS month,
		CASE jsonb_typeof(r.data -> 'recommend') WHEN 'number' THEN (r.data ->> 'recommend')::int END AS recommend FROM $formbricks_real) AS a
GROUP BY month ORDER BY month;},
		'How easy do they find it?' => 'SELECT ' . share('count(*) FILTER (WHERE e >= 4)', 'count(e)') =~ s/AS share/AS top_2_box/r =~ s/AS low/AS top_2_low/r =~ s/AS high/AS top_2_high/r . qq{,
	avg(e)::float8 AS mean, avg(e) - pg_temp.t_quantile(count(e) - 1) * stddev_samp(e)::float8 / sqrt(count(e)) AS low,
	avg(e) + pg_temp.t_quantile(count(e) - 1) * stddev_samp(e)::float8 / sqrt(count(e)) AS high, count(e) AS n
FROM (SELECT (r.data ->> 'ease')::float8 AS e FROM $formbricks_real) AS a;},
		'What do they miss?' => chosen("SELECT jsonb_array_elements_text(r.data -> 'missing') AS choice FROM $formbricks_real",
			"SELECT 1 FROM $formbricks_real AND r.data ? 'missing'", $z),
		'How many answer when they see it, and how many get to the end?' => 'SELECT what, ' . share('x', 'n') . qq{, x AS successes, n AS trials
FROM (SELECT 'answered' AS what, (SELECT count(DISTINCT "displayId") FROM "Response") AS x, (SELECT count(*) FROM "Display") AS n
	UNION ALL SELECT 'finished', count(*) FILTER (WHERE finished), count(*) FROM $formbricks_real) AS a ORDER BY what;},
		'How long does it take?' => 'SELECT ' . log_t('t', qw(geometric_mean low high)) . qq{, avg(t) AS mean, min(t) AS minimum, max(t) AS maximum, count(t) AS finished
FROM (SELECT (r.ttc ->> '_total')::float8 / 1000 AS t FROM $formbricks_real) AS a;},
	},
	chatwoot => {
		'How satisfied are they, by inbox?' => 'SELECT x.name AS inbox, ' . share($rating_good, 'count(r.rating)')
		  . ", $rating_good AS satisfied, count(r.rating) AS rated FROM $chatwoot GROUP BY 1 ORDER BY 1;",
		'How long do they wait for the first reply?' => 'SELECT inbox, ' . quantile_of(0.5, 60) . ' AS median, ' . quantile_of(0.9, 60) . qq{ AS p90,
	answered, waiting FROM (SELECT x.name AS inbox, count(c.first_reply_created_at) AS answered, count(*) - count(c.first_reply_created_at) AS waiting,
		array_agg(extract(epoch FROM coalesce(c.first_reply_created_at, '2026-03-15') - c.created_at)::float8) AS times,
		array_agg(c.first_reply_created_at IS NOT NULL) AS ended FROM $chatwoot GROUP BY 1) AS a ORDER BY inbox;},
		'Do we keep the SLA of the first reply?' => 'SELECT policy, ' . share('x', 'n') . qq{, x AS in_time, n AS due, undecided
FROM (SELECT p.name AS policy, count(*) FILTER (WHERE due <= '2026-03-15' AND c.first_reply_created_at <= due) AS x,
		count(*) FILTER (WHERE due <= '2026-03-15') AS n, count(*) FILTER (WHERE due > '2026-03-15') AS undecided
	FROM } . $chatwoot =~ s/WHERE/CROSS JOIN LATERAL (SELECT c.created_at + p.first_response_time_threshold * interval '1 second' AS due) AS d WHERE/r
		  . ' GROUP BY 1) AS a ORDER BY policy;',
		'How many come back?' => 'SELECT ' . share('x', 'n') . qq{, x AS came_back, n AS resolved
FROM (SELECT count(*) AS n, count(*) FILTER (WHERE times > 1 OR status = 0) AS x
	FROM (SELECT c.id, c.status, (SELECT count(*) FROM reporting_events e WHERE e.conversation_id = c.id AND e.name = 'conversation_resolved') AS times
		FROM $chatwoot) AS a WHERE times > 0) AS b;},
		'Do those who wait long rate worse?' => qq{SELECT m1 - m2 AS difference, m1 - m2 - pg_temp.t_quantile(df) * se AS low, m1 - m2 + pg_temp.t_quantile(df) * se AS high,
	pg_temp.t_tails((m1 - m2) / se, df) AS p_value
FROM (SELECT *, sqrt(v1 / n1 + v2 / n2) AS se, (v1 / n1 + v2 / n2) ^ 2 / ((v1 / n1) ^ 2 / (n1 - 1) + (v2 / n2) ^ 2 / (n2 - 1)) AS df
	FROM (SELECT avg(rating) FILTER (WHERE fast)::float8 AS m1, avg(rating) FILTER (WHERE NOT fast)::float8 AS m2,
			var_samp(rating) FILTER (WHERE fast)::float8 AS v1, var_samp(rating) FILTER (WHERE NOT fast)::float8 AS v2,
			count(rating) FILTER (WHERE fast)::float8 AS n1, count(rating) FILTER (WHERE NOT fast)::float8 AS n2
		FROM (SELECT r.rating, c.first_reply_created_at - c.created_at <= interval '2 hours' AS fast FROM $chatwoot) AS a) AS b) AS d;},
	},
	zammad => {
		'How long until the first response?' => 'SELECT team, ' . quantile_of(0.5, 60) . ' AS median, ' . median_limit('low', 60) . ' AS low, '
		  . median_limit('high', 60) . ' AS high, ' . quantile_of(0.9, 60) . qq{ AS p90, answered, waiting
FROM (SELECT g.name AS team, count(first_response_at) AS answered, count(*) - count(first_response_at) AS waiting,
		array_agg(extract(epoch FROM CASE WHEN first_response_at IS NOT NULL THEN first_response_at WHEN close_at IS NOT NULL THEN close_at
			ELSE '2026-03-12 12:00' END - t.created_at)::float8) AS times,
		array_agg(first_response_at IS NOT NULL) AS ended FROM $zammad GROUP BY 1) AS a ORDER BY team;},
		'Do we keep the SLA of the first response?' => 'SELECT team, ' . share('x', 'n') . qq{, x AS in_time, n AS due, undecided
FROM (SELECT g.name AS team, count(*) FILTER (WHERE due AND first_response_in_min <= 120) AS x, count(*) FILTER (WHERE due) AS n,
		count(*) FILTER (WHERE NOT due) AS undecided
	FROM } . $zammad =~ s/WHERE/CROSS JOIN LATERAL (SELECT t.created_at + interval '2 hours' <= '2026-03-12 12:00' AS due) AS d WHERE/r
		  . ' AND NOT (close_at IS NOT NULL AND first_response_at IS NULL) GROUP BY 1) AS a ORDER BY team;',
		'How long do tickets stay open?' => 'SELECT team, ' . quantile_of(0.5, 3600) . ' AS median, ' . quantile_of(0.9, 3600) . qq{ AS p90,
	(SELECT survival FROM pg_temp.kaplan_meier(times, ended) WHERE seconds <= 2 * 86400 ORDER BY seconds DESC LIMIT 1) AS open_after_2_days, closed, open
FROM (SELECT g.name AS team, count(close_at) AS closed, count(*) - count(close_at) AS open,
		array_agg(extract(epoch FROM coalesce(close_at, '2026-03-12 12:00') - t.created_at)::float8) AS times,
		array_agg(close_at IS NOT NULL) AS ended FROM $zammad GROUP BY 1) AS a ORDER BY team;},
		'How many are reopened?' => completion_of(2, [qw(reopened closed undecided)],
			q{SELECT o_id AS actor, id, created_at AT TIME ZONE 'UTC' AS at, value_to AS event FROM histories
				WHERE history_object_id = 1 AND history_attribute_id = 1 AND o_id <= 60}, '2 days', '2026-03-12 12:00', qw(closed open)),
	},
	zendesk => {
		'How satisfied are they?' => 'SELECT channel, ' . share('x', 'n') . qq{, n AS rated, u AS unanswered, x::float8 / (n + u) AS share_if_failed, (x + u)::float8 / (n + u) AS share_if_met
FROM (SELECT via_channel AS channel, count(*) FILTER (WHERE score = 'good') AS x, count(*) FILTER (WHERE score IN ('good', 'bad')) AS n,
		count(*) FILTER (WHERE score = 'offered') AS u
	FROM satisfaction_rating r JOIN ticket t ON t.id = r.ticket_id WHERE t.status <> 'deleted' GROUP BY 1) AS a ORDER BY channel;},
		'Why are they not?' => chosen(q{SELECT reason AS choice FROM satisfaction_rating WHERE score = 'bad' AND ticket_id <= 60},
			q{SELECT 1 FROM satisfaction_rating WHERE score = 'bad' AND ticket_id <= 60}, $z_of_3),
		'How long do they wait for the first reply?' => 'SELECT channel, ' . quantile_of(0.5, 60) . ' AS median, ' . quantile_of(0.9, 60) . qq{ AS p90, answered, waiting
FROM (SELECT via_channel AS channel, count(first) AS answered, count(*) - count(first) AS waiting,
		array_agg(extract(epoch FROM coalesce(first, '2026-03-16 00:00+00') - created_at)::float8) AS times, array_agg(first IS NOT NULL) AS ended
	FROM $zendesk GROUP BY 1) AS a ORDER BY channel;},
		'Do we reply within four hours?' => 'SELECT ' . share('x', 'n') . qq{, x AS in_time, n AS due, u AS undecided
FROM (SELECT count(*) FILTER (WHERE first - created_at <= interval '4 hours' AND created_at <= '2026-03-15 20:00+00') AS x,
		count(*) FILTER (WHERE created_at <= '2026-03-15 20:00+00') AS n, count(*) FILTER (WHERE created_at > '2026-03-15 20:00+00') AS u FROM $zendesk) AS a;},
		'How many are reopened, and how many escalated?' => "SELECT * FROM (SELECT 'escalated' AS what, " . share('x', 'n') . qq{, x AS successes, n AS trials, u AS undecided
FROM (SELECT count(*) FILTER (WHERE created_at <= '2026-03-15 00:00+00' AND EXISTS (SELECT FROM ticket_field_history h
			WHERE h.ticket_id = t.id AND field_name = 'group_id' AND value = '20' AND updated <= created_at + interval '1 day')) AS x,
		count(*) FILTER (WHERE created_at <= '2026-03-15 00:00+00') AS n, count(*) FILTER (WHERE created_at > '2026-03-15 00:00+00') AS u FROM $zendesk) AS a) AS b
UNION ALL SELECT 'reopened', c.* FROM (} . completion_of(2, [qw(successes trials undecided)],
			q{SELECT ticket_id AS actor, row_number() OVER () AS id, updated AS at, value AS event FROM ticket_field_history
				WHERE field_name = 'status' AND ticket_id <= 60}, '3 days', '2026-03-16 00:00+00', qw(solved open)) =~ s/;$//r . ') AS c;',
		'How many replies does a ticket take?' => qq{SELECT avg(r)::float8 AS mean, avg(r) - pg_temp.t_quantile(count(r) - 1) * stddev_samp(r)::float8 / sqrt(count(r)) AS low,
	avg(r) + pg_temp.t_quantile(count(r) - 1) * stddev_samp(r)::float8 / sqrt(count(r)) AS high, max(r) AS maximum, count(r) AS n
FROM (SELECT coalesce(replies, 0)::float8 AS r FROM $zendesk AND status = 'solved') AS a;},
	},
	umami => {
		'Where do they leave on the way to signing up?' => funnel_of([ '/', '/pricing', '/signup', '"signed up"' ], $umami, '1 day',
			'2026-03-08 00:00+00', '/', '/pricing', '/signup', 'signed up'),
		'Do phones do worse?' => qq{SELECT x1::float8 / n1 - x2::float8 / n2 AS difference, pg_temp.score_limit(x1, n1, x2, n2, -1) AS low, pg_temp.score_limit(x1, n1, x2, n2, 1) AS high,
	pg_temp.two_tails((x1::float8 / n1 - x2::float8 / n2) / sqrt((x1 + x2)::float8 / (n1 + n2) * (1 - (x1 + x2)::float8 / (n1 + n2))
		* (1.0 / n1 + 1.0 / n2) * (n1 + n2)::float8 / (n1 + n2 - 1))) AS p_value, x1 AS phones, n1 AS of_phones, x2 AS desktops, n2 AS of_desktops
FROM (SELECT count(*) FILTER (WHERE phone AND depth = 2) AS x1, count(*) FILTER (WHERE phone) AS n1,
		count(*) FILTER (WHERE NOT phone AND depth = 2) AS x2, count(*) FILTER (WHERE NOT phone) AS n2
	FROM (SELECT depth, open, (SELECT device FROM session WHERE session_id = actor) = 'mobile' AS phone FROM (}
		  . depths($umami, '1 day', '2026-03-08 00:00+00', '/pricing', 'signed up') . ') AS d) AS a WHERE NOT open) AS b;',
		'How many visits end on their first page?' => ratio_of("SELECT actor, count(*) AS b, count(*) FILTER (WHERE k = 1) AS a
			FROM (SELECT actor, visit_id, count(*) AS k FROM ($umami) AS e GROUP BY 1, 2) AS v GROUP BY actor", '', 'a AS bounces, b AS visits, n AS visitors'),
		'How long does signing up take?' => 'SELECT ' . log_t('t', qw(geometric_mean low high)) . qq{, min(t) AS minimum, max(t) AS maximum, count(t) AS finished
FROM (SELECT extract(epoch FROM (SELECT min(at) FROM ($umami) AS y WHERE y.actor = x.actor AND y.event = 'signed up') - min(at))::float8 AS t
	FROM ($umami) AS x WHERE event = '/signup' GROUP BY actor) AS a;},
	},
	qualtrics => {
		'How do we score, by week?' => "SELECT date_trunc('week', local)::date AS week, $nps_recommend[0] FROM $qualtrics GROUP BY 1 ORDER BY 1;",
		'What drives the recommendation?' => sub {
			my (undef, undef, $matrix) = covariances(plain_value(covariances_query($qualtrics, qw(recommend easy fast friendly))));
			my @drivers = drivers($matrix);
			my @names = qw(easy fast friendly);
			return 'SELECT * FROM (VALUES ' . join(', ', map { "('$names[$_]', $drivers[$_][0]::float8, $drivers[$_][2]::float8, $drivers[$_][3]::float8)" } 0 .. 2)
			  . ') AS d (name, correlation, share, r_squared) ORDER BY share DESC;';
		},
		'Do the three statements belong together?' => sub {
			my ($n, $all, $matrix) = covariances(plain_value(covariances_query($qualtrics, qw(easy fast friendly))));
			return 'SELECT ' . alpha($matrix, 0 .. 2) . "::float8 AS alpha, 3 AS items, $n AS respondents, $all - $n AS dropped;";
		},
		'What do they use?' => chosen("SELECT regexp_split_to_table(used, ',') AS choice FROM $qualtrics WHERE done AND used <> ''",
			"SELECT 1 FROM $qualtrics WHERE done", $z),
		'How many finish, and how long does it take them?' => 'SELECT ' . share('count(*) FILTER (WHERE done)', 'count(*)') . ', count(*) AS trials, '
		  . log_t('CASE WHEN done THEN seconds END', qw(geometric_mean time_low time_high)) . ", count(*) FILTER (WHERE done) AS finished FROM $qualtrics;",
	},
	segment => {
		'Where do they leave on the way to the order?' => funnel_of([qw(product_viewed product_added order_completed)], $segment, '2 days',
			'2026-03-15 18:00+00', qw(product_viewed product_added order_completed)),
		'What if devices are not joined?' => join("\nUNION ALL ", map {
				my ($name, $events) = @$_;
				'(' . completion_of(2, [qw(ordered viewed open)], $events, '2 days', '2026-03-15 18:00+00', qw(product_viewed order_completed))
				  =~ s/^SELECT/SELECT '$name' AS actor,/r =~ s/, count\(\*\) FILTER \(WHERE open\) AS open//r =~ s/;$//r . ')'
			} [ device => $segment =~ s/\Q$segment_person\E AS actor/anonymous_id AS actor/r ], [ person => $segment ]) . ';',
		'How many buy again?' => completion_of(2, [qw(again buyers open)], $segment, '7 days', '2026-03-15 18:00+00', qw(order_completed order_completed)),
		'How much is an order worth?' => ratio_of("SELECT $segment_person AS actor, sum(total) AS a, count(*) AS b FROM order_completed t
			WHERE anonymous_id NOT IN (SELECT anonymous_id FROM identifies WHERE email LIKE '%\@acme.example') GROUP BY 1", ' AS order_value', 'b AS orders, n AS buyers'),
	},
	posthog => {
		'How do we score?' => 'SELECT ' . join(', ', @nps_answer) . " FROM ($posthog_nps) AS a;",
		'How many answer the survey?' => completion_of(2, [qw(answered saw_it open)], "SELECT * FROM ($posthog) AS p WHERE properties ->> '\$survey_id' = 'nps'",
			'1 day', '2026-03-08 00:00+00', 'survey shown', 'survey sent'),
		'Which checkout converts better?' => qq{SELECT x1::float8 / n1 - x2::float8 / n2 AS difference, pg_temp.score_limit(x1, n1, x2, n2, -1) AS low, pg_temp.score_limit(x1, n1, x2, n2, 1) AS high,
	pg_temp.two_tails((x1::float8 / n1 - x2::float8 / n2) / sqrt((x1 + x2)::float8 / (n1 + n2) * (1 - (x1 + x2)::float8 / (n1 + n2))
		* (1.0 / n1 + 1.0 / n2) * (n1 + n2)::float8 / (n1 + n2 - 1))) AS p_value, x1::float8 / n1 AS test, x2::float8 / n2 AS control
FROM (SELECT count(*) FILTER (WHERE test AND depth = 2) AS x1, count(*) FILTER (WHERE test) AS n1,
		count(*) FILTER (WHERE NOT test AND depth = 2) AS x2, count(*) FILTER (WHERE NOT test) AS n2
	FROM (SELECT depth, open, substring(actor from 7)::int % 2 = 0 AS test FROM (}
		  . depths($posthog, '1 day', '2026-03-08 00:00+00', 'checkout started', 'order placed') . ') AS d) AS a WHERE NOT open) AS b;',
		'Who clicks in anger?' => 'SELECT variant, ' . share('x', 'n') . qq{, x AS angry, n AS started, o AS open
FROM (SELECT CASE substring(actor from 7)::int % 2 WHEN 0 THEN 'test' ELSE 'control' END AS variant,
		count(*) FILTER (WHERE NOT open AND depth = 2) AS x, count(*) FILTER (WHERE NOT open) AS n, count(*) FILTER (WHERE open) AS o
	FROM (} . depths($posthog, '1 hour', '2026-03-08 00:00+00', 'checkout started', '$rageclick') . ') AS d GROUP BY 1) AS a ORDER BY variant;',
	},
);

# What each page cleans away, which must be there to be cleaned.
my %dirt = (
	formbricks => [ q{SELECT count(*) FROM "TagsOnResponses"}, q{SELECT count(*) FROM "Response" WHERE "surveyId" = 'survey_dev'},
		q{SELECT count(*) FROM "Response" WHERE data ->> 'recommend' = ''}, q{SELECT count(*) FROM "Response" WHERE NOT data ? 'ease'} ],
	chatwoot => [ q{SELECT count(*) FROM conversations JOIN contacts ON contacts.id = contact_id WHERE blocked},
		q{SELECT count(*) FROM conversations WHERE status = 2} ],
	zammad => [ q{SELECT count(*) FROM tickets WHERE state_id = 5}, q{SELECT count(*) FROM histories WHERE history_attribute_id = 2},
		q{SELECT count(*) FROM tickets WHERE close_at IS NOT NULL AND first_response_at IS NULL AND state_id = 4} ],
	zendesk => [ q{SELECT count(*) FROM ticket WHERE status = 'deleted'}, q{SELECT count(*) FROM ticket_comment WHERE NOT public},
		q{SELECT count(*) FROM satisfaction_rating WHERE score = 'unoffered'} ],
	umami => [ q{SELECT count(*) FROM session WHERE hostname = 'localhost'}, q{SELECT count(*) FROM website_event WHERE event_type = 5},
		q{SELECT count(*) FROM website_event WHERE created_at < '2026-03-02 00:00+00'}, q{SELECT count(*) FROM website WHERE deleted_at IS NOT NULL} ],
	qualtrics => [ q{SELECT count(*) FROM qualtrics_export WHERE "Status" = 'Survey Preview'}, q{SELECT count(*) FROM qualtrics_export WHERE "Q2_3" = 'Not applicable'},
		q{SELECT count(*) FROM qualtrics_export WHERE "ResponseId" NOT LIKE 'R\_%'}, q{SELECT count(*) FROM qualtrics_export WHERE "Q1" LIKE '% %' AND "Status" = 'IP Address'} ],
	segment => [ q{SELECT count(*) - count(DISTINCT id) FROM tracks}, q{SELECT count(*) FROM identifies WHERE email LIKE '%@acme.example'},
		q{SELECT count(*) FROM tracks WHERE received_at > "timestamp" + interval '5 hours'} ],
	posthog => [ q{SELECT count(*) FROM persons WHERE properties ->> 'email' LIKE '%@acme.example'},
		q{SELECT count(*) FROM events WHERE properties ->> '$survey_id' = 'other'},
		q{SELECT count(*) - count(DISTINCT person_id) FROM persons} ],
);

sub plain_value
{
	my ($query) = @_;
	return DemoOutput::plain_sql($database, $query, '-At') =~ s/\n\z//r;
}

my @pages = grep { $_ ne 'README' } map { m{([^/]+)\.md$} } sort glob 'doc/recipes/*.md';
is_deeply \@pages, [ sort keys %plain ], 'every page has its plain SQL';
$database = 'postgres';
is plain_value("SELECT round((3 * pg_temp.two_tails($z_of_3))::numeric, 9);"), '0.050000000', "the quantile for three choices";

my $list = slurp('doc/recipes/README.md');
for my $page (@pages)
{
	my ($tables, @others) = sections("doc/recipes/$page.md");
	like $list, qr/\($page\.md\)/, "$page: listed";
	$database = "plain_$page";
	system('createdb', '-T', 'template1', $database) == 0 or die "createdb failed\n";
	is DemoOutput::plain_sql($database, $tables->{sql}), '', "$page: its tables need no cxux";
	is plain_value("SELECT count(*) FROM pg_extension WHERE extname = 'cxux';"), 0, "$page: there is no cxux";
	my ($views) = shift @others;
	my %commented = map { $_ => 1 } $views->{sql} =~ /^COMMENT ON COLUMN (\w+)\./gm, $views->{sql} =~ /^COMMENT ON VIEW (\w+)/gm;
	is_deeply [ grep { !$commented{$_} } $views->{sql} =~ /^CREATE VIEW (\w+)/gm ], [], "$page: its views have comments";
	my @asked = grep { $_->{text} ne '' } @others;
	is_deeply [ map { $_->{heading} } @others ], [ map { $_->{heading} } @asked ], "$page: every question prints its answer";
	is_deeply [ sort map { $_->{heading} } @asked ], [ sort keys %{ $plain{$page} } ], "$page: every question has its plain SQL";
	for my $section (@asked)
	{
		my $query = $plain{$page}{ $section->{heading} };
		$query = $query->() if ref $query;
		is trimmed($section->{text}), ask($query), "$page: $section->{heading}";
	}
	cmp_ok plain_value("$_;"), '>', 0, "$page: there is something to clean: $_" for @{ $dirt{$page} };
}
done_testing;
