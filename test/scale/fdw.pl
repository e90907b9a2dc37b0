#!/usr/bin/perl
# Customers spread over three servers by postgres_fdw: starts them, then runs fdw.sql.
use strict;
use warnings;
use lib 'test';
use File::Basename qw(dirname);
use Servers;

my @shards;
for my $name (map { "shard_$_" } 1 .. 3)
{
	my $socket = server('add', $name);
	push @shards, '-v', "$name=$socket";
	system('createdb', '-h', $socket, '-T', 'template1', 'shard') == 0 or die "createdb failed\n";
	system(qw(psql -X -q -v ON_ERROR_STOP=1 -h), $socket, qw(-d shard -f), dirname($0) . '/shard.sql') == 0 or die "$name has no tables\n";
}
exec qw(psql -X -q -A -t -v ON_ERROR_STOP=1), @shards, '-f', dirname($0) . '/fdw.sql' or die $!;
