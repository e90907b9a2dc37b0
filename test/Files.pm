# Files whole, as bytes.
package Files;
use strict;
use warnings;
use Exporter qw(import);

our @EXPORT = qw(slurp write_file);

sub slurp
{
	my $file = shift;
	open my $in, '<:raw', $file or die "$file: $!\n";
	local $/;
	return scalar readline $in;
}

sub write_file
{
	my ($file, @text) = @_;
	open my $out, '>:raw', $file or die "$file: $!\n";
	print $out @text;
	close $out or die "$file: $!\n";
}

1;
