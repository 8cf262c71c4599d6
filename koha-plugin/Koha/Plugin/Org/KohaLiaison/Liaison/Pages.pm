package Koha::Plugin::Org::KohaLiaison::Liaison::Pages;

use Modern::Perl;

use C4::Context;
use Koha::Plugin::Org::KohaLiaison::Liaison::Query;
use Koha::Plugin::Org::KohaLiaison::Liaison::Settings;
use Koha::Plugin::Org::KohaLiaison::Liaison::Summary;

=head1 NAME

Koha::Plugin::Org::KohaLiaison::Liaison::Pages - the tool page and the configuration page

=head2 new

    Koha::Plugin::Org::KohaLiaison::Liaison::Pages->new($plugin)->tool;

=cut

sub new {
    my ( $class, $plugin ) = @_;

    return bless {
        plugin   => $plugin,
        settings => Koha::Plugin::Org::KohaLiaison::Liaison::Settings->new($plugin),
    }, $class;
}

=head2 tool

=cut

sub tool {
    my ($self) = @_;

    my $template = $self->{plugin}->get_template( { file => 'tool.tt' } );
    my $summary  = eval { $self->_summary };
    my $value    = $summary ? $summary->value : undef;
    $template->param(
        summary    => $value,
        pushed_at  => $summary ? $summary->pushed_at : undef,
        is_old     => $summary && $summary->age_days > $self->{settings}->get('max_age_days'),
        daemon_url => $self->{settings}->get('daemon_url'),
        coverage   => $value ? _coverage($value) : [],
    );
    return $self->{plugin}->output_html( $template->output );
}

=head2 configure

Shows the form, or stores what was sent: with the C<op> that Koha asks a token for (from 24.05 on).

=cut

sub configure {
    my ($self) = @_;

    my $cgi    = $self->{plugin}->{cgi};
    my $values = $self->{settings}->all;
    my @wrong;
    my $is_saved = 0;
    if ( ( scalar $cgi->param('op') // q{} ) eq 'cud-save' ) {
        my %given = map { $_ => scalar $cgi->param($_) } keys %$values;
        @wrong    = $self->{settings}->save( \%given );
        $is_saved = !@wrong;
        $values   = @wrong ? \%given : $self->{settings}->all;
    }
    my $template = $self->{plugin}->get_template( { file => 'configure.tt' } );
    $template->param( settings => $values, wrong => { map { $_ => 1 } @wrong }, is_saved => $is_saved );
    return $self->{plugin}->output_html( $template->output );
}

sub _summary {
    my ($self) = @_;

    my $query = Koha::Plugin::Org::KohaLiaison::Liaison::Query->new( { time_limit => 5 } );
    return Koha::Plugin::Org::KohaLiaison::Liaison::Summary->find( $query,
        $self->{plugin}->get_qualified_table_name('state') );
}

# Each department by its name, most titles first.
sub _coverage {
    my ($value) = @_;

    my %name = map { $_->{id} => $_->{name} } @{ $value->{departments} };
    my @rows =
        map { { name => $name{ $_->{id} } // $_->{id}, titles => $_->{titles}, items => $_->{items} } }
        @{ $value->{coverage}->{departments} };
    return [ sort { $b->{titles} <=> $a->{titles} || $a->{name} cmp $b->{name} } @rows ];
}

1;
