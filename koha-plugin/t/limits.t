#!/usr/bin/perl

use Modern::Perl;

use C4::Context;
use LiaisonTest::Database;
use LiaisonTest::Plugin;
use Test::More;

my $koha  = LiaisonTest::Plugin->start;
my $dbh   = $koha->dbh;
my @reads = (
    [ '/version',         {} ],
    [ '/records/changed', { since => '2026-01-01T00:00:00Z', sweep => 'true', marc => 'true' } ],
    [ '/records/deleted', {} ],
    [ '/items/deleted',   {} ],
    [ '/use',             { from  => '2026-10-01', to => '2026-11-01' } ],
    [ '/use/by-category', { month => '2026-10' } ],
    [ '/holds/by-month',  {} ],
    [ '/course-reserves', {} ],
    [ '/funds',           {} ],
    [ '/biblios/1/panel', {} ],
);

subtest 'all that is read is read with the right to SELECT alone' => sub {
    my $name = LiaisonTest::Database->name;
    $dbh->do(q{CREATE USER IF NOT EXISTS 'liaison_reader'@'localhost' IDENTIFIED BY ''});
    $dbh->do("GRANT SELECT ON $name.* TO 'liaison_reader'\@'localhost'");
    C4::Context->connect_as( undef, user => 'liaison_reader' );
    my $refused = eval { C4::Context->dbh->do('DELETE FROM biblio'); 0 } // 1;
    ok $refused, 'this user may not write';

    for my $read (@reads) {
        my ( $path, $query ) = @$read;
        my ($status) = $koha->call( GET => $path, query => $query, as => 'super' );
        is $status, $path =~ m/panel/ ? 404 : 200, $path;
    }
    C4::Context->connect_as;
};

subtest 'a question that takes too long is stopped, and says so' => sub {
    $koha->plugin->store_data( { time_limit => 1 } );
    C4::Context->dbh->do('RENAME TABLE statistics TO statistics_kept');
    C4::Context->dbh->do(
        'CREATE VIEW statistics AS SELECT datetime, branch, type, itemnumber, borrowernumber, categorycode FROM statistics_kept
         WHERE SLEEP(0.5) = 0'
    );
    C4::Context->dbh->do( q{INSERT INTO statistics_kept (datetime, type, itemnumber) VALUES } . join q{, },
        (q{('2026-10-05 10:00:00', 'issue', 1)}) x 20 );
    my $begun = time;

    my ( $status, $answer ) = $koha->call( GET => '/use', query => { from => '2026-10-01', to => '2026-11-01' } );

    is $status,               503;
    is $answer->{error_code}, 'time_limit';
    like $answer->{error}, qr/longer than 1 second/;
    cmp_ok time - $begun, '<', 6, 'soon';
    is( ( $koha->call( GET => '/records/changed' ) )[0], 200, 'the next question is answered' );
    C4::Context->dbh->do('DROP VIEW statistics');
    C4::Context->dbh->do('RENAME TABLE statistics_kept TO statistics');
    $koha->plugin->store_data( { time_limit => 20 } );
};

subtest 'a table that this Koha does not have is said by name' => sub {
    my $dbh = C4::Context->dbh;
    my $old = LiaisonTest::Database->name . '_old';
    $dbh->do("CREATE DATABASE $old");
    for my $table ( @{ $dbh->selectcol_arrayref('SHOW TABLES') } ) {
        $dbh->do("CREATE TABLE $old.$table LIKE $table")
            unless $table =~ m/\Acourse_|aqinvoice_adjustments|\Aold_reserves/;
        $dbh->do("INSERT INTO $old.$table SELECT * FROM $table")
            if $table =~ m/\A(?:borrowers|userflags|permissions|user_permissions|plugin_data|systempreferences)\z/;
    }
    $dbh->do("ALTER TABLE $old.statistics DROP categorycode");
    $dbh->do("ALTER TABLE $old.deleteditems DROP localuse, DROP KEY timestamp");
    $dbh->do(
        "INSERT INTO $old.deleteditems (itemnumber, biblionumber, timestamp) VALUES (7, 1, '2026-02-01 05:00:00'), (45000, 1, '2026-03-01 05:00:00')"
    );
    C4::Context->connect_as($old);

    my ( $status, $version ) = $koha->call( GET => '/version' );
    is $status, 200;
    is_deeply [ sort grep { !$version->{capabilities}->{$_} } keys %{ $version->{capabilities} } ],
        [qw( course_reserves funds holds use_by_category )], 'the version tells what is missing';
    for my $path ( '/course-reserves', '/funds', '/holds/by-month', '/use/by-category' ) {
        my ( $status, $answer ) =
            $koha->call( GET => $path, query => $path =~ m/category/ ? { month => '2026-10' } : {} );
        is $status, 501, $path;
        is $answer->{error_code}, 'not_available';
        like $answer->{error}, qr/no table \w+/;
    }
    my @items = $koha->rows( '/items/deleted', { since => '2026-02-15T00:00:00Z' } );
    is_deeply [ map { $_->{item_id} } @items ], [45_000], 'without an index the table is read in slices';
    cmp_ok $koha->pages, '<=', 3;
    is $items[0]->{local_use_count}, undef, 'a column that is not there is not known';
    C4::Context->connect_as;
    C4::Context->dbh->do("DROP DATABASE $old");
};

subtest 'a server that goes on serving a removed plugin does not bring it back' => sub {
    my $plugin = $koha->plugin;
    $plugin->uninstall;
    C4::Context->dbh->do('DELETE FROM plugin_data');

    for my $read (@reads) {
        my ( $path, $query ) = @$read;
        my ($status) = $koha->call( GET => $path, query => $query, as => 'super' );
        cmp_ok $status, '!=', 500, "$path $status";
    }
    my ($status) = $koha->call(
        PUT  => '/titles',
        as   => 'super',
        json => { edition => 'v1', titles => [ { biblio_id => 1, departments => [] } ] }
    );
    is $status, 501, 'nothing can be pushed any more';

    is_deeply( C4::Context->dbh->selectcol_arrayref(q{SHOW TABLES LIKE 'koha_plugin%'}), [] );
    is_deeply( C4::Context->dbh->selectcol_arrayref(q{SELECT code FROM permissions WHERE code LIKE 'liaison%'}), [] );
    is_deeply( C4::Context->dbh->selectcol_arrayref('SELECT plugin_key FROM plugin_data'), [] );
};

done_testing;
