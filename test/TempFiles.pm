# For the tests of what goes to temporary files: queries in sessions of their own, and the files they
# leave.
package TempFiles;
use strict;
use warnings;
use lib 'test';
use Exporter qw(import);
use Psql;

our @EXPORT = qw(psql files_left run_query);

sub psql
{
	return Psql::psql(shift, '-v VERBOSITY=sqlstate');
}

# Temporary files that stay: others may be those of a test that runs at the same time
sub files_left
{
	my $files = 0;
	for (1 .. 100)
	{
		$files = psql("SELECT count(*) FROM pg_ls_tmpdir() WHERE substring(name FROM '^pgsql_tmp([0-9]+)')::int NOT IN (SELECT pid FROM pg_stat_activity)");
		last if $files eq '0';
		select undef, undef, undef, 0.1;
	}
	return $files;
}

# Runs a query in a session of its own; its output, and the bytes it wrote to temporary files
sub run_query
{
	my ($settings, $query) = @_;
	my $bytes = 'SELECT pg_stat_force_next_flush(); SELECT pg_sleep(0); SELECT temp_bytes FROM pg_stat_database WHERE datname = current_database();';
	my $before = (split /\n/, psql($bytes))[-1];
	my $output = psql("$settings $query; SELECT pg_stat_force_next_flush();");
	my $after = (split /\n/, psql($bytes))[-1];
	return ($output, $after - $before);
}

1;
