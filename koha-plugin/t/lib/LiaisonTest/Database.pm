package LiaisonTest::Database;

use Modern::Perl;

use DBI;
use File::Basename qw( dirname );
use File::Temp;
use POSIX       qw( WNOHANG );
use Time::HiRes qw( usleep );

=head1 NAME

LiaisonTest::Database - a private MariaDB with Koha's tables, gone with the test

=head1 DESCRIPTION

With C<LIAISON_TEST_SOCKET> in the environment a running server is used instead, and its database
C<LIAISON_TEST_DATABASE> as it is.

=cut

my ( $folder, $server, $socket, $owner );

=head2 start

    LiaisonTest::Database->start;

Starts the server once a process and loads F<koha-tables.sql>.

=cut

sub start {
    my ($class) = @_;

    return $class if $socket;
    if ( $ENV{LIAISON_TEST_SOCKET} ) {
        $socket = $ENV{LIAISON_TEST_SOCKET};
        return $class;
    }
    $folder = File::Temp->newdir( 'liaison-perl-XXXXXX', TMPDIR => 1 );
    my @root    = $> == 0 ? '--user=root' : ();
    my @command = (
        'mariadb-install-db', '--no-defaults', "--datadir=$folder/data", '--auth-root-authentication-method=normal',
        '--skip-test-db',     @root
    );
    system("@command > $folder/log 2>&1") == 0 or die 'mariadb-install-db failed';
    $socket = "$folder/socket";
    $owner  = $$;
    $server = fork // die "cannot fork: $!";

    if ( !$server ) {
        open STDERR, '>', "$folder/log" or die $!;
        exec 'mariadbd', '--no-defaults', "--datadir=$folder/data", "--socket=$socket", "--tmpdir=$folder",
            '--skip-networking', '--innodb-flush-log-at-trx-commit=0', '--innodb-doublewrite=0',
            '--character-set-server=utf8mb4', '--collation-server=utf8mb4_unicode_ci', '--sql-mode=', @root
            or die $!;
    }
    for ( 1 .. 200 ) {
        last                         if eval { $class->connect(q{})->ping };
        die 'mariadbd did not start' if waitpid( $server, WNOHANG ) == $server;
        usleep(50_000);
    }
    $class->connect(q{})->do('CREATE DATABASE koha');
    $class->load( dirname(__FILE__) . '/../../koha-tables.sql' );
    return $class;
}

=head2 load

    LiaisonTest::Database->load($file);

=cut

sub load {
    my ( $class, $file ) = @_;

    my $dbh = $class->connect;
    open my $in, '<:encoding(UTF-8)', $file or die "$file: $!";
    my $sql = do { local $/ = undef; <$in> };
    close $in;
    $sql =~ s/^--.*$//mg;
    $dbh->do($_) for grep { m/\S/ } split m/;\s*$/m, $sql;
    return;
}

=head2 connect

    my $dbh = LiaisonTest::Database->connect( 'koha', user => 'reader' );

=cut

sub connect {    ## no critic (ProhibitBuiltinHomonyms)
    my ( $class, $database, %option ) = @_;

    $database //= $ENV{LIAISON_TEST_DATABASE} // 'koha';
    return DBI->connect(
        "DBI:MariaDB:database=$database;mariadb_socket=$socket",
        $option{user} // 'root',
        q{}, { RaiseError => 1, PrintError => 0, AutoCommit => 1 }
    );
}

END {
    if ( $server && $owner == $$ ) {
        local $? = $?;
        kill 'TERM', $server;
        waitpid $server, 0;
    }
}

1;
