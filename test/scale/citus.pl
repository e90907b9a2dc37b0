#!/usr/bin/perl
# What Citus asks of an aggregate and does with it: builds the replay, then runs citus.sql.
use strict;
use warnings;
use File::Basename qw(dirname);

my $here = dirname($0);
my $library = "$ENV{CXUX_TMP}/replay.so";
chomp(my $include = `'$ENV{PG_CONFIG}' --includedir-server`);
system(qw(gcc -O1 -fPIC -shared -Wall -Wextra -Werror -isystem), $include, '-o', $library, "$here/replay.c") == 0
	or die "the replay cannot be built\n";
exec qw(psql -X -q -A -t -v ON_ERROR_STOP=1 -v), "library=$library", '-f', "$here/citus.sql" or die $!;
