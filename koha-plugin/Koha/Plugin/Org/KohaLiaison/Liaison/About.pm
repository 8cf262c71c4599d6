package Koha::Plugin::Org::KohaLiaison::Liaison::About;

use Mojo::Base 'Koha::Plugin::Org::KohaLiaison::Liaison::Controller';

use C4::Context;
use Mojo::JSON qw( false true );

=head1 NAME

Koha::Plugin::Org::KohaLiaison::Liaison::About - what this plugin and this Koha can tell

=head2 version

=cut

# Raised when a client of the routes must change.
my $API = 1;

sub version {
    my ($self) = @_;

    return $self->answer(
        sub {
            my ($c) = @_;
            my $query = $c->query;
            my ($clock) =
                @{ $query->rows(q{SELECT TIME_FORMAT(TIMEDIFF(NOW(), UTC_TIMESTAMP()), '%H:%i')}) };
            my $offset = $clock->[0];
            my %can    = (
                records         => $query->has( 'biblio_metadata',        'timestamp' ),
                deleted_records => $query->has( 'deletedbiblio_metadata', 'timestamp' ),
                deleted_items   => $query->has( 'deleteditems',           'timestamp' ),
                use             => $query->has( 'statistics',             'datetime' ),
                use_by_category => $query->has( 'statistics',             'categorycode' ),
                holds           => $query->has('old_reserves'),
                course_reserves => $query->has('course_reserves'),
                funds           => $query->has('aqbudgets') && $query->has('aqinvoice_adjustments'),
                push            => 1,
            );
            return {
                plugin       => $Koha::Plugin::Org::KohaLiaison::Liaison::VERSION,
                api          => $API,
                koha         => _koha_version(),
                now          => $query->as_of,
                utc_offset   => $offset =~ m/\A-/ ? $offset : "+$offset",
                time_limit   => $c->setting('time_limit'),
                currency     => $query->value('SELECT currency FROM currency WHERE active = 1 LIMIT 1'),
                use_from     => $query->value('SELECT DATE(MIN(datetime)) FROM statistics'),
                marc_flavour => C4::Context->preference('marcflavour') // 'MARC21',
                capabilities => { map { $_ => $can{$_} ? true : false } keys %can },
            };
        }
    );
}

# The preference holds 24.0506000 for 24.05.06.000.
sub _koha_version {
    my $version = C4::Context->preference('Version') // q{};
    return $version =~ m/\A(\d+)[.](\d\d)(\d\d)(\d\d\d)\z/ ? "$1.$2.$3.$4" : $version;
}

1;
