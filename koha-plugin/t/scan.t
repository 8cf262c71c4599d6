#!/usr/bin/perl

use Modern::Perl;

use C4::Context;
use Koha::Plugin::Org::KohaLiaison::Liaison::Query;
use LiaisonTest::Plugin;
use List::Util qw( sum0 );
use Test::More;

my $koha    = LiaisonTest::Plugin->start;
my $dbh     = $koha->dbh;
my $records = 30_000;
my $events  = 120_000;

$dbh->do(
    "INSERT INTO biblio (biblionumber, title, timestamp) SELECT seq, 'T', '2024-01-01' + INTERVAL seq MINUTE FROM seq_1_to_$records"
);
$dbh->do(
    "INSERT INTO biblioitems (biblioitemnumber, biblionumber, timestamp) SELECT seq, seq, '2024-01-01' + INTERVAL seq MINUTE FROM seq_1_to_$records"
);

# A bulk load: a third of the records in the same second.
$dbh->do(
    "INSERT INTO biblio_metadata (biblionumber, metadata, timestamp)
     SELECT seq, '<record/>', IF(seq % 3 = 0, '2025-01-01 00:00:00', '2024-01-01' + INTERVAL seq MINUTE) FROM seq_1_to_$records"
);
$dbh->do(
    "INSERT INTO deletedbiblio_metadata (biblionumber, metadata, timestamp)
          SELECT seq + 100000, '', '2024-01-01' + INTERVAL seq MINUTE FROM seq_1_to_$records"
);
$dbh->do("INSERT INTO items (itemnumber, biblionumber) SELECT seq, seq FROM seq_1_to_$records");
$dbh->do(
    "INSERT INTO deleteditems (itemnumber, biblionumber, timestamp)
          SELECT seq + 100000, seq, '2024-01-01' + INTERVAL seq MINUTE FROM seq_1_to_$records"
);
$dbh->do(
    "INSERT INTO statistics (datetime, type, itemnumber, branch, borrowernumber, categorycode)
          SELECT '2024-01-01' + INTERVAL seq * 8 MINUTE, 'issue', 1 + seq % $records, 'MAIN', 1, 'UG' FROM seq_1_to_$events"
);
$dbh->do(
    "INSERT INTO old_reserves (reserve_id, biblionumber, reservedate, found) SELECT seq, 1 + seq % 10000, '2024-05-05', 'F' FROM seq_1_to_$records"
);
$dbh->do("INSERT INTO course_items (ci_id, itemnumber) SELECT seq, seq FROM seq_1_to_$records");
$dbh->do(q{INSERT INTO courses (course_id, course_name) VALUES (1, 'C')});
$dbh->do("INSERT INTO course_reserves (cr_id, course_id, ci_id) SELECT seq, 1, seq FROM seq_1_to_$records");
$dbh->do(
    q{INSERT INTO aqbudgetperiods (budget_period_startdate, budget_period_enddate) VALUES ('2024-01-01', '2024-12-31')}
);
$dbh->do('INSERT INTO aqbudgets (budget_id, budget_period_id) SELECT seq, 1 FROM seq_1_to_1000');
$dbh->do(
    "INSERT INTO aqorders (budget_id, quantity, ecost_tax_included) SELECT 1 + seq % 1000, 1, 10 FROM seq_1_to_$records"
);
$dbh->do(
    "INSERT INTO aqinvoices (shipmentcost, shipmentcost_budgetid) SELECT 1, 1 + seq % 1000 FROM seq_1_to_$records");
$dbh->do(
    "INSERT INTO aqinvoice_adjustments (invoiceid, adjustment, budget_id) SELECT seq, 1, 1 + seq % 1000 FROM seq_1_to_$records"
);
$dbh->do( 'INSERT INTO ' . $koha->plugin->get_qualified_table_name($_) )
    for "assignments (biblionumber, department, num, den) SELECT seq, 'physics', 1, 1 FROM seq_1_to_$records",
    "titles (biblionumber, edition) SELECT seq, 'v1' FROM seq_1_to_$records";
$dbh->do("ANALYZE TABLE $_")
    for
    qw( biblio biblioitems biblio_metadata deletedbiblio_metadata items deleteditems statistics old_reserves course_items
    course_reserves aqbudgets aqorders aqinvoices aqinvoice_adjustments );

# Every question that the routes ask is kept, as it is sent.
my @asked;
{
    no warnings 'redefine';    ## no critic (ProhibitNoWarnings)
    my $rows = \&Koha::Plugin::Org::KohaLiaison::Liaison::Query::rows;
    *Koha::Plugin::Org::KohaLiaison::Liaison::Query::rows = sub {
        push @asked, [ $_[1], $_[2] // [] ];
        goto &$rows;
    };
}

sub rows_read {
    my $status = $dbh->selectall_hashref( q{SHOW SESSION STATUS LIKE 'Handler_read%'}, 'Variable_name' );
    return sum0( map { $_->{Value} } values %$status );
}

# Tables of Koha that a plan reads from one end to the other.
sub scanned {
    my ( $sql, $bind ) = @_;

    my $plan = $dbh->selectall_arrayref( "EXPLAIN $sql", { Slice => {} }, @$bind );
    return map { $_->{table} }
        grep { ( $_->{type} // q{} ) eq 'ALL' && $_->{table} !~ m/\A<|stretch\z/ && $_->{rows} > 2_000 } @$plan;
}

my @cases = (
    [ '/version',         {},                                                                            500 ],
    [ '/records/changed', { since => '2024-01-02T00:00:00Z' },                                           8_500 ],
    [ '/records/changed', { since => '2024-01-02T00:00:00Z', cursor => 'metadata-20250101050000-9000' }, 8_500 ],
    [ '/records/changed', { since => '2024-01-20T00:00:00Z', limit => 10, marc => 'true' },              500 ],
    [ '/records/changed', { since => '2026-01-01T00:00:00Z', sweep => 'true' },                          90_000 ],
    [ '/records/deleted', { since => '2024-01-02T00:00:00Z' },                                           8_500 ],
    [ '/items/deleted',   { since => '2024-01-02T00:00:00Z' },                                           8_500 ],
    [ '/use',             { from => '2024-10-01', to => '2024-11-01', limit => 20_000 },                 30_000 ],
    [ '/use',             { from => '2024-10-01', to => '2024-10-02' },                                  1_000 ],
    [ '/use/by-category', { month => '2024-10' },                                                        40_000 ],
    [ '/holds/by-month',  { limit => 100 },                                                              3_000 ],
    [ '/course-reserves', { limit => 100 },                                                              500 ],
    [ '/funds',           { limit => 10 },                                                               4_500 ],
    [ '/biblios/7/panel', {},                                                                            50 ],
);
for my $case (@cases) {
    my ( $path, $query, $most ) = @$case;
    @asked = ();
    my $before = rows_read();
    my ( $status, $answer ) = $koha->call( GET => $path, query => $query, as => 'super' );
    my $read = rows_read() - $before;
    my $said = join ' ', $path, map { "$_=$query->{$_}" } sort keys %$query;

    cmp_ok $read, '<=', $most, "$said reads $read rows";
    for my $question (@asked) {
        my @tables = scanned(@$question);
        is "@tables", q{}, '  by an index: ' . substr $question->[0] =~ s/\s+/ /gr, 0, 90;
    }
}

subtest 'a pass reads each record a few times, whatever the size of its pages' => sub {
    for my $limit ( 250, 1000 ) {
        my $before = rows_read();
        my @rows   = $koha->rows( '/records/changed', { limit => $limit } );
        my $read   = rows_read() - $before;
        is scalar @rows, $records, "all records in pages of $limit";
        cmp_ok $read / $records, '<', 9, sprintf '%.1f rows read for each', $read / $records;
    }
};

done_testing;
