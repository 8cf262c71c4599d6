package C4::Context;

use Modern::Perl;

use LiaisonTest::Database;

=head1 NAME

C4::Context - stand-in: a handle of a private MariaDB

=cut

my ( $handle, $owner, @connection );

=head2 dbh

One a process, as Koha has it; its session is in the zone of the library. The server's clock stands at noon of
2026-11-25 there, so that it does not matter when the tests are run.

=cut

sub dbh {
    return $handle if $handle && $owner == $$;
    $handle->{AutoInactiveDestroy} = 1 if $handle;
    $handle = LiaisonTest::Database->connect(@connection);
    $handle->do(q{SET time_zone = '-05:00', timestamp = 1795626000});
    $owner = $$;
    return $handle;
}

=head2 connect_as

    C4::Context->connect_as( 'koha', user => 'reader' );

=cut

sub connect_as {
    my ( $class, @new ) = @_;

    @connection = @new;
    undef $handle;
    return;
}

=head2 preference

=cut

sub preference {
    my ( $class, $name ) = @_;

    return ( $class->dbh->selectrow_array( 'SELECT value FROM systempreferences WHERE variable = ?', undef, $name ) )
        [0];
}

=head2 config

=cut

sub config {
    my ( $class, $name ) = @_;

    return $name eq 'enable_plugins' ? 1 : undef;
}

1;
