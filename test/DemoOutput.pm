# For the tests of the demo: runs its scripts and finds their tables, and prints plain SQL the same
# way, so that the two can be compared letter by letter, or number by number.
package DemoOutput;
use strict;
use warnings;
use Exporter 'import';
use Fcntl qw(LOCK_EX);
use Files;
use Test::More;
our @EXPORT = qw(run_command run_demo plain_sql table_of charts_of look_at value expect expect_near
  expect_charts expect_ruler mid_p_test plain_flows $z $walks);

# The 97.5 % quantile of the normal distribution.
our $z = '1.959963984540054::double precision';

# From every view the first cart at or after it, the first checkout at or after that, and so on: a
# later one is never better. A customer's best view goes furthest; of those it gets there first; of
# those it is the last. Whose first view is less than 3 days ago is open.
my $to_come = 'WINDOW to_come AS (PARTITION BY customer_id ORDER BY at RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)';
our $walks = <<"END";
WITH payments AS (
	SELECT *, min(at) FILTER (WHERE event = 'pay') OVER to_come AS paid
	FROM events
	$to_come
), checkouts AS (
	SELECT *, min(at) FILTER (WHERE event = 'checkout') OVER to_come AS checked_out,
		min(paid) FILTER (WHERE event = 'checkout') OVER to_come AS then_paid
	FROM payments
	$to_come
), carts AS (
	SELECT *, min(at) FILTER (WHERE event = 'cart') OVER to_come AS filled,
		min(checked_out) FILTER (WHERE event = 'cart') OVER to_come AS then_checked_out,
		min(then_paid) FILTER (WHERE event = 'cart') OVER to_come AS at_last_paid
	FROM checkouts
	$to_come
), views AS (
	SELECT *, min(at) OVER (PARTITION BY customer_id) > '2025-12-29 00:00+00' AS open,
		first_value(device) OVER (PARTITION BY customer_id ORDER BY at, event_id) AS entry,
		1 + (SELECT count(*) FROM unnest(ARRAY[filled, then_checked_out, at_last_paid]) AS t (t)
			WHERE t <= at + interval '3 days') AS depth
	FROM carts
	WHERE event = 'view'
), walks AS (
	SELECT DISTINCT ON (customer_id) entry AS device, open, depth,
		ARRAY[at, filled, then_checked_out, at_last_paid] AS times
	FROM views
	ORDER BY customer_id, depth DESC, (ARRAY[at, filled, then_checked_out, at_last_paid])[depth], at DESC
), reached AS (
	SELECT device, step, count(*) FILTER (WHERE NOT open) AS actors, count(*) FILTER (WHERE open) AS open,
		percentile_cont('{0.5,0.9}'::float8[]) WITHIN GROUP (
			ORDER BY extract(epoch FROM times[step] - times[step - 1])::float8 / 60) FILTER (WHERE NOT open) AS minutes
	FROM walks JOIN generate_series(1, 4) AS step ON step <= depth
	GROUP BY device, step
), counts AS (
	SELECT *, (ARRAY['view', 'cart', 'checkout', 'pay'])[step] AS name,
		first_value(actors) OVER (PARTITION BY device ORDER BY step) AS entered,
		lag(actors) OVER (PARTITION BY device ORDER BY step) AS before
	FROM reached
)
END

# Flows: what is later than the first event of a name, in the order of times, then names.
sub plain_flows
{
	my ($table, $actor, $event, $length) = @_;
	return <<"END";
WITH ends AS (
	SELECT $actor, min(at) AS done FROM $table WHERE event = '$event' GROUP BY $actor
), places AS (
	SELECT $actor, 1 AS place, '$event' AS event FROM ends
	UNION ALL
	SELECT $actor, 1 + row_number() OVER (PARTITION BY $actor ORDER BY at, event COLLATE "C"), event
	FROM $table JOIN ends USING ($actor)
	WHERE at > done
), flows AS (
	SELECT f.place, f.place || ' ' || f.event AS source, coalesce(t.place || ' ' || t.event, '(end)') AS target, count(*) AS n
	FROM places AS f LEFT JOIN places AS t ON t.$actor = f.$actor AND t.place = f.place + 1
	WHERE f.place <= $length
	GROUP BY 1, 2, 3
)
END
}

# The mid-p method, from the binomial distribution itself.
my @log_factorial = (0);
sub log_factorial
{
	my ($n) = @_;
	push @log_factorial, $log_factorial[-1] + log(@log_factorial) while $#log_factorial < $n;
	return $log_factorial[$n];
}

# The probability of more than x, or of less, by the step, and half of that of x itself.
sub mid_p_tail
{
	my ($x, $n, $p, $step) = @_;
	my $chance = exp(log_factorial($n) - log_factorial($x) - log_factorial($n - $x)
		  + $x * log($p) + ($n - $x) * log(1 - $p));
	my $sum = $chance / 2;
	for (1 .. 10 * sqrt($n))
	{
		$chance *= $step > 0 ? ($n - $x) / ($x + 1) * $p / (1 - $p) : $x / ($n - $x + 1) * (1 - $p) / $p;
		$sum += $chance;
		$x += $step;
	}
	return $sum;
}

# The share below x / n (step 1), or above (step -1), at which the tail is 2.5 %.
sub mid_p_limit
{
	my ($x, $n, $step) = @_;
	my ($far, $near) = ($x / $n - $step * 4 / sqrt($n), $x / $n);
	for (1 .. 40)
	{
		my $p = ($far + $near) / 2;
		if (mid_p_tail($x, $n, $p, $step) < 0.025) { $far = $p }
		else { $near = $p }
	}
	return $near;
}

# The interval of x / n, and the p-value of its being p.
sub mid_p_test
{
	my ($x, $n, $p) = @_;
	my ($more, $less) = (mid_p_tail($x, $n, $p, 1), mid_p_tail($x, $n, $p, -1));
	return (mid_p_limit($x, $n, 1), mid_p_limit($x, $n, -1), 2 * ($more < $less ? $more : $less));
}

# Returns the exit status, standard output and standard error of a shell command.
sub run_command
{
	my ($command) = @_;
	my $base = "$ENV{CXUX_TMP}/demo_output.$$";
	my $status = system 'bash', '-c', "{ $command\n} >'$base.out' 2>'$base.err'";
	my @result = ($status >> 8, slurp("$base.out"), slurp("$base.err"));
	unlink "$base.out", "$base.err";
	return @result;
}

# The demo as "make demo" runs it, in a database of its own: the name of that, the exit status,
# standard output and standard error. It runs once for all tests.
sub run_demo
{
	my $base = "$ENV{CXUX_TMP}/demo_run";
	open my $lock, '>', "$base.lock" or die "$base.lock: $!";
	flock $lock, LOCK_EX or die "$base.lock: $!";
	system 'bash', '-c', "bash demo/run.sh demo_run $base.html >$base.out 2>$base.err; echo \$? >$base.status"
	  unless -e "$base.status";
	return ('demo_run', slurp("$base.status") + 0, slurp("$base.out"), slurp("$base.err"));
}

# What psql prints for a query, less empty lines at the end. It has some functions at hand, which
# are plain SQL, too.
sub plain_sql
{
	my ($database, $query, @options) = @_;
	my $file = "$ENV{CXUX_TMP}/demo_output.$$.sql";
	write_file($file, <<'END', $query, "\n");
SET timezone = 'UTC';
SET client_min_messages = warning;
-- Wilson's interval of a share.
CREATE FUNCTION pg_temp.wilson(x float8, n float8, side integer) RETURNS float8
LANGUAGE sql IMMUTABLE RETURN (x + 1.959963984540054 ^ 2 / 2
	+ side * 1.959963984540054 * sqrt(x * (n - x) / n + 1.959963984540054 ^ 2 / 4))
	/ (n + 1.959963984540054 ^ 2);
-- An end of Miettinen and Nurminen's interval of the difference of two shares, by halving: there the
-- difference found is as many standard errors away as the quantile says, with the shares that are
-- most likely if the end is the true difference, found by halving, too.
CREATE FUNCTION pg_temp.score_limit(x float8, m float8, y float8, n float8, side integer) RETURNS float8
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
	inside float8 := x / m - y / n;
	outside float8 := side;
	delta float8;
	low float8;
	high float8;
	p float8;
	q float8;
BEGIN
	FOR i IN 1 .. 30 LOOP
		delta := (inside + outside) / 2;
		low := greatest(0, -delta);
		high := least(1, 1 - delta);
		FOR j IN 1 .. 40 LOOP
			q := (low + high) / 2;
			p := q + delta;
			IF x / p - (m - x) / (1 - p) + y / q - (n - y) / (1 - q) > 0 THEN
				low := q;
			ELSE
				high := q;
			END IF;
		END LOOP;
		IF abs(x / m - y / n - delta) > 1.959963984540054
			* sqrt((p * (1 - p) / m + q * (1 - q) / n) * (m + n) / (m + n - 1)) THEN
			outside := delta;
		ELSE
			inside := delta;
		END IF;
	END LOOP;
	RETURN inside;
END;
$$;
-- Van der Eijk's agreement: the histogram is cut into layers of equal height; a layer counts the
-- triples of points that speak for one peak (110, 011) and for two (101).
CREATE FUNCTION pg_temp.agreement(counts bigint[]) RETURNS float8
LANGUAGE sql IMMUTABLE AS $$
	WITH points AS (SELECT c, k FROM unnest(counts) WITH ORDINALITY AS p (c, k)),
	layers AS (
		SELECT c AS top, c - lag(c, 1, 0::bigint) OVER (ORDER BY c) AS height
		FROM (SELECT DISTINCT c FROM points WHERE c > 0) AS heights
	), patterns AS (
		SELECT top, height,
			(SELECT count(*) FROM points WHERE c >= top)::float8 AS size,
			(SELECT count(*) FROM points a, points b, points c
				WHERE a.k < b.k AND b.k < c.k AND b.c >= top AND (a.c >= top) <> (c.c >= top))::float8 AS one,
			(SELECT count(*) FROM points a, points b, points c
				WHERE a.k < b.k AND b.k < c.k AND a.c >= top AND b.c < top AND c.c >= top)::float8 AS two
		FROM layers
	)
	SELECT sum(height * size / (SELECT sum(c) FROM points)
		* CASE WHEN size = 1 THEN 1 WHEN size = cardinality(counts) THEN 0
			ELSE ((cardinality(counts) - 2) * one - (cardinality(counts) - 1) * two)
				/ ((cardinality(counts) - 2) * (one + two))
				* (1 - (size - 1) / (cardinality(counts) - 1)) END)
	FROM patterns
$$;
-- Two tails of the normal distribution, by Simpson's rule.
CREATE FUNCTION pg_temp.two_tails(z float8) RETURNS float8
LANGUAGE sql IMMUTABLE AS $$
	SELECT sum(CASE WHEN i IN (0, 4000) THEN 1 WHEN i % 2 = 1 THEN 4 ELSE 2 END
		* exp(-0.5 * (abs(z) + i * 0.0025) ^ 2)) * 0.0025 / 3 * 2 / sqrt(2 * pi())
	FROM generate_series(0, 4000) AS i
$$;
-- Two tails of Student's distribution, by Simpson's rule: with t = tan(a) sqrt(df) its density is a
-- power of cos(a), which is 0 for all that matters beyond the last angle.
CREATE FUNCTION pg_temp.t_tails(t float8, df float8) RETURNS float8
LANGUAGE sql IMMUTABLE AS $$
	SELECT (last - first) / last
		* sum(weight * cos(first + (last - first) * i / 1000) ^ (df - 1)) / sum(weight * cos(last * i / 1000) ^ (df - 1))
	FROM (SELECT i, CASE WHEN i IN (0, 1000) THEN 1 WHEN i % 2 = 1 THEN 4 ELSE 2 END AS weight
			FROM generate_series(0, 1000) AS i) AS points,
		(SELECT least(1.57, 12 / sqrt(df)) AS last) AS a,
		LATERAL (SELECT least(last, atan(abs(t) / sqrt(df))) AS first) AS b
	GROUP BY first, last
$$;
-- The 97.5 % quantile of Student's distribution, by halving.
CREATE FUNCTION pg_temp.t_quantile(df float8) RETURNS float8
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
	low float8 := 0;
	high float8 := 100;
BEGIN
	FOR i IN 1 .. 50 LOOP
		IF pg_temp.t_tails((low + high) / 2, df) > 0.05 THEN
			low := (low + high) / 2;
		ELSE
			high := (low + high) / 2;
		END IF;
	END LOOP;
	RETURN low;
END;
$$;
-- Kaplan and Meier's estimate after each time seen, with Greenwood's limits on the log-log scale.
CREATE FUNCTION pg_temp.kaplan_meier(times float8[], ended boolean[])
RETURNS TABLE (seconds float8, survival float8, low float8, high float8)
LANGUAGE sql IMMUTABLE AS $$
	WITH steps AS (
		SELECT t, count(*) FILTER (WHERE e)::float8 AS ends, (sum(count(*)) OVER (ORDER BY t DESC))::float8 AS at_risk
		FROM unnest(times, ended) AS v (t, e)
		GROUP BY t
	), sums AS (
		SELECT t, min(at_risk - ends) OVER until_here > 0 AS some_left,
			sum(CASE WHEN ends < at_risk THEN ln(1 - ends / at_risk) END) OVER until_here AS log_survival,
			sum(CASE WHEN ends < at_risk THEN ends / (at_risk * (at_risk - ends)) END) OVER until_here AS variance
		FROM steps
		WINDOW until_here AS (ORDER BY t)
	)
	SELECT t, CASE WHEN some_left THEN exp(log_survival) ELSE 0 END,
		CASE WHEN some_left AND log_survival < 0 THEN exp(log_survival * exp(1.959963984540054 * sqrt(variance) / -log_survival)) END,
		CASE WHEN some_left AND log_survival < 0 THEN exp(log_survival * exp(1.959963984540054 * sqrt(variance) / log_survival)) END
	FROM sums
$$;
-- The place from either end at which the interval of a median ends: so few heads or fewer, less
-- one, in n throws of a fair coin are as rare as 2.5 %.
CREATE FUNCTION pg_temp.median_place(n bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$
	SELECT count(*) FROM (
		SELECT sum(chance) OVER (ORDER BY k) AS tail
		FROM (
			SELECT k, exp(greatest(-700, coalesce(sum(ln((n - k + 1)::float8 / nullif(k, 0))) OVER (ORDER BY k), 0) - n * ln(2.0::float8))) AS chance
			FROM (SELECT 0 AS k UNION ALL SELECT generate_series(1, n)) AS heads (k)
			) AS chances
		) AS tails
	WHERE tail <= 0.025
$$;
-- Where a duration is counted: buckets span 0.02 of the logarithm of nanoseconds.
CREATE FUNCTION pg_temp.bucket(seconds float8) RETURNS integer
LANGUAGE sql IMMUTABLE RETURN floor(50 * ln(seconds * 1e9));
CREATE FUNCTION pg_temp.bucket_start(bucket integer) RETURNS float8
LANGUAGE sql IMMUTABLE RETURN exp(0.02 * bucket) / 1e9;
-- Seconds with three digits in the largest unit of which they have one.
CREATE FUNCTION pg_temp.duration_text(seconds float8) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
	SELECT trim_scale(round((seconds / size)::numeric, 2 - floor(log(seconds / size))::integer)) || ' ' || unit
	FROM (VALUES ('d', 86400), ('h', 3600), ('min', 60), ('s', 1)) AS units (unit, size)
	WHERE seconds >= size OR unit = 's'
	ORDER BY size DESC
	LIMIT 1
$$;
END
	my ($status, $output, $errors) = run_command(
		"psql -X -q -v ON_ERROR_STOP=1 -P pager=off -P footer=off -P linestyle=unicode -P null='·'"
		  . " @options -f '$file' -d '$database'");
	unlink $file;
	return $errors ne '' ? $errors : $output =~ s/\n+\z/\n/r;
}

sub section
{
	my ($output, $title) = @_;
	return $output =~ /^\Q$title\E\n=+\n(.*?)(?=^[^\n]+\n==+\n|\z)/ms ? $1 : '';
}

# The table under a title: from the line above its rule to the next empty line.
sub table_of
{
	my ($output, $title) = @_;
	return section($output, $title) =~ /^([^\n]*\n─.*?\n)(?:\n|\z)/ms ? $1 : '';
}

# The numbers of the charts under a title: without bars and rulers, one blank between.
sub charts_of
{
	my ($output, $title) = @_;
	my @lines = split /\n/, section($output, $title) =~ s/\A(?:.*?\n)(?=\n)//sr;
	return join '', map { s/(?:█|▉|▊|▋|▌|▍|▎|▏)+//gr =~ s/ +/ /gr . "\n" }
	  grep { !/├/ && length } @lines;
}

# What the tests below look at: the output of a script, and the database it was made from.
my ($database, $output);

sub look_at
{
	($database, $output) = @_;
	return;
}

# The numbers that a query gives.
sub value
{
	my ($query) = @_;
	return plain_sql($database, $query, '-At') =~ s/\n\z//r;
}

sub expect
{
	my ($title, $query) = @_;
	my $table = table_of($output, $title);
	isnt $table, '', "prints: $title";
	is $table, plain_sql($database, $query), "agrees with plain SQL: $title";
}

# The cells of a table, the names of its columns first.
sub cells
{
	my ($table) = @_;
	return map { [ map { s/^ +| +$//gr } split /│/, $_, -1 ] } grep { !/^─/ } split /\n/, $table;
}

# Whether a number that was printed is the same but for its rounding and a part of it.
sub is_near
{
	my ($found, $expected, $part) = @_;
	return 0 if grep { !/^-?\d+(?:\.\d+)?$/ } $found, $expected;
	my $decimals = $found =~ /\.(\d+)/ ? length $1 : 0;
	return abs($found - $expected) <= $part * abs($expected) + 0.5000001 * 10 ** -$decimals;
}

# Summaries of more than 64 durations know times to 1 %: so near must those in the named columns
# be. All others are printed alike.
sub expect_near
{
	my ($title, $query, @names) = @_;
	my $table = table_of($output, $title);
	my @found = cells($table);
	my @expected = cells(plain_sql($database, $query));
	isnt $table, '', "prints: $title";
	is_deeply [ map { scalar @$_ } @found ], [ map { scalar @$_ } @expected ], "as many lines and columns: $title";
	my @columns = @{ $expected[0] };
	my @wrong;
	for my $line (0 .. $#expected)
	{
		for my $column (0 .. $#columns)
		{
			my ($number, $wanted) = ($found[$line][$column] // '', $expected[$line][$column] // '');
			next if $number eq $wanted;
			push @wrong, "$columns[$column], line $line: found $number, must be $wanted"
			  unless $line > 0 && (grep { $_ eq $columns[$column] } @names) && is_near($number, $wanted, 0.01);
		}
	}
	is_deeply \@wrong, [], "agrees with plain SQL: $title";
}

sub expect_charts
{
	my ($title, $query) = @_;
	is charts_of($output, $title), plain_sql($database, $query, '-At'), "agrees with plain SQL: $title";
}

# The numbers at both ends of the ruler of a chart.
sub expect_ruler
{
	my ($title, $query) = @_;
	my ($low, $high) = section($output, $title) =~ /^(.*?) ├.*┤ (.*)$/m;
	is "$low|$high", value($query), "ends of the ruler: $title";
}

1;
