# More servers beside the one that runs, by server.sh.
package Servers;
use strict;
use warnings;
use Exporter qw(import);

our @EXPORT = qw(command server);

# What a command prints, which must succeed
sub command
{
	my $output = `@_ 2>&1`;
	die "@_\n$output" if $?;
	chomp $output;
	return $output;
}

# The socket directory of a server of that name: "add" makes it, with a file of settings, "standby" makes
# one that follows the one at PGHOST, "again" starts one that was stopped or killed
sub server
{
	my ($how, $name, $conf) = @_;
	return command("bash '$ENV{CXUX_ROOT}/test/server.sh' $how $name '" . ($conf // '') . "'");
}

1;
