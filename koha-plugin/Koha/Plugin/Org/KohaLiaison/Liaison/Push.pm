package Koha::Plugin::Org::KohaLiaison::Liaison::Push;

use Mojo::Base 'Koha::Plugin::Org::KohaLiaison::Liaison::Controller';

use C4::Context;
use Mojo::JSON ();

=head1 NAME

Koha::Plugin::Org::KohaLiaison::Liaison::Push - what the daemon tells Koha's staff

=head1 DESCRIPTION

Writes only the plugin's own tables, each call whole or not at all.

=cut

# Titles that one call drops.
my $BATCH = 5_000;

=head2 summary

=cut

sub summary {
    my ($self) = @_;

    return $self->answer(
        sub {
            my ($c)     = @_;
            my $summary = $c->req->json;
            my %known   = map { $_->{id} => 1 } @{ $summary->{departments} };
            $c->refuse( 400, 'invalid_summary', 'A department comes twice' )
                if keys %known < @{ $summary->{departments} };
            $c->_write(
                sub {
                    my ($dbh) = @_;
                    $dbh->do( 'REPLACE INTO ' . $c->table('state') . ' (name, value, pushed_at) VALUES (?, ?, ?)',
                        undef, 'summary', Mojo::JSON::to_json($summary), time );
                }
            );
            return { edition => $summary->{edition}, departments => scalar keys %known };
        }
    );
}

=head2 titles

=cut

sub titles {
    my ($self) = @_;

    return $self->answer(
        sub {
            my ($c)    = @_;
            my $page   = $c->req->json;
            my $titles = $page->{titles};
            my %seen;
            for my $title (@$titles) {
                $c->refuse( 400, 'invalid_titles', "Record $title->{biblio_id} comes twice" )
                    if $seen{ $title->{biblio_id} }++;
                my %departments;
                for my $part ( @{ $title->{departments} } ) {
                    $c->refuse( 400, 'invalid_titles',
                        "Record $title->{biblio_id}: a department comes twice or has more than all of it" )
                        if $departments{ $part->{id} }++ || $part->{num} > $part->{den};
                }
            }
            $c->_write( sub { $c->_replace_titles( $_[0], $page->{edition}, $titles ) } );
            return { edition => $page->{edition}, titles => scalar @$titles };
        }
    );
}

=head2 drop_titles

=cut

sub drop_titles {
    my ($self) = @_;

    return $self->answer(
        sub {
            my ($c) = @_;
            my $keep = $c->given('keep');
            my $old;
            $c->_write(
                sub {
                    my ($dbh) = @_;
                    $old = $dbh->selectcol_arrayref(
                        'SELECT biblionumber FROM '
                            . $c->table('titles')
                            . ' WHERE edition < ? OR edition > ? ORDER BY biblionumber LIMIT ?',
                        undef, $keep, $keep, $BATCH
                    );
                    return unless @$old;
                    my $ids = join ', ', ('?') x @$old;
                    $dbh->do( "DELETE FROM $_ WHERE biblionumber IN ($ids)", undef, @$old )
                        for map { $c->table($_) } qw( assignments titles );
                }
            );
            return { deleted => scalar @$old, more => @$old == $BATCH ? Mojo::JSON::true : Mojo::JSON::false };
        }
    );
}

sub _replace_titles {
    my ( $self, $dbh, $edition, $titles ) = @_;

    # In the order of their numbers: two calls at once then wait for each other instead of locking each other out.
    my @sorted = sort { $a->{biblio_id} <=> $b->{biblio_id} } @$titles;
    _insert(
        $dbh, 'REPLACE',
        $self->table('titles'),
        [qw( biblionumber edition loans loan_years why )],
        map { [ $_->{biblio_id}, $edition, $_->{loans}, $_->{loan_years}, $_->{why} ] } @sorted
    );
    my $assignments = $self->table('assignments');
    $dbh->do( "DELETE FROM $assignments WHERE biblionumber IN (" . join( ', ', ('?') x @sorted ) . ')',
        undef, map { $_->{biblio_id} } @sorted );
    _insert(
        $dbh, 'INSERT',
        $assignments,
        [qw( biblionumber department num den )],
        map {
            my $id = $_->{biblio_id};
            map { [ $id, @{$_}{qw( id num den )} ] } @{ $_->{departments} }
        } @sorted
    );
    return;
}

sub _insert {
    my ( $dbh, $verb, $table, $columns, @rows ) = @_;

    my $row = '(' . join( ', ', ('?') x @$columns ) . ')';
    while ( my @some = splice @rows, 0, 500 ) {
        $dbh->do( "$verb INTO $table (" . join( ', ', @$columns ) . ') VALUES ' . join( ', ', ($row) x @some ),
            undef, map { @$_ } @some );
    }
    return;
}

# A deadlock with another push is tried again, for the server has undone all of it.
sub _write {
    my ( $self, $work ) = @_;

    my $dbh = C4::Context->dbh;
    local $dbh->{RaiseError} = 1;
    local $dbh->{PrintError} = 0;
    for my $attempt ( 1 .. 3 ) {
        $dbh->begin_work;
        return if eval { $work->($dbh); $dbh->commit; 1 };
        my $error = $@;
        eval { $dbh->rollback };
        $self->refuse( 501, 'not_available', 'The plugin is not installed any more' )
            if $error =~ m/doesn't exist/;
        die $error if $attempt == 3 || $error !~ m/deadlock|lock wait timeout/i;
    }
    return;
}

1;
