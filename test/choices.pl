#!/usr/bin/perl
# The names of choices in databases of other encodings: kept, converted on the way to clients and to
# databases that differ, and drawn in charts.
use strict;
use warnings;
use lib 'test';
use Psql;
use Test::More;

sub psql
{
	my ($database, $client, $statements) = @_;
	local $ENV{PGCLIENTENCODING} = $client;
	return Psql::psql($statements, '-v VERBOSITY=terse', '-d', $database);
}

my $utf8 = $ENV{PGDATABASE};
my %database = map { $_ => lc "${utf8}_$_" } qw(LATIN1 EUC_JP SQL_ASCII);
for (sort keys %database)
{
	is(system("createdb -T template0 -E $_ --locale=C $database{$_} && psql -X -q -d $database{$_} -c 'CREATE EXTENSION cxux'"), 0, "a database in $_");
}

# What is sent by text: names as bytes of UTF-8, which sort otherwise in EUC_JP.
my %names = (LATIN1 => [ 'a', 'z', 'ä', 'ÿ' ], EUC_JP => [ 'a', '日本', 'カナ', '∀', '￥' ]);
for my $encoding (sort keys %names)
{
	my $rows = join ', ', map { "('$_')" } @{ $names{$encoding} };
	my $made = "CREATE TABLE made AS SELECT choices(name) AS x, choices(ARRAY[name, 'a'], 2) AS y FROM (VALUES $rows) AS v(name); CREATE TABLE single AS SELECT name, choices(name) AS x FROM (VALUES $rows) AS v(name) GROUP BY name;";
	my $show = "SELECT string_agg(choice || answers, ' ' ORDER BY choice COLLATE \"C\") FROM made, report(x); SELECT x = x::text::choices_summary AND y = y::jsonb::text::choices_summary FROM made; SELECT x = (SELECT rollup(x) FROM single) FROM made; SELECT bool_and(successes(choice_rate(made.x, name)) = 1) FROM made, single";
	is(psql($utf8, 'UTF8', "SET client_min_messages = warning; DROP TABLE IF EXISTS made, single; $made"), '', 'made in UTF-8');
	is(psql($database{$encoding}, 'UTF8', $made), '', "made in $encoding");
	my @there = split /\n/, psql($database{$encoding}, 'UTF8', $show);
	my @here = split /\n/, psql($utf8, 'UTF8', $show);
	is(join(' ', sort split / /, shift @there), join(' ', sort split / /, shift @here), "$encoding: the same names");
	is("@there", 't t t', "$encoding: text, merging and finding");
	is("@here", 't t t', "UTF-8: text, merging and finding, names of $encoding");

	my $file = "$ENV{CXUX_TMP}/$encoding.dump";
	for my $from ($utf8, $database{$encoding})
	{
		my $to = $from eq $utf8 ? $database{$encoding} : $utf8;
		is(system("pg_dump -d $from -t made --file=$file"), 0, 'dumped');
		psql($to, 'UTF8', 'ALTER TABLE made RENAME TO made_here');
		is(system("psql -X -q -v ON_ERROR_STOP=1 -d $to -f $file >$file.log 2>&1"), 0, 'restored in the other encoding') or diag(`cat $file.log`);
		is(psql($to, 'UTF8', 'SELECT a *= b FROM made AS a, made_here AS b'), 't', 'as the same value');
		is(psql($to, 'UTF8', 'DROP TABLE made; ALTER TABLE made_here RENAME TO made'), '', 'and put back');
	}

	# binary: the same encoding on both sides always, another when it sorts names alike
	my $copy = "\\copy made TO '$file' (FORMAT binary)\nCREATE TABLE copied (LIKE made);\n\\copy copied FROM '$file' (FORMAT binary)\nSELECT a *= b FROM made AS a, copied AS b; DROP TABLE copied";
	is(psql($database{$encoding}, $encoding, $copy), 't', "$encoding: binary and back");
	is(psql($database{$encoding}, 'UTF8', $copy), 't', "$encoding: binary and back by a client in UTF-8");
	is(psql($utf8, $encoding, $copy), 't', "UTF-8: binary and back by a client in $encoding");
	psql($database{$encoding}, 'UTF8', "\\copy made TO '$file' (FORMAT binary)");
	my $crossed = psql($utf8, 'UTF8', "CREATE TABLE copied (LIKE made);\n\\copy copied FROM '$file' (FORMAT binary)\nSELECT a *= b FROM made AS a, copied AS b; DROP TABLE copied");
	like($crossed, $encoding eq 'LATIN1' ? qr/^t$/ : qr/^ERROR:  invalid binary form of type choices_summary$/, "$encoding: binary to UTF-8");
	like(psql($database{$encoding}, 'UTF8', 'SELECT chart(x, 40) FROM made'), qr/^a +#+ +\d+\.\d % 1\n.*Shares of respondents, n = \d$/s, "$encoding: a chart without Unicode");
}
like(psql($utf8, 'LATIN1', q{SELECT length(choices_summary_send(choices(U&'\00e4')))}), qr/^\d+$/, 'what a client can show is sent');
like(psql($utf8, 'LATIN1', "SELECT choices_summary_send(choices(U&'\\65e5'))"), qr/ERROR:  character with byte sequence .* has no equivalent/, 'what it cannot show is an error');

# Bytes of no encoding
is(psql($database{SQL_ASCII}, 'SQL_ASCII', "CREATE TABLE made AS SELECT choices(name) AS x FROM (VALUES (E'\\xff'), (E'\\x80a'), ('a')) AS v(name); SELECT x = x::text::choices_summary, octet_length(choices_summary_send(x)), n(x) FROM made"), 't|47|3', 'SQL_ASCII: any bytes');
is(psql($database{SQL_ASCII}, 'SQL_ASCII', "CREATE TABLE copied (LIKE made);\n\\copy made TO '$ENV{CXUX_TMP}/ascii' (FORMAT binary)\n\\copy copied FROM '$ENV{CXUX_TMP}/ascii' (FORMAT binary)\nSELECT a *= b FROM made AS a, copied AS b"), 't', 'SQL_ASCII: binary and back');
like(psql($database{SQL_ASCII}, 'SQL_ASCII', 'SELECT chart(x, 40), length(svg(x)) > 500 FROM made'), qr/n = 3\|t$/, 'SQL_ASCII: charts');
like(psql($database{SQL_ASCII}, 'SQL_ASCII', "SELECT choices(repeat(E'\\xff', 1001))"), qr/ERROR:  choice "\xff{40}\.\.\." is too long/, 'SQL_ASCII: a name that is too long');
done_testing;
