#!/usr/bin/perl

use Modern::Perl;

use LiaisonTest::Plugin;
use Test::More;

my $koha = LiaisonTest::Plugin->start;
my $dbh  = $koha->dbh;

# Moments are UTC here.
sub at_utc {
    my ($work) = @_;

    $dbh->do(q{SET time_zone = '+00:00'});
    $work->();
    $dbh->do(q{SET time_zone = '-05:00'});
    return;
}

sub add_record {
    my ( $id, $biblio, $biblioitems, $metadata ) = @_;

    at_utc(
        sub {
            $dbh->do( 'INSERT INTO biblio (biblionumber, title, timestamp) VALUES (?, ?, ?)',
                undef, $id, "T$id", $biblio );
            $dbh->do( 'INSERT INTO biblioitems (biblioitemnumber, biblionumber, timestamp) VALUES (?, ?, ?)',
                undef, $id + 1000, $id, $biblioitems );
            $dbh->do( 'INSERT INTO biblio_metadata (id, biblionumber, metadata, timestamp) VALUES (?, ?, ?, ?)',
                undef, $id + 2000, $id, "<record>$id</record>", $metadata );
        }
    );
    return;
}

sub changed {
    my (%query) = @_;

    return map { "$_->{biblio_id} $_->{changed_at}" } $koha->rows( '/records/changed', \%query );
}

sub empty {
    $dbh->do("DELETE FROM $_")
        for qw( biblio biblioitems biblio_metadata deletedbiblio deletedbiblio_metadata items deleteditems );
    return;
}

subtest 'the newest of the three timestamps decides' => sub {
    add_record( 1, '2026-01-01 10:00:00', '2026-01-01 10:00:00', '2026-03-01 10:00:00' );
    add_record( 2, '2026-01-01 10:00:00', '2026-04-01 10:00:00', '2026-01-01 10:00:00' );
    add_record( 3, '2026-05-01 10:00:00', '2026-01-01 10:00:00', '2026-01-01 10:00:00' );
    add_record( 4, '2026-01-01 10:00:00', '2026-01-01 10:00:00', '2026-01-01 10:00:00' );
    add_record( 5, '2026-06-01 10:00:00', '2026-06-01 10:00:00', '2026-06-01 10:00:00' );

    is_deeply [ changed( since => '2026-02-01T00:00:00Z' ) ],
        [ '1 2026-03-01T10:00:00Z', '5 2026-06-01T10:00:00Z', '2 2026-04-01T10:00:00Z' ],
        'a new heading, a new 260: each record once';
    is_deeply [ changed( since => '2026-02-01T00:00:00Z', sweep => 'true' ) ],
        [ '1 2026-03-01T10:00:00Z', '5 2026-06-01T10:00:00Z', '2 2026-04-01T10:00:00Z', '3 2026-05-01T10:00:00Z' ],
        'with the sweep also the one whose biblio row alone changed';
    is scalar( changed() ), 5, 'without since all, and once';
    is_deeply [ changed( limit => 1 ) ],                  [ changed() ],                  'the same in pages of one';
    is_deeply [ changed( limit => 1, sweep => 'true' ) ], [ changed( sweep => 'true' ) ], 'also with the sweep';
    is_deeply [ changed( since => '2026-06-01T12:00:00+02:00' ) ], ['5 2026-06-01T10:00:00Z'],
        'since is a moment with its offset, and included';
    is_deeply [ changed( since => '2026-06-01T10:00:01Z' ) ], [];
};

subtest 'many records in the same second come once each, over pages' => sub {
    empty();
    add_record( $_, ('2026-01-01 10:00:00') x 3 ) for 1 .. 25;

    for my $limit ( 1, 7, 25, 100 ) {
        my @ids = map { $_->{biblio_id} } $koha->rows( '/records/changed', { limit => $limit } );
        is_deeply \@ids, [ 1 .. 25 ], "in pages of $limit";
    }
};

subtest 'the hour that comes twice when clocks go back is two hours' => sub {
    empty();
    my $zone = $dbh->selectrow_array('SELECT @@session.time_zone');

    # In New York it was 01:30 twice on that night: at 05:30 and at 06:30 UTC.
    add_record( 1, ('2026-11-01 05:30:00') x 3 );
    add_record( 2, ('2026-11-01 06:30:00') x 3 );

    is_deeply [ changed() ], [ '1 2026-11-01T05:30:00Z', '2 2026-11-01T06:30:00Z' ];
    is_deeply [ changed( since => '2026-11-01T01:30:00-05:00' ) ], ['2 2026-11-01T06:30:00Z'], 'the second of them';
    is_deeply [ changed( since => '2026-11-01T01:30:00-04:00', limit => 1 ) ],
        [ '1 2026-11-01T05:30:00Z', '2 2026-11-01T06:30:00Z' ], 'both, page by page';
    is $dbh->selectrow_array('SELECT @@session.time_zone'), $zone, 'the session keeps its own zone';
};

subtest 'MARC comes on demand, with fewer records a page' => sub {
    empty();
    add_record( $_,  '2026-01-01 10:00:00', '2026-01-01 10:00:00', '2026-01-02 10:00:00' ) for 1 .. 205;
    add_record( 300, '2026-01-01 10:00:00', '2026-01-03 10:00:00', '2026-01-01 10:00:00' );

    my @rows = $koha->rows( '/records/changed', { marc => 'true', limit => 1000 } );

    is scalar @rows, 206;
    is $koha->pages, 2, 'at most 200 a page';
    is_deeply [ map { $_->{marcxml} } @rows ], [ map { "<record>$_->{biblio_id}</record>" } @rows ],
        'each with its own';
    ok !exists( ( $koha->rows('/records/changed') )[0]->{marcxml} ), 'else none';
};

subtest 'a row with the zero date of an old version is not lost' => sub {
    empty();
    add_record( 1, ('0000-00-00 00:00:00') x 3 );
    add_record( 2, ('2026-01-01 10:00:00') x 3 );

    is_deeply [ changed() ], [ '1 1970-01-01T00:00:00Z', '2 2026-01-01T10:00:00Z' ];
};

subtest 'records and items that were deleted, and are not there again' => sub {
    empty();
    add_record( 1, ('2026-01-01 10:00:00') x 3 );
    at_utc(
        sub {
            $dbh->do( 'INSERT INTO deletedbiblio_metadata (id, biblionumber, metadata, timestamp) VALUES (?, ?, ?, ?)',
                undef, @$_ )
                for [ 1, 1, q{}, '2026-02-01 10:00:00' ], [ 2, 2, q{}, '2026-02-01 10:00:00' ],
                [ 3, 3, q{}, '2026-03-01 10:00:00' ];
            $dbh->do(
                q{INSERT INTO deleteditems (itemnumber, biblionumber, homebranch, itype, ccode, location, itemcallnumber,
                  cn_source, dateaccessioned, issues, renewals, localuse, itemlost, withdrawn, timestamp) VALUES
                  (7, 2, 'MAIN', 'BK', 'GEN', 'STACKS', 'QA76.9', 'lcc', '2010-05-01', 12, 3, NULL, 0, 1, '2026-02-01 10:00:00'),
                  (8, 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, '2026-03-01 10:00:00')}
            );
        }
    );

    is_deeply [ map { "$_->{biblio_id} $_->{deleted_at}" } $koha->rows( '/records/deleted', { limit => 1 } ) ],
        [ '2 2026-02-01T10:00:00Z', '3 2026-03-01T10:00:00Z' ];
    is_deeply [ map { $_->{biblio_id} } $koha->rows( '/records/deleted', { since => '2026-02-15T00:00:00Z' } ) ], [3];
    is_deeply(
        ( $koha->rows( '/items/deleted', { limit => 1 } ) )[0],
        {
            item_id            => 7,
            biblio_id          => 2,
            deleted_at         => '2026-02-01T10:00:00Z',
            home_library_id    => 'MAIN',
            item_type_id       => 'BK',
            collection_code    => 'GEN',
            location           => 'STACKS',
            callnumber         => 'QA76.9',
            call_number_source => 'lcc',
            acquisition_date   => '2010-05-01',
            checkouts_count    => 12,
            renewals_count     => 3,
            local_use_count    => undef,
            lost_status        => 0,
            withdrawn          => 1,
        }
    );
    is scalar( $koha->rows('/items/deleted') ), 2;
};

done_testing;
