#!/usr/bin/perl
# Runs the blocks of doc/scale.md that need more than one server: "pgsql node" on each of three, then
# "pgsql here" in one session, and compares what it prints with the text block after each. With --write
# puts that into the page.
use strict;
use warnings;
use lib 'test';
use Files;
use Servers;
use Test::More;

my $file = "$ENV{CXUX_ROOT}/doc/scale.md";
my $write = @ARGV && $ARGV[0] eq '--write';
$ENV{PGTZ} = 'UTC';

sub psql
{
	my ($statements, @where) = @_;
	write_file("$ENV{CXUX_TMP}/scale_doc.sql", $statements);
	return scalar `psql -X -q -P pager=off @where <'$ENV{CXUX_TMP}/scale_doc.sql' 2>&1`;
}

my $page = slurp($file);
my @node = $page =~ /^```pgsql node\n(.*?)^```$/gms;
my @here = $page =~ /^```pgsql here\n(.*?)^```$/gms;
cmp_ok(scalar @node, '>', 0, 'blocks for the nodes');
cmp_ok(scalar @here, '>', 2, 'blocks for here');

my %socket;
for my $number (1 .. 3)
{
	$socket{$number} = server('add', "doc_node_$number");
	system('createdb', '-h', $socket{$number}, '-T', 'template1', 'cx') == 0 or die "createdb failed\n";
	is(psql(join('', @node), '-h', $socket{$number}, '-d', 'cx'), '', "node $number is set up");
}
system('createdb', '-T', 'template1', 'scale_doc') == 0 or die "createdb failed\n";
s/node(\d)\.example\.com/$socket{$1}/g for @here;
my @printed = split /^end of block\n/m, psql(join('', map { "$_\\echo end of block\n" } @here), '-d', 'scale_doc');
s/[ \t]+$//mg, s/\n+\z/\n/ for @printed;
is(scalar @printed, scalar @here, 'all blocks ran');

my $block = 0;
my $said = $page =~ s{^(```pgsql here\n.*?^```\n)(?:\n```text\n.*?^```\n)?}{
	my ($sql, $text) = ($1, $printed[ $block++ ]);
	$sql . ($text =~ /\S/ ? "\n```text\n$text```\n" : '')
}gmser;
write_file($file, $said) if $write;
is($said, $page, 'the blocks print what the page says') unless $write;
done_testing;
