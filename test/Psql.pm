# Runs psql on a script, as nearly every test of psql's output does.
package Psql;
use strict;
use warnings;
use Exporter qw(import);

our @EXPORT_OK = qw(psql);

# What psql prints of a script, errors too, without the last line end; its exit status is in $?. The
# script goes through a file, as it may be longer than an argument; what follows it is more arguments,
# in the shell's words.
sub psql
{
	my ($script, @arguments) = @_;
	my $file = "$ENV{CXUX_TMP}/psql.$$.in";
	open my $in, '>:raw', $file or die $!;
	print $in $script;
	close $in;
	my $output = `psql -X -q -A -t @arguments <$file 2>&1`;
	chomp $output;
	return $output;
}

1;
