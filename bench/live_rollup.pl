#!/usr/bin/perl
# What a live roll-up costs the ingest: the same writes into a table with one and into a table
# without, one session, in alternated pairs; prints the median ratio of their rates, with the
# smallest and largest, and the time of a statement.
#
#     bash test/server.sh run perl bench/live_rollup.pl [PAIRS]
#
# Times are those of the processor in the server process, as the system counts them, so that other
# work on the machine matters little; what a commit waits for the disk comes on top of both sides.
use strict;
use warnings;
use FindBin qw($Bin);
use lib "$Bin/../test";
use Backend;
use IPC::Open2;

$| = 1;
my $pairs = $ARGV[0] // 7;
my $database = 'bench_live_rollup';

sub median { my @sorted = sort { $a <=> $b } @_; return ($sorted[ $#sorted / 2 ] + $sorted[ @sorted / 2 ]) / 2 }

system("createdb -T cxux_template $database") == 0 or die;
my $session = open2(my $out, my $in, "psql -X -q -A -t -v ON_ERROR_STOP=1 -d $database 2>&1");

# Sends statements, waits for their end, returns what they print.
sub run
{
	my $statements = shift;
	print $in "$statements\n\\echo end of statements\n";
	$in->flush;
	my @lines;
	while (defined(my $line = readline $out))
	{
		return join '', @lines if $line eq "end of statements\n";
		push @lines, $line;
	}
	die @lines;
}

run(<<'SQL');
CREATE TABLE without_rollup (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, day date, touchpoint text, recommend int, csat int, done boolean, note bigint);
CREATE TABLE with_rollup (LIKE without_rollup INCLUDING ALL);
INSERT INTO without_rollup (day, touchpoint, recommend, csat, done) SELECT '2026-03-01'::date + i % 30, 't' || i % 7, i % 11, 1 + i % 5, i % 3 > 0 FROM generate_series(1, 100000) AS i;
INSERT INTO with_rollup (day, touchpoint, recommend, csat, done) SELECT day, touchpoint, recommend, csat, done FROM without_rollup;
SELECT live_rollup('with_rollup', 'rolled_up', '{day,touchpoint}', 'nps(recommend)', 'likert(csat, 1, 5) AS csat', 'rate(done) AS done');
VACUUM ANALYZE;
SQL
chomp(my $backend = run('SELECT pg_backend_pid();'));

srand 1;
my $values = sub { join ', ', int rand 30, int rand 7, int rand 11 };
my @cases = (
	[ 'rows inserted one by one', 1000, "(int, int, int) AS INSERT INTO :table (day, touchpoint, recommend, csat, done) VALUES ('2026-03-01'::date + \$1, 't' || \$2, \$3, 1 + \$3 % 5, \$3 > 3)", $values ],
	[ 'rows inserted 1000 at a time', 20, "(int) AS INSERT INTO :table (day, touchpoint, recommend, csat, done) SELECT '2026-03-01'::date + (i + \$1) % 30, 't' || i % 7, i % 11, 1 + i % 5, i % 3 > 0 FROM generate_series(1, 1000) AS i", sub { int rand 30 } ],
	[ 'rows corrected one by one', 1000, '(int, int) AS UPDATE :table SET recommend = $2 WHERE id = $1', sub { join ', ', 1 + int rand 100000, int rand 11 } ],
	[ 'rows moved to another day', 1000, "(int, int) AS UPDATE :table SET day = '2026-03-01'::date + \$2 WHERE id = \$1", sub { join ', ', 1 + int rand 100000, int rand 30 } ],
	[ 'rows updated in other columns', 1000, '(int) AS UPDATE :table SET note = id WHERE id = $1', sub { 1 + int rand 100000 } ],
	[ 'rows deleted one by one', 1000, '(int) AS DELETE FROM :table WHERE id = $1', do { my $next = 0; sub { 1 + int($next / 2000) * 1000 + $next++ % 1000 } } ],
);
for my $case (@cases)
{
	my ($name, $count, $statement, $arguments) = @$case;
	my (%times, @ratios);
	run(join '', map { "PREPARE $_" . ($statement =~ s/:table/$_/r) . ";\n" } qw(without_rollup with_rollup));
	for my $pair (1 .. $pairs)
	{
		my %time;
		for my $table ($pair % 2 ? qw(without_rollup with_rollup) : qw(with_rollup without_rollup))
		{
			my $statements = join '', map { "EXECUTE $table(" . $arguments->() . ");\n" } 1 .. $count;
			my $start = processor($backend);
			run($statements);
			push @{ $times{$table} }, $time{$table} = (processor($backend) - $start) / $count * 1e6;
		}
		push @ratios, $time{without_rollup} / $time{with_rollup};
	}
	run('DEALLOCATE ALL;');
	@ratios = sort { $a <=> $b } @ratios;
	printf "%-30s %6.0f us without, %6.0f us with: rate %.2f of that without (%.2f to %.2f)\n", $name, median(@{ $times{without_rollup} }), median(@{ $times{with_rollup} }), median(@ratios), @ratios[ 0, -1 ];
}
my $wrong = run(<<'SQL');
WITH rolled AS (SELECT day, touchpoint, nps, csat, done, row_count FROM rolled_up),
     counted AS (SELECT day, touchpoint, nps(recommend), likert(csat, 1, 5), rate(done), count(*) FROM with_rollup GROUP BY day, touchpoint)
SELECT count(*) FROM ((TABLE rolled EXCEPT TABLE counted) UNION ALL (TABLE counted EXCEPT TABLE rolled)) AS d;
SQL
die "$wrong groups are wrong\n" if $wrong ne "0\n";
