# What Linux tells of a server process, by its number.
package Backend;
use strict;
use warnings;
use Exporter qw(import);

our @EXPORT = qw(resident processor title);

# Its own memory in bytes, now; none when it is gone
sub resident
{
	my $pid = shift;
	open my $in, '<', "/proc/$pid/status" or return 0;
	return (map { /^RssAnon:\s+(\d+)/ ? 1024 * $1 : () } readline $in)[0] // 0;
}

# Seconds of the processor that it has used
sub processor
{
	my $pid = shift;
	open my $in, '<', "/proc/$pid/schedstat" or die "/proc/$pid/schedstat: $!\n";
	return (split ' ', readline $in)[0] / 1e9;
}

# What it says that it does; nothing when it is gone
sub title
{
	my $pid = shift;
	open my $in, '<', "/proc/$pid/cmdline" or return '';
	local $/;
	my $title = (readline $in // '') =~ s/\0.*//sr;
	return $title =~ s/^postgres: \S+ \S+ \[local\] //r;
}

1;
