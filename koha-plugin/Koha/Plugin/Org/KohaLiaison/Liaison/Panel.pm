package Koha::Plugin::Org::KohaLiaison::Liaison::Panel;

use Mojo::Base 'Koha::Plugin::Org::KohaLiaison::Liaison::Controller';

use Koha::Plugin::Org::KohaLiaison::Liaison::Summary ();

=head1 NAME

Koha::Plugin::Org::KohaLiaison::Liaison::Panel - whose a title is, for its page

=head2 staff

=cut

sub staff {
    my ($self) = @_;

    return $self->answer(
        sub {
            my ($c)     = @_;
            my $summary = $c->_current('show_panel');
            my $id      = $c->given('biblio_id');
            my ($title) = @{
                $c->query->rows(
                    'SELECT loans, loan_years, why FROM ' . $c->table('titles') . ' WHERE biblionumber = ?', [$id] )
            };
            $c->_unknown unless $title;
            my ( $loans, $years, $why ) = @$title;
            return {
                biblio_id   => 0 + $id,
                departments => [ map { $c->_staff_department( $summary, @$_ ) } @{ $c->_departments($id) } ],
                loans       => defined $loans ? 0 + $loans : undef,
                loan_years  => defined $years ? 0 + $years : undef,
                why         => $why,
                url         => scalar $c->_link( $summary, $id ),
                pushed_at   => $summary->pushed_at,
            };
        }
    );
}

=head2 public

=cut

sub public {
    my ($self) = @_;

    return $self->answer(
        sub {
            my ($c) = @_;
            my $summary = $c->_current('show_opac');
            my @contacts;
            for my $part ( @{ $c->_departments( $c->given('biblio_id') ) } ) {
                my $department = $summary->department( $part->[0] ) or next;
                my $contact    = $department->{public_contact}      or next;
                push @contacts, { department => $department->{name}, %$contact };
            }
            $c->_unknown unless @contacts;
            return { contacts => \@contacts };
        }
    );
}

# What was pushed last; 404 where it is too old to be believed, or not to be shown.
sub _current {
    my ( $self, $switch ) = @_;

    $self->_unknown unless $self->setting($switch);
    my $summary =
        eval { Koha::Plugin::Org::KohaLiaison::Liaison::Summary->find( $self->query, $self->table('state') ) };
    $self->_unknown unless $summary && $summary->age_days <= $self->setting('max_age_days');
    return $summary;
}

sub _unknown {
    my ($self) = @_;

    return $self->refuse( 404, 'not_found', 'Nothing is known of this record' );
}

# Largest share first.
sub _departments {
    my ( $self, $id ) = @_;

    return $self->query->rows(
        'SELECT department, num, den FROM '
            . $self->table('assignments')
            . ' WHERE biblionumber = ? ORDER BY num / den DESC, department',
        [$id]
    );
}

sub _staff_department {
    my ( $self, $summary, $id, $num, $den ) = @_;

    my $department = $summary->department($id) // { name => $id, liaisons => [] };
    return {
        name     => $department->{name},
        num      => 0 + $num,
        den      => 0 + $den,
        liaisons => $department->{liaisons},
    };
}

sub _link {
    my ( $self, $summary, $id ) = @_;

    my ( $daemon, $path ) = ( $self->setting('daemon_url'), $summary->title_path );
    return unless length $daemon && defined $path;
    $path =~ s/[{]biblio_id[}]/$id/g;
    return $daemon . $path;
}

1;
