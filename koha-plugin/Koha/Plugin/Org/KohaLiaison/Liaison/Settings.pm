package Koha::Plugin::Org::KohaLiaison::Liaison::Settings;

use Modern::Perl;

=head1 NAME

Koha::Plugin::Org::KohaLiaison::Liaison::Settings - what the configuration page decides

=head1 DESCRIPTION

Kept in C<plugin_data>, where everybody who may write reports can read it: nothing secret is among it.

=cut

my %DEFAULTS = (
    daemon_url   => q{},
    show_panel   => 1,
    show_opac    => 0,
    max_age_days => 35,
    small_cell   => 5,
    time_limit   => 20,
);

# Least and most of the numbers.
my %BOUNDS = ( max_age_days => [ 1, 400 ], small_cell => [ 2, 100 ], time_limit => [ 1, 120 ] );

=head2 new

    my $settings = Koha::Plugin::Org::KohaLiaison::Liaison::Settings->new($plugin);

=cut

sub new {
    my ( $class, $plugin ) = @_;

    return bless { plugin => $plugin }, $class;
}

=head2 get

    my $seconds = $settings->get('time_limit');

The stored value, or the default where none is stored.

=cut

sub get {
    my ( $self, $name ) = @_;

    my $value = $self->{plugin}->retrieve_data($name);
    return defined $value ? $value : $DEFAULTS{$name};
}

=head2 all

    my $values = $settings->all;

=cut

sub all {
    my ($self) = @_;

    return { map { $_ => $self->get($_) } keys %DEFAULTS };
}

=head2 save

    my @wrong = $settings->save( { daemon_url => 'https://liaison.example.edu', small_cell => 5, ... } );

Stores all of them, or none: then it gives the names of those that cannot be.

=cut

sub save {
    my ( $self, $given ) = @_;

    my %value = map { $_ => $given->{$_} // q{} } keys %DEFAULTS;
    my @wrong;
    for my $name ( sort keys %BOUNDS ) {
        my ( $least, $most ) = @{ $BOUNDS{$name} };
        push @wrong, $name
            unless $value{$name} =~ m/\A[0-9]{1,4}\z/ && $value{$name} >= $least && $value{$name} <= $most;
    }

    # An address and nothing more: a path, a user or a query in it would end up in links of the staff client.
    $value{daemon_url} =~ s{/+\z}{};
    push @wrong, 'daemon_url' unless $value{daemon_url} =~ m{\A(?:https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?)?\z};
    return @wrong if @wrong;

    $value{$_} = $value{$_} ? 1 : 0 for qw( show_panel show_opac );
    $self->{plugin}->store_data( \%value );
    return;
}

1;
