#!/usr/bin/perl

use Modern::Perl;

use LiaisonTest::Plugin;
use Test::More;

my $koha = LiaisonTest::Plugin->start;
my $dbh  = $koha->dbh;

sub event {
    my ( $at, $type, $item, %more ) = @_;

    $dbh->do(
        'INSERT INTO statistics (datetime, type, itemnumber, branch, borrowernumber, categorycode) VALUES (?, ?, ?, ?, ?, ?)',
        undef,
        $at,
        $type,
        $item,
        exists $more{branch} ? $more{branch} : 'MAIN',
        exists $more{patron} ? $more{patron} : 900_001,
        $more{category}
    );
    return;
}

sub use_in {
    my ( $from, $to, %more ) = @_;

    return [ map { join q{ }, $_->{month}, $_->{item_id} // '-', $_->{kind}, $_->{library_id} // '-', $_->{count} }
            $koha->rows( '/use', { from => $from, to => $to, %more } ) ];
}

sub empty {
    $dbh->do("DELETE FROM $_") for 'statistics', 'items', 'deleteditems';
    return;
}

subtest 'counts by month, item, kind and library' => sub {
    event( '2026-09-30 23:59:59', 'issue',           1 );
    event( '2026-10-01 00:00:00', 'issue',           1 );
    event( '2026-10-01 00:00:00', 'issue',           1 );
    event( '2026-10-05 10:00:00', 'issue',           1, branch => 'SCI' );
    event( '2026-10-05 10:00:00', 'renew',           1 );
    event( '2026-10-06 10:00:00', 'onsite_checkout', 2 );
    event( '2026-10-06 10:00:00', 'localuse',        2, patron => undef );
    event( '2026-10-31 23:59:59', 'return',          1 );
    event( '2026-11-01 00:00:00', 'issue',           1 );

    is_deeply use_in( '2026-10-01', '2026-11-01' ),
        [
        '2026-10 1 checkout MAIN 2',
        '2026-10 1 checkout SCI 1',
        '2026-10 1 renewal MAIN 1',
        '2026-10 1 return MAIN 1',
        '2026-10 2 in_house MAIN 1',
        '2026-10 2 onsite MAIN 1',
        ],
        'two rows of the same second are two; the first day is in, the day after the last is not';
    is_deeply use_in( '2026-09-15', '2026-10-02' ), [ '2026-09 1 checkout MAIN 1', '2026-10 1 checkout MAIN 2' ],
        'a window over two months tells them apart';
    is_deeply use_in( '2026-10-01', '2026-11-01', limit => $_ ), use_in( '2026-10-01', '2026-11-01' ),
        "the same in pages of $_"
        for 1, 2, 5;
    my ( undef, $answer ) =
        $koha->call( GET => '/use', query => { from => '2026-10-01', to => '2026-11-01', limit => 1 } );
    is $answer->{events}, 7, 'the first page tells how many there are in all';
    ( undef, $answer ) =
        $koha->call( GET => '/use', query => { from => '2026-10-01', to => '2026-11-01', cursor => $answer->{next} } );
    is $answer->{events}, undef, 'the others do not';
};

subtest 'a check-in of what was not on loan is no return' => sub {
    empty();
    event( '2026-10-05 10:00:00', 'return', 1 );
    event( '2026-10-05 10:00:00', 'return', 1, patron => undef );

    is_deeply use_in( '2026-10-01', '2026-11-01' ), [ '2026-10 1 return MAIN 1', '2026-10 1 check_in MAIN 1' ];
};

subtest 'payments are left out; codes of old versions and rows without an item are told' => sub {
    empty();
    event( '2026-10-05 10:00:00', $_,    1 )     for qw( payment writeoff CreditW Credit );
    event( '2026-10-05 10:00:00', $_,    1 )     for qw( recall item_found item_lost oldcode );
    event( '2026-10-05 10:00:00', $_,    undef ) for qw( issue payment );
    event( '2026-10-05 10:00:00', undef, 1, branch => undef );

    is_deeply [ sort @{ use_in( '2026-10-01', '2026-11-01' ) } ],
        [
        '2026-10 - checkout MAIN 1',
        '2026-10 1 item_found MAIN 1',
        '2026-10 1 item_lost MAIN 1',
        '2026-10 1 other - 1',
        '2026-10 1 other MAIN 1',
        '2026-10 1 recall MAIN 1',
        ];
    my ($old) = grep { $_->{code} eq 'oldcode' } $koha->rows( '/use', { from => '2026-10-01', to => '2026-11-01' } );
    is $old->{kind}, 'other', 'with its own code beside it';
};

subtest 'a window read again replaces: a late row changes it, reading twice does not' => sub {
    empty();
    event( '2026-10-05 10:00:00', 'issue', 1 );
    my $before = use_in( '2026-10-01', '2026-11-01' );

    is_deeply use_in( '2026-10-01', '2026-11-01' ), $before, 'the same twice';
    event( '2026-10-05 10:00:00', 'issue',  1 );
    event( '2026-10-20 10:00:00', 'return', 1 );
    is_deeply use_in( '2026-10-01', '2026-11-01' ), [ '2026-10 1 checkout MAIN 2', '2026-10 1 return MAIN 1' ],
        'a row added to a closed window, a return recorded late: the new counts, not a difference';
};

subtest 'a return of November of a loan of October is in November' => sub {
    empty();
    event( '2026-10-30 10:00:00', 'issue',  1 );
    event( '2026-11-03 10:00:00', 'return', 1 );

    is_deeply use_in( '2026-10-01', '2026-11-01' ), ['2026-10 1 checkout MAIN 1'];
    is_deeply use_in( '2026-11-01', '2026-11-10' ), ['2026-11 1 return MAIN 1'];
};

subtest 'both times of the hour that comes twice are in their month' => sub {
    empty();
    $dbh->do(q{SET time_zone = '-04:00'});
    event( '2026-11-01 01:30:00', 'issue', 1 );
    $dbh->do(q{SET time_zone = '-05:00'});
    event( '2026-11-01 01:30:00', 'issue', 1 );
    event( '2026-03-08 01:59:59', 'issue', 1 );
    event( '2026-03-08 03:00:00', 'issue', 1 );

    is_deeply use_in( '2026-11-01', '2026-11-02' ), ['2026-11 1 checkout MAIN 2'];
    is_deeply use_in( '2026-03-01', '2026-04-01' ), ['2026-03 1 checkout MAIN 2'], 'also where an hour is left out';
};

subtest 'today is not over' => sub {
    my ( $today, $yesterday ) = $dbh->selectrow_array('SELECT CURDATE(), CURDATE() - INTERVAL 1 DAY');
    my ($tomorrow) = $dbh->selectrow_array('SELECT CURDATE() + INTERVAL 1 DAY');

    is( ( $koha->call( GET => '/use', query => { from => $yesterday, to => $today } ) )[0], 200, 'up to today' );
    my ( $status, $answer ) = $koha->call( GET => '/use', query => { from => $yesterday, to => $tomorrow } );
    is $status,               400;
    is $answer->{error_code}, 'window_not_closed';
};

subtest 'an item with more counts than a page holds is not cut' => sub {
    empty();
    event( '2026-10-05 10:00:00', 'issue', 1, branch => "B$_" ) for 10 .. 29;
    event( '2026-10-05 10:00:00', 'issue', 2 );

    my $all = use_in( '2026-10-01', '2026-11-01', limit => 3 );

    is scalar @$all, 21;
    my %seen = map { $_ => 1 } @$all;
    is scalar keys %seen, 21, 'each once';
};

subtest 'loans by patron category, of departments, small cells hidden' => sub {
    empty();
    $dbh->do('INSERT INTO items (itemnumber, biblionumber) VALUES (1, 101), (2, 102)');
    $dbh->do('INSERT INTO deleteditems (itemnumber, biblionumber) VALUES (3, 101)');
    is(
        (
            $koha->call(
                PUT  => '/titles',
                json => {
                    edition => 'v1',
                    titles  => [
                        { biblio_id => 101, departments => [ { id => 'physics', num => 1, den => 1 } ] },
                        {
                            biblio_id   => 102,
                            departments =>
                                [ { id => 'physics', num => 1, den => 3 }, { id => 'maths', num => 2, den => 3 } ]
                        },
                    ]
                }
            )
        )[0],
        200
    );
    event( '2026-10-05 10:00:00', 'issue', 1, category => 'UG' )  for 1 .. 20;
    event( '2026-10-05 10:00:00', 'issue', 3, category => 'UG' )  for 1 .. 2;
    event( '2026-10-05 10:00:00', 'issue', 2, category => 'UG' )  for 1 .. 6;
    event( '2026-10-05 10:00:00', 'issue', 2, category => 'FAC' ) for 1 .. 2;
    event( '2026-10-05 10:00:00', 'issue', 1, category => 'PG' )  for 1 .. 7;
    event( '2026-10-05 10:00:00', 'issue', 9, category => 'UG' )  for 1 .. 8;
    event( '2026-11-05 10:00:00', 'issue', 1, category => 'UG' );
    event( '2026-10-05 10:00:00', 'renew', 1, category => 'UG' );

    my ( $status, $answer ) = $koha->call( GET => '/use/by-category', query => { month => '2026-10' } );

    is $status,            200;
    is $answer->{edition}, 'v1';
    my $told = sub {
        [
            map {
                join q{ }, $_->{department} // '-', $_->{category}, $_->{hidden}
                    ? 'hidden'
                    : "$_->{loans} $_->{num}/$_->{den}"
            } @{ $_[0]->{rows} }
        ];
    };
    is_deeply $told->($answer),
        [
        '- FAC 0 0/1',
        '- PG 0 0/1',
        '- UG 8 8/1',
        'maths FAC hidden',
        'maths PG 0 0/1',
        'maths UG hidden',
        'physics FAC hidden',
        'physics PG hidden',
        'physics UG 28 24/1',
        ],
        'with the small one the smallest other is hidden; deleted items count; other months and renewals do not';

    ( $status, $answer ) = $koha->call( GET => '/use/by-category', query => { month => '2026-10', small_cell => 50 } );
    is_deeply [ grep { !m/hidden/ } @{ $told->($answer) } ], [],
        'where nothing can be shown safely, zeros are hidden too';
    $koha->plugin->store_data( { small_cell => 9 } );
    ( $status, $answer ) = $koha->call( GET => '/use/by-category', query => { month => '2026-10', small_cell => 2 } );
    is $answer->{small_cell}, 9, 'the library can be stricter than the caller, not the other way round';
};

done_testing;
