package Koha::Plugin::Org::KohaLiaison::Liaison::SmallCells;

use Modern::Perl;

use List::Util qw( sum0 );

=head1 NAME

Koha::Plugin::Org::KohaLiaison::Liaison::SmallCells - counts so small that they would point at persons

=head2 hidden

    my $hidden = Koha::Plugin::Org::KohaLiaison::Liaison::SmallCells::hidden( { UG => 40, FAC => 2, PG => 7 }, 5 );
    # { FAC => 1, PG => 1 }

Counts from 1 to one below the limit are hidden, and with them the smallest others until two are hidden that add up to
the limit: the sum over all categories is known elsewhere, and a single one could be had by subtraction. Where that
cannot be, all are hidden, zeros too, for then a zero beside the sum would tell.

=cut

sub hidden {
    my ( $count, $limit ) = @_;

    my @small = grep { $count->{$_} > 0 && $count->{$_} < $limit } keys %$count;
    return {} unless @small;

    my %hidden = map  { $_ => 1 } @small;
    my @others = sort { $count->{$a} <=> $count->{$b} || $a cmp $b } grep { $count->{$_} >= $limit } keys %$count;
    while ( !_is_safe( $count, \%hidden, $limit ) ) {
        my $next = shift @others;
        return { map { $_ => 1 } keys %$count } unless defined $next;
        $hidden{$next} = 1;
    }
    return \%hidden;
}

sub _is_safe {
    my ( $count, $hidden, $limit ) = @_;

    return keys %$hidden >= 2 && sum0( @{$count}{ keys %$hidden } ) >= $limit;
}

1;
