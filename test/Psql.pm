# Runs psql on a script, as nearly every test of psql's output does; and makes databases.
package Psql;
use strict;
use warnings;
use Exporter qw(import);
use Files;

our @EXPORT_OK = qw(psql new_database);

# What psql prints of a script, errors too, without the last line end; its exit status is in $?. The
# script goes through a file, as it may be longer than an argument; what follows it is more arguments,
# in the shell's words.
sub psql
{
	my ($script, @arguments) = @_;
	my $file = "$ENV{CXUX_TMP}/psql.$$.in";
	write_file($file, $script);
	my $output = `psql -X -q -A -t @arguments <$file 2>&1`;
	chomp $output;
	return $output;
}

# An empty database, in place of one that has its name
sub new_database
{
	my $name = shift;
	system("dropdb --if-exists '$name' 2>$ENV{CXUX_TMP}/dropdb.log && createdb -T template0 '$name'") == 0 or die "no database $name\n";
	return $name;
}

1;
