package Koha::Plugin::Org::KohaLiaison::Liaison::Setup;

use Modern::Perl;

use C4::Context;
use Time::HiRes qw( usleep );

=head1 NAME

Koha::Plugin::Org::KohaLiaison::Liaison::Setup - tables and permissions, made and removed

=cut

# Module 19 of userflags is "plugins".
my $MODULE = 19;

my %PERMISSIONS = (
    liaison_figures => 'Koha Liaison: read collection figures (counts only, never a patron)',
    liaison_push    => 'Koha Liaison: write whose titles are, for the staff client',
);

my %TABLES = (
    state => q{
        name VARCHAR(40) NOT NULL,
        value LONGTEXT NOT NULL,
        pushed_at BIGINT NOT NULL COMMENT 'seconds since 1970',
        PRIMARY KEY (name)
    },
    titles => q{
        biblionumber INT(11) NOT NULL,
        edition VARCHAR(64) NOT NULL COMMENT 'of the mapping that said so',
        loans INT(11) DEFAULT NULL,
        loan_years SMALLINT DEFAULT NULL,
        why VARCHAR(500) DEFAULT NULL,
        PRIMARY KEY (biblionumber),
        KEY edition (edition)
    },
    assignments => q{
        biblionumber INT(11) NOT NULL,
        department VARCHAR(60) NOT NULL,
        num INT(11) NOT NULL,
        den INT(11) NOT NULL,
        PRIMARY KEY (biblionumber, department)
    },
);

=head2 new

    my $setup = Koha::Plugin::Org::KohaLiaison::Liaison::Setup->new($plugin);

=cut

sub new {
    my ( $class, $plugin ) = @_;

    return bless { plugin => $plugin }, $class;
}

=head2 install

    $setup->install;

True when everything is there. Several workers may call it at once: one does the work, the others wait for it.

=cut

sub install {
    my ($self) = @_;

    return $self->_alone(
        sub {
            my ($dbh) = @_;
            for my $name ( sort keys %TABLES ) {
                my $table = $self->_table($name);
                next if $self->_exists( $dbh, $table );
                $dbh->do( "CREATE TABLE IF NOT EXISTS $table ( $TABLES{$name} )"
                        . ' ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci' );
            }

            # REPLACE would delete the row first, and with it, by foreign key, what was granted.
            for my $code ( sort keys %PERMISSIONS ) {
                my ($known) =
                    $dbh->selectrow_array( 'SELECT description FROM permissions WHERE module_bit = ? AND code = ?',
                    undef, $MODULE, $code );
                next if defined $known && $known eq $PERMISSIONS{$code};
                $dbh->do(
                    'INSERT INTO permissions (module_bit, code, description) VALUES (?, ?, ?)'
                        . ' ON DUPLICATE KEY UPDATE description = VALUES(description)',
                    undef, $MODULE, $code, $PERMISSIONS{$code}
                );
            }
            return 1;
        }
    );
}

=head2 uninstall

    $setup->uninstall;

Also when half of it is gone already.

=cut

sub uninstall {
    my ($self) = @_;

    return $self->_alone(
        sub {
            my ($dbh) = @_;
            for my $code ( sort keys %PERMISSIONS ) {
                $dbh->do( "DELETE FROM $_ WHERE module_bit = ? AND code = ?", undef, $MODULE, $code )
                    for qw( user_permissions permissions );
            }
            $dbh->do( 'DROP TABLE IF EXISTS ' . $self->_table($_) ) for sort keys %TABLES;
            return 1;
        }
    );
}

sub _table {
    my ( $self, $name ) = @_;

    return $self->{plugin}->get_qualified_table_name($name);
}

sub _exists {
    my ( $self, $dbh, $table ) = @_;

    my ($found) = $dbh->selectrow_array(
        'SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = ?',
        undef, $table );
    return $found;
}

# A lock of the server by name; where there is none (some clusters refuse it), all goes on without: every statement
# is safe by itself, and a deadlock is tried again.
sub _alone {
    my ( $self, $work ) = @_;

    my $dbh  = C4::Context->dbh;
    my $lock = q{CONCAT('liaison_', MD5(DATABASE()))};
    local $dbh->{RaiseError} = 1;
    local $dbh->{PrintError} = 0;
    my ($held) = eval { $dbh->selectrow_array("SELECT GET_LOCK($lock, 30)") };
    my ( $done, $error );
    for my $attempt ( 1 .. 5 ) {
        $done  = eval { $work->($dbh) };
        $error = $@;
        last if $done || $error !~ m/deadlock|lock wait timeout/i;
        usleep( 50_000 * $attempt );
    }
    eval { $dbh->selectrow_array("SELECT RELEASE_LOCK($lock)") } if $held;
    die $error unless $done;
    return 1;
}

1;
