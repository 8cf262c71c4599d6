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

With C<LIAISON_TEST_SOCKET> in the environment a running server is used instead, with a database of its own; with
C<LIAISON_TEST_DATABASE> that database of it, as it is.

=cut

my ( $folder, $server, $socket );
my ( $owner, $database ) = ( $$, 'koha' );

=head2 start

    LiaisonTest::Database->start;

Starts the server once a process and loads F<koha-tables.sql>.

=cut

sub start {
    my ($class) = @_;

    return $class if $socket;
    $socket = $ENV{LIAISON_TEST_SOCKET} // $class->_own_server;
    if ( $ENV{LIAISON_TEST_DATABASE} ) {
        $database = $ENV{LIAISON_TEST_DATABASE};
        return $class;
    }
    $database = "koha_$$" if !$server;
    $class->connect(q{})->do("CREATE DATABASE $database CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci");
    $class->load( dirname(__FILE__) . '/../../koha-tables.sql' );
    return $class;
}

sub _own_server {
    my ($class) = @_;

    $folder = File::Temp->newdir( 'liaison-perl-XXXXXX', TMPDIR => 1 );
    my @root    = $> == 0 ? '--user=root' : ();
    my @command = (
        'mariadb-install-db', '--no-defaults', "--datadir=$folder/data", '--auth-root-authentication-method=normal',
        '--skip-test-db',     @root
    );
    system("@command > $folder/log 2>&1") == 0 or die 'mariadb-install-db failed';
    $socket = "$folder/socket";
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
    return $socket;
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

To the test's own database without a name.

=head2 name

=cut

sub name {
    return $database;
}

sub connect {    ## no critic (ProhibitBuiltinHomonyms)
    my ( $class, $name, %option ) = @_;

    $name //= $database;
    return DBI->connect(
        "DBI:MariaDB:database=$name;mariadb_socket=$socket",
        $option{user} // 'root',
        q{}, { RaiseError => 1, PrintError => 0, AutoCommit => 1 }
    );
}

END {
    local $? = $?;
    if ( $owner == $$ && $server ) {
        kill 'TERM', $server;
        waitpid $server, 0;
    } elsif ( $owner == $$ && $socket && !$ENV{LIAISON_TEST_DATABASE} ) {
        eval { LiaisonTest::Database->connect(q{})->do("DROP DATABASE IF EXISTS $database") };
    }
}

1;
