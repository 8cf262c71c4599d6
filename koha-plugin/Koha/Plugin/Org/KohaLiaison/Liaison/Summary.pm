package Koha::Plugin::Org::KohaLiaison::Liaison::Summary;

use Modern::Perl;

use Mojo::JSON ();
use POSIX      qw( strftime );

=head1 NAME

Koha::Plugin::Org::KohaLiaison::Liaison::Summary - departments, coverage and reports as they were pushed last

=head2 find

    my $summary = Koha::Plugin::Org::KohaLiaison::Liaison::Summary->find( $query, $table );

Undef where nothing was pushed yet.

=cut

sub find {
    my ( $class, $query, $table ) = @_;

    my ($row) = @{ $query->rows( "SELECT value, pushed_at FROM $table WHERE name = 'summary'", [] ) };
    return unless $row;
    my $value = Mojo::JSON::from_json( $row->[0] );
    return bless {
        value       => $value,
        pushed_at   => $row->[1],
        departments => { map { $_->{id} => $_ } @{ $value->{departments} } },
    }, $class;
}

=head2 department

    my $department = $summary->department('physics');    # { id, name, liaisons, public_contact }, or undef

=head2 title_path

=head2 value

All of it, as the specification of PUT /summary has it.

=head2 pushed_at

=head2 age_days

=cut

sub department {
    my ( $self, $id ) = @_;

    return $self->{departments}->{$id};
}

sub title_path {
    my ($self) = @_;

    return $self->{value}->{title_path};
}

sub value {
    my ($self) = @_;

    return $self->{value};
}

sub pushed_at {
    my ($self) = @_;

    return strftime( '%Y-%m-%dT%H:%M:%SZ', gmtime $self->{pushed_at} );
}

sub age_days {
    my ($self) = @_;

    return ( time - $self->{pushed_at} ) / 86_400;
}

1;
