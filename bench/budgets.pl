#!/usr/bin/perl
# Measures the budgets and prints what it found; exits with 1 when one is missed or when the
# answers of both sides differ. Called by run.sh.
#
# What counts is a ratio: A and B run by turns in one backend, after a warm-up pair, and every pair
# gives one ratio. The median decides; all pairs count, none is thrown away. Times are psql's
# (\timing), from sending a query to having its one row.
# Where B is another engine's, it runs in a process of its own (peer.js), which tells its times.
use strict;
use warnings;
use FindBin qw($Bin);
use IPC::Open2;
use JSON::PP;
use List::Util qw(min max);

$| = 1;
my $rows = $ENV{CXUX_BENCH_ROWS};
my $pairs = $ENV{CXUX_BENCH_PAIRS};
my $only = $ENV{CXUX_BENCH_ONLY} // '';
my $groups = int($rows / 10);
my $window_rows = min($rows, 1_000_000);

# What DuckDB is told to work in two threads, and in one again
my %two_in_duckdb = (set => 'SET threads = 2', reset => 'SET threads = 1');

# title, limit, unit: the budget; "below": the limit itself is a miss; without a limit it is a figure
#    to show, which nothing can miss
# groups: not measured with fewer; the blocks that memory comes in, up to 8 MB, are too coarse then
# a, b: two queries; measure: how they are compared, time_ratio unless told
# agree: what must hold before anything is measured, in words and as a query that says so; without
#    a query A and B must print the same numbers
# long: a second or more for each query, so that fewer pairs must do
# peer: the engine that B is for; skipped, and said so, where it can't be installed
# prepare: what the peer is told once, before anything else
# settings: of our backend for both queries; set, reset: said to the peer before and after
# scale: what the ratio is divided by before it is shown
my @budgets = (
	{
		title => 'nps over rows, against sum',
		limit => 1.10,
		a => 'SELECT n(nps(score)) FROM answers',
		b => 'SELECT sum(score) FROM answers',
		agree => nps_agrees(),
	},
	{
		title => 'rate over rows, against sum',
		limit => 1.10,
		a => 'SELECT n(rate(done)) FROM answers',
		b => 'SELECT sum(score) FROM answers',
		agree => {
			words => 'successes and failures are what count(*) FILTER counts',
			sql => <<~'SQL',
				SELECT successes(rate(done)) = count(*) FILTER (WHERE done)
				    AND failures(rate(done)) = count(*) FILTER (WHERE NOT done)
				    AND undecided(rate(done)) = count(*) FILTER (WHERE done IS NULL)
				FROM answers
				SQL
		},
	},
	{
		title => 'nps over rows, against the FILTER formula',
		limit => 0.85,
		a => 'SELECT score(nps(score)) FROM answers',
		b => <<~'SQL',
			SELECT 100.0 * (count(*) FILTER (WHERE score >= 9) - count(*) FILTER (WHERE score <= 6))
			    / count(score)
			FROM answers
			SQL
		agree => nps_agrees(),
	},
	{
		title => 'likert over rows, against sum',
		limit => 1.20,
		a => 'SELECT n(likert(csat, 1, 5)) FROM answers',
		b => 'SELECT sum(score) FROM answers',
		agree => {
			words => 'the counts are what count(*) FILTER counts',
			sql => <<~'SQL',
				SELECT counts(likert(csat, 1, 5)) = ARRAY[count(*) FILTER (WHERE csat = 1),
				    count(*) FILTER (WHERE csat = 2), count(*) FILTER (WHERE csat = 3),
				    count(*) FILTER (WHERE csat = 4), count(*) FILTER (WHERE csat = 5)]
				FROM answers
				SQL
		},
	},
	{
		title => 'sample over rows, against avg',
		limit => 1.15,
		a => 'SELECT n(sample(secs)) FROM answers',
		b => 'SELECT avg(secs) FROM answers',
		agree => {
			words => 'size, mean and standard deviation are those of count, avg and stddev_samp to nine digits',
			sql => <<~'SQL',
				SELECT n(sample(secs)) = count(secs)
				    AND abs(mean(sample(secs)) / avg(secs) - 1) < 1e-9
				    AND abs(standard_deviation(sample(secs)) / stddev_samp(secs) - 1) < 1e-9
				FROM answers
				SQL
		},
	},
	{
		title => 'timing over rows, against avg',
		limit => 1.60,
		a => 'SELECT n(timing(secs)) FROM answers',
		b => 'SELECT avg(secs) FROM answers',
		agree => {
			words => 'geometric mean to nine digits, mean to nine digits, median to one percent',
			sql => <<~'SQL',
				SELECT n(timing(secs)) = count(secs)
				    AND abs(geometric_mean(timing(secs)) / exp(avg(ln(secs))) - 1) < 1e-9
				    AND abs(mean(timing(secs)) / avg(secs) - 1) < 1e-9
				    AND abs(median(timing(secs)) / percentile_cont(0.5) WITHIN GROUP (ORDER BY secs) - 1) <= 0.01
				FROM answers
				SQL
		},
	},
	(map { window_budget(@$_) } [nps => 'nps(score)'], [likert => 'likert(csat, 1, 5)'], [rate => 'rate(done)']),
	group_budget('nps', 'nps(score)', 'score'),
	group_budget('rate', 'rate(done)', 'done'),
	funnel_budget('plain SQL', 0.20, b => funnel_by_windows("interval '7 days'")),
	funnel_budget("DuckDB's window functions", 0.55, peer => 'duckdb',
		b => funnel_by_windows('INTERVAL 7 DAY')),
	funnel_budget("DuckDB's joins", 0.55, peer => 'duckdb', b => funnel_by_joins()),
	funnel_budget("ClickHouse's windowFunnel", 1.00, peer => 'clickhouse',
		b => funnel_by_window_funnel(1)),
	two_threads("DuckDB's window functions", peer => 'duckdb', %two_in_duckdb,
		b => funnel_by_windows('INTERVAL 7 DAY')),
	two_threads("DuckDB's joins", peer => 'duckdb', %two_in_duckdb,
		b => funnel_by_joins()),
	two_threads("ClickHouse's windowFunnel", peer => 'clickhouse', b => funnel_by_window_funnel(2)),
	growth_of_funnel(10, 'tenth'),
	growth_of_funnel(3, 'third'),
	journey_budget('plain SQL over rows', 0.025, b => funnel_by_windows("interval '7 days'")),
	journey_budget("DuckDB's window functions", 0.07, peer => 'duckdb',
		b => funnel_by_windows('INTERVAL 7 DAY')),
	journey_budget("DuckDB's window functions, sorted by user", 0.07, sorted_in_duckdb(),
		b => funnel_by_windows('INTERVAL 7 DAY', 'events_by_user')),
	journey_budget("DuckDB's joins, sorted by user", undef, sorted_in_duckdb(),
		b => funnel_by_joins('events_by_user')),
	journey_budget("DuckDB's lists", undef, lists_in_duckdb()),
	journey_budget("ClickHouse's windowFunnel, sorted by user", 0.25, sorted_in_clickhouse('')),
	journey_budget("ClickHouse's windowFunnel, user after user", undef,
		sorted_in_clickhouse(', optimize_aggregation_in_order = 1')),
	{
		title => 'journeys stored, against the heap',
		limit => 0.20,
		measure => \&size_ratio,
		a => "SELECT pg_table_size('journeys')",
		b => "SELECT pg_table_size('events')",
		agree => {
			words => 'journeys have all events, to the microsecond',
			sql => <<~'SQL',
				SELECT (SELECT ROW(count(*), sum(hashtextextended(concat_ws(' ', user_id, ts, event), 0)))
				        FROM events)
				    = (SELECT ROW(count(*), sum(hashtextextended(concat_ws(' ', user_id, at, event), 0)))
				        FROM journeys, events(j))
				SQL
		},
	},
	building_budget('', 2.0, 'events'),
	building_budget(' from a tenth of the rows', undef, 'events_tenth'),
	building_budget(' from as many in the order of an index', undef, 'events_by_user',
		settings => ['enable_hashagg = off', 'enable_sort = off', 'enable_bitmapscan = off', 'enable_indexonlyscan = off']),
	building_budget(' of one event each', undef, 'events_alone'),
	building_budget(' of ten thousand events each', undef, 'events_crowded'),
	retention_budget('plain SQL', 0.35, b => retention_by_join()),
	retention_budget('DuckDB', 1.00, peer => 'duckdb', b => retention_by_join()),
	retention_budget('ClickHouse', 1.00, peer => 'clickhouse', b => <<~'SQL'),
		SELECT arrayStringConcat(groupArray(toString(actors)), ' ')
		FROM (
		    SELECT first, week, count() AS actors
		    FROM (
		        SELECT groupUniqArray(intDiv(intDiv(ts, 86400000000) + 3, 7)) AS weeks,
		            arrayMin(weeks) AS first
		        FROM bench.events GROUP BY user_id
		    ) ARRAY JOIN weeks AS week
		    GROUP BY first, week ORDER BY first, week
		) SETTINGS max_threads = 1
		SQL
);

sub nps_agrees
{
	return {
		words => 'n is count(score), the score is that of the FILTER formula',
		sql => <<~'SQL',
			SELECT n(nps(score)) = count(score)
			    AND promoters(nps(score)) = count(*) FILTER (WHERE score >= 9)
			    AND detractors(nps(score)) = count(*) FILTER (WHERE score <= 6)
			    AND abs(score(nps(score)) - 100.0 * (count(*) FILTER (WHERE score >= 9)
			        - count(*) FILTER (WHERE score <= 6)) / count(score)) < 1e-9
			FROM answers
			SQL
	};
}

# A frame of 10,000 rows against one of 1,000.
sub window_budget
{
	my ($name, $call) = @_;
	my $query = sub {
		my ($preceding) = @_;
		return <<~"SQL";
			SELECT max(n) FROM (
			    SELECT n($call
			        OVER (ORDER BY id ROWS BETWEEN $preceding PRECEDING AND CURRENT ROW))
			    FROM answers WHERE id <= $window_rows
			) AS moving
			SQL
	};
	return {
		title => "$name in a moving window, ten times longer",
		limit => 1.3,
		below => 1,
		a => $query->(9999),
		b => $query->(999),
		agree => {
			words => 'sampled frames are what the aggregate gives over their rows',
			sql => <<~"SQL",
				SELECT count(*) > 20 AND bool_and(small = (SELECT $call FROM answers AS a
				        WHERE a.id BETWEEN moving.id - 999 AND moving.id)
				    AND large = (SELECT $call FROM answers AS a
				        WHERE a.id BETWEEN moving.id - 9999 AND moving.id))
				FROM (
				    SELECT id,
				        $call OVER (ORDER BY id ROWS BETWEEN 999 PRECEDING AND CURRENT ROW) AS small,
				        $call OVER (ORDER BY id ROWS BETWEEN 9999 PRECEDING AND CURRENT ROW) AS large
				    FROM answers WHERE id <= $window_rows
				) AS moving
				WHERE id % ($window_rows / 25) IN (7, 0)
				SQL
		},
	};
}

sub group_budget
{
	my ($name, $call, $column) = @_;
	return {
		title => "$name over " . commas($groups) . ' groups, memory over count(*)',
		limit => 150,
		unit => 'bytes',
		groups => 1_000_000,
		measure => \&group_bytes,
		a => "SELECT customer, $call FROM customer_answers GROUP BY customer",
		b => 'SELECT customer, count(*) FROM customer_answers GROUP BY customer',
		agree => {
			words => "every group has as many answers as count($column) says",
			sql => <<~"SQL",
				SELECT count(*) = $groups AND bool_and(coalesce(n(summary), 0) = answers)
				FROM (SELECT $call AS summary, count($column) AS answers
				    FROM customer_answers GROUP BY customer) AS g
				SQL
		},
	};
}

sub funnel_budget
{
	my ($name, $limit, %other) = @_;
	return {
		title => "funnel over rows, against $name",
		limit => $limit,
		long => 1,
		a => <<~'SQL',
			SELECT array_agg(actors ORDER BY step) FROM report((
			    SELECT funnel(user_id, ts, event, 'view > cart > purchase within 7 days') FROM events))
			SQL
		agree => { words => 'as many actors reach each step' },
		%other,
	};
}

sub retention_budget
{
	my ($name, $limit, %other) = @_;
	return {
		title => "retention over rows, against $name",
		limit => $limit,
		long => 1,
		a => <<~'SQL',
			SELECT string_agg(actors::text, ' ' ORDER BY cohort, period)
			FROM report((SELECT retention(user_id, ts, 'week') FROM events)) WHERE actors > 0
			SQL
		agree => { words => 'as many actors of each week come back in each week' },
		%other,
	};
}

# The weeks of each user, and which is the first.
sub retention_by_join
{
	return <<~'SQL';
		WITH active AS MATERIALIZED (
		    SELECT DISTINCT user_id, date_trunc('week', ts) AS week FROM events
		),
		cohorts AS (SELECT user_id, min(week) AS first FROM active GROUP BY user_id)
		SELECT string_agg(actors::text, ' ' ORDER BY first, week)
		FROM (
		    SELECT first, week, count(*) AS actors FROM active JOIN cohorts USING (user_id)
		    GROUP BY first, week
		) AS triangle
		SQL
}

# A chain may start at any view: what counts at a cart or purchase is the latest start of the chains
# that lead there. One that is too old then stays so; no two events are of the same instant.
sub funnel_by_windows
{
	my ($within, $table) = (@_, 'events');
	return <<~"SQL";
		SELECT count(*) FILTER (WHERE depth >= 1), count(*) FILTER (WHERE depth >= 2),
		    count(*) FILTER (WHERE depth >= 3)
		FROM (
		    SELECT max(CASE WHEN event = 'view' THEN 1
		        WHEN event = 'cart' AND ts - viewed <= $within THEN 2
		        WHEN event = 'purchase' AND ts - carted <= $within THEN 3 END) AS depth
		    FROM (
		        SELECT *, max(CASE WHEN event = 'cart' THEN viewed END) OVER w AS carted
		        FROM (
		            SELECT *, max(CASE WHEN event = 'view' THEN ts END) OVER w AS viewed
		            FROM $table WHERE event IN ('view', 'cart', 'purchase')
		            WINDOW w AS (PARTITION BY user_id ORDER BY ts ROWS UNBOUNDED PRECEDING)
		        ) AS views
		        WINDOW w AS (PARTITION BY user_id ORDER BY ts ROWS UNBOUNDED PRECEDING)
		    ) AS carts
		    GROUP BY user_id
		) AS users
		SQL
}

sub funnel_by_window_funnel
{
	my ($threads) = @_;
	return <<~"SQL";
		SELECT countIf(depth >= 1), countIf(depth >= 2), countIf(depth >= 3)
		FROM (
		    SELECT windowFunnel(604800000000)(ts, event = 'view', event = 'cart', event = 'purchase')
		        AS depth
		    FROM bench.events WHERE event IN ('view', 'cart', 'purchase')
		    GROUP BY user_id
		) SETTINGS max_threads = $threads
		SQL
}

# The form for several processes, each with half of the users, beside a peer with two threads.
sub two_threads
{
	my ($name, %other) = @_;
	return {
		funnel_budget($name, undef)->%*,
		title => "funnel in two processes, against $name in two threads",
		settings => ['enable_partitionwise_aggregate = on', 'max_parallel_workers_per_gather = 1',
			'parallel_setup_cost = 0'],
		a => <<~'SQL',
			SELECT array_agg(actors ORDER BY step) FROM report((
			    SELECT rollup(summary) FROM (
			        SELECT funnel(user_id, ts, event, 'view > cart > purchase within 7 days') AS summary
			        FROM events_in_halves GROUP BY user_id % 2
			    ) AS halves))
			SQL
		%other,
	};
}

# The time an event takes when there are more of them, of as many more users.
sub growth_of_funnel
{
	my ($times, $part) = @_;
	my $query = sub { <<~"SQL" };
		SELECT array_agg(actors ORDER BY step) FROM report((
		    SELECT funnel(user_id, ts, event, 'view > cart > purchase within 7 days') FROM $_[0]))
		SQL
	return {
		title => "funnel over $times times as many events, time for each",
		scale => $times,
		long => 1,
		a => $query->('events'),
		b => $query->("events_$part"),
		agree => {
			words => "one table has $times times the events and users of the other",
			sql => <<~"SQL",
				SELECT abs(1 - $times * a.events / b.events) < 0.01 AND abs(1 - $times * a.users / b.users) < 0.01
				FROM (SELECT count(*)::float8 AS events, count(DISTINCT user_id)::float8 AS users FROM events_$part) AS a,
				    (SELECT count(*)::float8 AS events, count(DISTINCT user_id)::float8 AS users FROM events) AS b
				SQL
		},
	};
}

# All pairs of a view and a cart after it: fast with few events of each user, as there are here.
sub funnel_by_joins
{
	my ($table) = (@_, 'events');
	return <<~"SQL";
		WITH views AS MATERIALIZED (SELECT user_id, ts FROM $table WHERE event = 'view'),
		carts AS MATERIALIZED (
		    SELECT user_id, views.ts AS viewed, e.ts AS ts FROM views JOIN $table AS e USING (user_id)
		    WHERE event = 'cart' AND e.ts BETWEEN views.ts AND views.ts + INTERVAL 7 DAY
		),
		purchases AS (
		    SELECT user_id FROM carts JOIN $table AS e USING (user_id)
		    WHERE event = 'purchase' AND e.ts BETWEEN carts.ts AND viewed + INTERVAL 7 DAY
		)
		SELECT (SELECT count(DISTINCT user_id) FROM views),
		    (SELECT count(DISTINCT user_id) FROM carts), (SELECT count(DISTINCT user_id) FROM purchases)
		SQL
}

sub journey_budget
{
	my ($name, $limit, %other) = @_;
	return {
		title => "funnel over journeys, against $name",
		limit => $limit,
		long => 1,
		a => <<~'SQL',
			SELECT array_agg(actors ORDER BY step) FROM report((
			    SELECT funnel(j, 'view > cart > purchase within 7 days') FROM journeys))
			SQL
		agree => { words => 'as many actors reach each step' },
		%other,
	};
}

sub building_budget
{
	my ($words, $limit, $table, %other) = @_;
	return {
		title => "building journeys$words, against count(*) by user",
		limit => $limit,
		long => 1,
		a => "SELECT count(j) FROM (SELECT journey(ts, event) AS j FROM $table GROUP BY user_id) AS built",
		b => "SELECT count(n) FROM (SELECT count(*) AS n FROM $table GROUP BY user_id) AS counted",
		agree => { words => 'as many users' },
		%other,
	};
}

# Each engine asks the form that it reads fastest, of the three events alone.
sub sorted_in_duckdb
{
	return (peer => 'duckdb', prepare => [ <<~'SQL' ]);
		CREATE TABLE IF NOT EXISTS events_by_user AS
		SELECT * FROM events WHERE event IN ('view', 'cart', 'purchase') ORDER BY user_id, ts
		SQL
}

sub lists_in_duckdb
{
	return (peer => 'duckdb', prepare => [ <<~'SQL' ], b => <<~'SQL2');
		CREATE TABLE IF NOT EXISTS times_by_user AS
		SELECT user_id, list(ts) FILTER (WHERE event = 'view') AS views,
		    list(ts) FILTER (WHERE event = 'cart') AS carts,
		    list(ts) FILTER (WHERE event = 'purchase') AS purchases
		FROM events GROUP BY user_id
		SQL
		SELECT count(*) FILTER (WHERE len(views) > 0),
		    count(*) FILTER (WHERE list_bool_or(list_transform(views, lambda v:
		        len(list_filter(carts, lambda c: c >= v AND c <= v + INTERVAL 7 DAY)) > 0))),
		    count(*) FILTER (WHERE list_bool_or(list_transform(views, lambda v:
		        list_bool_or(list_transform(carts, lambda c: c >= v AND c <= v + INTERVAL 7 DAY
		        AND len(list_filter(purchases, lambda p: p >= c AND p <= v + INTERVAL 7 DAY)) > 0)))))
		FROM times_by_user
		SQL2
}

sub sorted_in_clickhouse
{
	my ($setting) = @_;
	return (
		peer => 'clickhouse',
		prepare => [
			<<~'SQL',
				CREATE TABLE IF NOT EXISTS bench.events_by_user
				    (user_id Int64, ts UInt64, event LowCardinality(String))
				ENGINE = MergeTree ORDER BY (user_id, ts)
				SQL
			<<~'SQL',
				INSERT INTO bench.events_by_user
				SELECT * FROM bench.events WHERE event IN ('view', 'cart', 'purchase')
				    AND (SELECT count() FROM bench.events_by_user) = 0
				SQL
			'OPTIMIZE TABLE bench.events_by_user FINAL'
		],
		b => <<~"SQL",
			SELECT countIf(depth >= 1), countIf(depth >= 2), countIf(depth >= 3)
			FROM (
			    SELECT windowFunnel(604800000000)(ts, event = 'view', event = 'cart', event = 'purchase')
			        AS depth
			    FROM bench.events_by_user GROUP BY user_id
			) SETTINGS max_threads = 1$setting
			SQL
	);
}

# One connection, so one backend, for everything.
my $psql = open2(my $from, my $to, qw(psql -X -q -A -t -v ON_ERROR_STOP=1));

# Returns the milliseconds a query took and its lines.
sub ask
{
	my ($sql) = @_;
	my ($time, @lines);
	$sql =~ s/\s+\z//;
	print $to "$sql;\n\\echo end of answer\n";
	while (defined(my $line = <$from>))
	{
		chomp $line;
		return ($time, @lines) if $line eq 'end of answer';
		if ($line =~ /^Time: ([\d.]+) ms/) { $time = $1 }
		else { push @lines, $line }
	}
	die "psql ended at:\n$sql\n";
}

sub answer
{
	my (undef, @lines) = ask(@_);
	return join "\n", @lines;
}

# The other engines, by name: how to talk to one that runs, or 0 where one can't be had.
my %peer;
my $events_written = 0;

# Returns the events as a file for other engines, written once.
sub events_file
{
	my $path = "$ENV{CXUX_TMP}/events.csv";
	return $path if $events_written++;
	system(qw(psql -X -q -v ON_ERROR_STOP=1 -c), "\\copy (SELECT user_id, "
		. "(extract(epoch FROM ts) * 1000000)::bigint, event FROM events) TO '$path' (FORMAT csv)") == 0
		or die "the events could not be written to $path\n";
	return $path;
}

# Starts an engine and lets it load the events; tells whether it runs.
sub start_peer
{
	my ($name) = @_;
	return $peer{$name} if defined $peer{$name};
	$peer{$name} = 0;
	my $modules = $ENV{CXUX_BENCH_PEERS} // "$Bin/peers";
	if (system('sh', "$Bin/peers.sh", $modules) != 0)
	{
		print "   skipped       $name could not be installed: see above\n";
		return 0;
	}
	my $pid = open2(my $out, my $in, 'node', "$Bin/peer.js", $modules);
	$in->autoflush(1);
	$peer{$name} = { pid => $pid, in => $in, out => $out };
	my (undef, $version) = ask_peer($name, { peer => $name, csv => events_file() });
	print "   peer          $version, one thread, a table in arrival order\n";
	return 1;
}

# Returns the milliseconds an engine took and its lines.
sub ask_peer
{
	my ($name, $ask) = @_;
	my ($in, $out) = @{$peer{$name}}{qw(in out)};
	print $in encode_json(ref $ask ? $ask : { sql => $ask }), "\n";
	my $line = <$out> // die "$name ended\n";
	my $found = decode_json($line);
	die "$name: $found->{error}\n" if exists $found->{error};
	return ($found->{ms}, map { join '|', @$_ } @{$found->{rows}});
}

# Asks whoever B is for.
sub ask_b
{
	my ($budget) = @_;
	return $budget->{peer} ? ask_peer($budget->{peer}, $budget->{b}) : ask($budget->{b});
}

# Tells whether what must hold does.
sub agrees
{
	my ($budget) = @_;
	return answer($budget->{agree}{sql}) eq 't' if exists $budget->{agree}{sql};
	my (undef, @a) = ask($budget->{a});
	my (undef, @b) = ask_b($budget);
	my ($numbers_a, $numbers_b) = map { join ' ', /\d+/g } "@a", "@b";
	print "   found         A $numbers_a, B $numbers_b\n";
	return $numbers_a ne '' && $numbers_a eq $numbers_b;
}

# The quantile of a sorted list, as percentile_cont has it.
sub quantile
{
	my ($q, @sorted) = @_;
	my $at = $q * $#sorted;
	my $below = int $at;
	return $sorted[$below] + ($at - $below) * ($sorted[min($below + 1, $#sorted)] - $sorted[$below]);
}

# The limits between which the true median lies with 95 % confidence, whatever the distribution.
sub median_limits
{
	my @sorted = @_;
	my ($rank, $below, $term) = (0, 0, 0.5 ** @sorted);
	while (($below += $term) <= 0.025)
	{
		$term *= (@sorted - $rank) / ($rank + 1);
		$rank++;
	}
	$rank = max($rank, 1);
	return @sorted[$rank - 1, -$rank];
}

sub median { return quantile(0.5, sort { $a <=> $b } @_) }

# Measures by the clock: prints the spread; returns the median ratio of A to B, that as text, and
# how certain it is.
sub time_ratio
{
	my ($budget) = @_;
	my (@a, @b);
	for (0 .. ($budget->{long} ? max(7, int($pairs / 5) | 1) : $pairs))
	{
		my ($time_a) = ask($budget->{a});
		my ($time_b) = ask_b($budget);
		next unless $_; # warming up
		push @a, $time_a;
		push @b, $time_b;
	}
	my $scale = $budget->{scale} // 1;
	my @ratios = sort { $a <=> $b } map { $a[$_] / $b[$_] / $scale } 0 .. $#a;
	my $median = quantile(0.5, @ratios);
	printf "   A / B%s median %.3f, quartiles %.3f and %.3f, all from %.3f to %.3f\n",
		$scale == 1 ? '        ' : sprintf(' / %-5s', $scale), $median,
		quantile(0.25, @ratios), quantile(0.75, @ratios), $ratios[0], $ratios[-1];
	printf "                 of %d pairs, whose medians are %.0f and %.0f ms\n", scalar @ratios,
		median(@a), median(@b);
	my @limits = median_limits(@ratios);
	printf "   certainty     the median is %.3f to %.3f with 95 %% confidence\n", @limits;
	return ($median, sprintf('%.3f (%.3f to %.3f)', $median, @limits), @limits);
}

# Measures by size: returns the ratio of A to B.
sub size_ratio
{
	my ($budget) = @_;
	my @bytes = map { answer($budget->{$_}) } qw(a b);
	my $ratio = $bytes[0] / $bytes[1];
	printf "   A / B         %.3f: %s and %s bytes\n", $ratio, map { commas($_) } @bytes;
	return ($ratio, sprintf '%.3f', $ratio);
}

sub plan
{
	my ($sql) = @_;
	return decode_json(answer("EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) $sql"))->[0]{Plan};
}

# Measures by EXPLAIN's "Peak Memory Usage": returns by how much A is above B, per group.
#
# That counts the hash table, too, whose size follows from how many groups the planner expects and
# from the partitions it plans: unless these are the same, and right, it is they that are compared.
sub group_bytes
{
	my ($budget) = @_;
	my @kilobytes;
	for my $sql ($budget->{a}, $budget->{b})
	{
		my $plan = plan($sql);
		die "not one batch in memory, planned for the groups there are: $sql\n"
			. encode_json({ map { $_ => $plan->{$_} } grep { !ref $plan->{$_} } keys %$plan }) . "\n"
			unless $plan->{'Node Type'} eq 'Aggregate' && $plan->{Strategy} eq 'Hashed'
			&& !$plan->{'Planned Partitions'} && $plan->{'HashAgg Batches'} == 1
			&& $plan->{'Disk Usage'} == 0 && $plan->{'Actual Rows'} == $groups
			&& abs($plan->{'Plan Rows'} / $groups - 1) < 0.01;
		push @kilobytes, $plan->{'Peak Memory Usage'};
	}
	# A state is larger than a counter, or something else was measured.
	die "A takes no more memory than B: @kilobytes kB\n" if $kilobytes[0] <= $kilobytes[1];
	my $bytes = ($kilobytes[0] - $kilobytes[1]) * 1024 / $groups;
	printf "   A - B         %.1f bytes a group: peak memory of HashAggregate, in one batch, %s\n"
		. "                 and %s kB\n", $bytes, map { commas($_) } @kilobytes;
	return ($bytes, sprintf '%.1f', $bytes);
}

sub commas
{
	my ($number) = @_;
	1 while $number =~ s/^(\d+)(\d{3})/$1,$2/;
	return $number;
}

# Prints a query beside its name.
sub print_sql
{
	my ($name, $sql) = @_;
	$sql =~ s/\n(?=.)/\n      /g;
	print "   $name  ", $sql =~ s/\s+\z//r, "\n";
}

# What the figures depend on.
sub print_conditions
{
	my ($cpu) = grep { defined } map { /^model name\s*:\s*(.*)/ } lines_of('/proc/cpuinfo');
	chomp(my $cpus = `getconf _NPROCESSORS_ONLN`);
	my @settings = split /\n/, answer(<<~'SQL');
		SELECT name || ' = ' || current_setting(name) FROM unnest(ARRAY['shared_buffers', 'work_mem',
		    'hash_mem_multiplier', 'jit', 'max_parallel_workers_per_gather', 'autovacuum']) AS name
		SQL
	print "cxux ", answer("SELECT extversion FROM pg_extension WHERE extname = 'cxux'"),
		", PostgreSQL ", answer('SHOW server_version'), "\n";
	print "machine      $cpus CPUs", $cpu ? ", $cpu" : '', "\n";
	print "data         ", commas($rows), ' answers, ',
		answer("SELECT pg_size_pretty(pg_relation_size('answers'))"),
		", frozen, all of it in shared buffers\n";
	print "             ", commas($rows), ' events, ',
		answer("SELECT pg_size_pretty(pg_relation_size('events'))"),
		", in arrival order, frozen, in shared buffers, too\n";
	print 'settings     ', join(', ', @settings[0 .. 3]), ",\n";
	print '             ', join(', ', @settings[4 .. $#settings]), "\n";
	print "time         psql's \\timing, one connection, A B A B ..., $pairs pairs after a warm-up pair,\n",
		"             fewer where each takes seconds\n";
	print "\nA run with fewer rows than 10,000,000 shows that all works; its figures mean little.\n"
		if $rows < 10_000_000;
}

sub lines_of
{
	my ($path) = @_;
	open my $file, '<', $path or return;
	return <$file>;
}

# Reads a table until nothing more comes from outside of shared buffers.
sub warm_up
{
	my ($table) = @_;
	for (1 .. 3)
	{
		return if plan("SELECT count(*) FROM $table")->{'Shared Read Blocks'} == 0;
	}
	die "$table does not stay in shared buffers: see bench/postgresql.conf\n";
}

warm_up($_) for qw(answers events journeys);
print_conditions();
print $to "\\timing on\n";

my @summary;
my ($met, $different, $uncertain, $skipped, $shown, $number) = (0) x 6;
my @chosen = grep { $_->{title} =~ /$only/ && $groups >= ($_->{groups} // 0) } @budgets;
die "no budget's title matches \"$only\"\n" unless @chosen;
for my $budget (@chosen)
{
	my $has_limit = defined $budget->{limit};
	my $words = !$has_limit ? '' : sprintf '%s %s', $budget->{below} ? '<' : '<=',
		$budget->{unit} ? "$budget->{limit} $budget->{unit}" : sprintf $budget->{limit} < 0.1 ? '%.3f' : '%.2f', $budget->{limit};
	printf "\n%d. %s%s\n", ++$number, $budget->{title}, $has_limit ? ": $words" : '';
	print "   settings      $_\n" for @{$budget->{settings} // []};
	print_sql('A', $budget->{a});
	print_sql('B', $budget->{b});
	if ($budget->{peer} && !start_peer($budget->{peer}))
	{
		$skipped++;
		push @summary, sprintf '%-7s   %-22s %-20s %s', 'SKIPPED', '', $words, $budget->{title};
		next;
	}
	ask("SET $_") for @{$budget->{settings} // []};
	ask_peer($budget->{peer}, $_) for @{ $budget->{prepare} // [] };
	ask_peer($budget->{peer}, $budget->{set}) if $budget->{set};
	print "   plan of A     ", answer("EXPLAIN (COSTS OFF) $budget->{a}") =~ s/\n/\n                 /gr, "\n"
		if $budget->{settings};
	my $agrees = agrees($budget);
	printf "   answers       %s: %s\n", $agrees ? 'agree' : 'DIFFER', $budget->{agree}{words};
	$different++ unless $agrees;
	my ($value, $found, @limits) = ($budget->{measure} // \&time_ratio)->($budget);
	ask('RESET ALL') if $budget->{settings};
	ask_peer($budget->{peer}, $budget->{reset}) if $budget->{reset};
	my $fits = !$has_limit || ($budget->{below} ? $value < $budget->{limit} : $value <= $budget->{limit});
	# The median decides, but on a busy machine another run may say otherwise.
	my $close = $has_limit && @limits && $limits[0] <= $budget->{limit} && $limits[1] > $budget->{limit};
	my $verdict = !$agrees ? 'DIFFERS' : !$has_limit ? 'shown' : $fits ? 'met' : 'MISSED';
	print "   budget        $verdict", $close ? ', but too close to call: see certainty' : '', "\n"
		if $has_limit;
	$uncertain++ if $close;
	$shown++ unless $has_limit;
	$met++ if $agrees && $fits && $has_limit;
	push @summary, sprintf '%-7s %-1s %-22s %-20s %s', $verdict, $close ? '?' : '', $found, $words, $budget->{title};
}

close $to;
waitpid $psql, 0;
for my $started (grep { $_ } values %peer)
{
	close $started->{in};
	waitpid $started->{pid}, 0;
}
print "\n", join("\n", @summary), "\n\n";
print "? = too close to call: run more pairs (CXUX_BENCH_PAIRS) on a quiet machine\n" if $uncertain;
print "$different of ", scalar @chosen, " answers differ\n" if $different;
my $not_measured = @budgets - @chosen + $skipped;
printf "%d of %d budgets met%s\n", $met, @chosen - $skipped - $shown,
	$not_measured ? " ($not_measured not measured)" : '';
exit($met + $skipped + $shown == @chosen && !$different ? 0 : 1);
