#!/usr/bin/perl

use Modern::Perl;

use Koha::Plugin::Org::KohaLiaison::Liaison::SmallCells;
use List::Util qw( sum0 );
use Test::More;

sub hidden {
    my ( $count, $limit ) = @_;

    return join q{ }, sort keys %{ Koha::Plugin::Org::KohaLiaison::Liaison::SmallCells::hidden( $count, $limit // 5 ) };
}

is hidden( {} ),                                        q{},         'nothing of nothing';
is hidden( { UG => 40, FAC => 0, PG => 5 } ),           q{},         'large ones and zeros are shown';
is hidden( { UG => 40, FAC => 4, PG => 7 } ),           'FAC PG',    'with one small one the smallest other';
is hidden( { UG => 40, FAC => 4, PG => 1, X => 0 } ),   'FAC PG',    'two small ones that add up to the limit';
is hidden( { UG => 40, FAC => 1, PG => 1, X => 9 } ),   'FAC PG X',  'two that do not, and one more';
is hidden( { UG => 3, FAC => 0, PG => 0 } ),            'FAC PG UG', 'alone: all of them, zeros too';
is hidden( { UG => 40, FAC => 2, PG => 40, X => 40 } ), 'FAC PG',    'of equals the first by name';
is hidden( { UG => 1 } ),                               'UG',        'a single category';

# Of any counts: no small one is shown, and none can be had from the sum.
srand 7;
my $wrong = 0;
for ( 1 .. 5_000 ) {
    my $limit  = 2 + int rand 8;
    my %count  = map { ( "C$_" => rand() < 0.3 ? 0 : int rand 15 ) } 1 .. 1 + int rand 7;
    my $hidden = Koha::Plugin::Org::KohaLiaison::Liaison::SmallCells::hidden( \%count, $limit );
    my @shown  = grep { !$hidden->{$_} } keys %count;
    $wrong++ if grep { $count{$_} > 0 && $count{$_} < $limit } @shown;
    next unless %$hidden;
    my $rest = sum0( @count{ keys %$hidden } );
    $wrong++ if @shown && ( keys %$hidden < 2 || $rest < $limit );
}
is $wrong, 0, '5,000 sets of counts by chance';

done_testing;
