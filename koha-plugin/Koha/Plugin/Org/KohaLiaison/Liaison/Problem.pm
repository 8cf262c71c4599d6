package Koha::Plugin::Org::KohaLiaison::Liaison::Problem;

use Modern::Perl;

=head1 NAME

Koha::Plugin::Org::KohaLiaison::Liaison::Problem - an error that has an answer

=head2 throw

    Koha::Plugin::Org::KohaLiaison::Liaison::Problem->throw( 400, 'invalid_window', 'The window ends before it begins' );

HTTP status, a code that stays, and a sentence.

=cut

sub throw {
    my ( $class, $status, $code, $text ) = @_;

    die bless { status => $status, code => $code, text => $text }, $class;
}

=head2 status

=head2 body

What the caller gets, as JSON.

=cut

sub status {
    my ($self) = @_;

    return $self->{status};
}

sub body {
    my ($self) = @_;

    return { error => $self->{text}, error_code => $self->{code} };
}

1;
