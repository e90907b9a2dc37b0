# For the tests of the demo: runs its scripts and finds their tables, and prints plain SQL the same
# way, so that the two can be compared letter by letter.
package DemoOutput;
use strict;
use warnings;
use Exporter 'import';
our @EXPORT = qw(run_command plain_sql table_of charts_of $z);

# The 97.5 % quantile of the normal distribution.
our $z = '1.959963984540054::double precision';

sub slurp
{
	my ($file) = @_;
	open my $in, '<', $file or die "$file: $!";
	local $/;
	return scalar readline($in) // '';
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

# What psql prints for a query, less empty lines at the end. It has three functions at hand, which
# are plain SQL, too.
sub plain_sql
{
	my ($database, $query, @options) = @_;
	my $file = "$ENV{CXUX_TMP}/demo_output.$$.sql";
	open my $out, '>', $file or die "$file: $!";
	print $out <<'END', $query, "\n";
SET timezone = 'UTC';
SET client_min_messages = warning;
-- Wilson's interval of a share.
CREATE FUNCTION pg_temp.wilson(x float8, n float8, side integer) RETURNS float8
LANGUAGE sql IMMUTABLE RETURN (x + 1.959963984540054 ^ 2 / 2
	+ side * 1.959963984540054 * sqrt(x * (n - x) / n + 1.959963984540054 ^ 2 / 4))
	/ (n + 1.959963984540054 ^ 2);
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
END
	close $out or die "$file: $!";
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

1;
