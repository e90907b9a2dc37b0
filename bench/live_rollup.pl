#!/usr/bin/perl
# What a live roll-up costs the ingest: the same writes into a table with one and into a table
# without, in alternated pairs; prints the median ratio of their rates, with the smallest and largest.
#
#     bash test/server.sh run perl bench/live_rollup.pl [PAIRS [SECONDS]]
#
# The server does not flush its log to disk (fsync = off), so a commit costs next to nothing: with a
# disk to wait for, the part of the roll-up is smaller.
use strict;
use warnings;

$| = 1;
my $pairs = $ARGV[0] // 7;
my $seconds = $ARGV[1] // 3;
my $database = 'bench_live_rollup';

sub run
{
	my $command = shift;
	my $output = `$command 2>&1`;
	die "$command\n$output" if $?;
	return $output;
}

sub median { my @sorted = sort { $a <=> $b } @_; return ($sorted[ $#sorted / 2 ] + $sorted[ @sorted / 2 ]) / 2 }

run("createdb -T cxux_template $database");
open my $setup, '>', "$ENV{CXUX_TMP}/setup.sql" or die $!;
print $setup <<'SQL';
CREATE TABLE without_rollup (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, day date, touchpoint text, recommend int, csat int, done boolean);
CREATE TABLE with_rollup (LIKE without_rollup INCLUDING ALL);
INSERT INTO without_rollup (day, touchpoint, recommend, csat, done) SELECT '2026-03-01'::date + i % 30, 't' || i % 7, i % 11, 1 + i % 5, i % 3 > 0 FROM generate_series(1, 100000) AS i;
INSERT INTO with_rollup (day, touchpoint, recommend, csat, done) SELECT day, touchpoint, recommend, csat, done FROM without_rollup;
SELECT live_rollup('with_rollup', 'rolled_up', '{day,touchpoint}', 'nps(recommend)', 'likert(csat, 1, 5) AS csat', 'rate(done) AS done');
VACUUM ANALYZE;
SQL
close $setup;
run("psql -X -q -v ON_ERROR_STOP=1 -d $database -f $ENV{CXUX_TMP}/setup.sql");

my $row = '\set day random(0, 29)' . "\n" . '\set place random(0, 6)' . "\n" . '\set answer random(0, 10)' . "\n" . '\set id random(1, 100000)' . "\n";
my @cases = (
	[ 'rows inserted one by one, 1 client', 1, "${row}INSERT INTO :table (day, touchpoint, recommend, csat, done) VALUES ('2026-03-01'::date + :day::int, 't' || :place::int, :answer, 1 + :answer % 5, :answer > 3);" ],
	[ 'rows inserted one by one, 8 clients', 8, "${row}INSERT INTO :table (day, touchpoint, recommend, csat, done) VALUES ('2026-03-01'::date + :day::int, 't' || :place::int, :answer, 1 + :answer % 5, :answer > 3);" ],
	[ '1000 rows at a time, 1 client', 1, "${row}INSERT INTO :table (day, touchpoint, recommend, csat, done) SELECT '2026-03-01'::date + (i + :day::int) % 30, 't' || i % 7, i % 11, 1 + i % 5, i % 3 > 0 FROM generate_series(1, 1000) AS i;" ],
	[ 'rows corrected one by one, 1 client', 1, "${row}UPDATE :table SET recommend = :answer WHERE id = :id;" ],
	[ 'rows updated elsewhere, 1 client', 1, "${row}UPDATE :table SET recommend = recommend WHERE id = :id;" ],
);
for my $case (@cases)
{
	my ($name, $clients, $script) = @$case;
	my (%file, %rate, @ratios);
	for my $table (qw(without_rollup with_rollup))
	{
		$file{$table} = "$ENV{CXUX_TMP}/$table.pgbench";
		open my $out, '>', $file{$table} or die $!;
		print $out $script =~ s/:table/$table/r, "\n";
		close $out;
	}
	for my $pair (1 .. $pairs)
	{
		my %tps;
		for my $table ($pair % 2 ? qw(without_rollup with_rollup) : qw(with_rollup without_rollup))
		{
			my $output = run("pgbench -n -M prepared -c $clients -j 2 -T $seconds -f $file{$table} $database");
			($tps{$table}) = $output =~ /tps = ([\d.]+)/ or die $output;
			push @{ $rate{$table} }, $tps{$table};
		}
		push @ratios, $tps{with_rollup} / $tps{without_rollup};
	}
	@ratios = sort { $a <=> $b } @ratios;
	printf "%-38s %8.0f /s without, %8.0f /s with: ratio %.2f (%.2f to %.2f)\n", $name, median(@{ $rate{without_rollup} }), median(@{ $rate{with_rollup} }), median(@ratios), @ratios[ 0, -1 ];
}
my $wrong = run(qq{psql -X -q -A -t -d $database -c "SELECT count(*) FROM (SELECT day, touchpoint, nps, csat, done, row_count FROM rolled_up EXCEPT SELECT day, touchpoint, nps(recommend), likert(csat, 1, 5), rate(done), count(*) FROM with_rollup GROUP BY day, touchpoint) AS d"});
chomp $wrong;
die "$wrong groups are wrong\n" if $wrong ne '0';
