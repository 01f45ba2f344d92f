//! The queryable state, and what a script may call a cabin.

use super::*;

const C14: Cabin = Cabin::Tonight(14);

fn booked(booking: Booking, customer: u32) -> Bookings {
    let mut bookings = Bookings::taken([(Cabin::Tonight(1), CustomerId(7))]);
    let request = RequestId(3);
    let command = Command::Booking { booking, cabin: C14, customer: CustomerId(customer), request };
    bookings.apply(&Entry { term: 2, index: 9, command });
    bookings
}

#[test]
fn a_free_cabin_can_be_reserved_and_a_taken_one_released_by_its_holder_alone() {
    let bookings = booked(Booking::Reserve, 5);
    let allows = |booking, cabin, customer| bookings.allows(booking, cabin, CustomerId(customer));
    assert!(allows(Booking::Reserve, Cabin::Tonight(2), 5) && !allows(Booking::Reserve, C14, 5));
    assert!(allows(Booking::Release, C14, 5) && !allows(Booking::Release, C14, 6));
    assert!(!allows(Booking::Release, Cabin::Tonight(2), 5) && !allows(Booking::Reserve, Cabin::Tonight(1), 5));
}

#[test]
fn what_was_carried_out_is_remembered_with_its_position() {
    let mut bookings = booked(Booking::Reserve, 5);
    assert_eq!((bookings.holder(C14), bookings.carried_out(RequestId(3))), (Some(CustomerId(5)), Some(at(2, 9))));
    let command =
        Command::Booking { booking: Booking::Release, cabin: C14, customer: CustomerId(5), request: RequestId(4) };
    bookings.apply(&Entry { term: 2, index: 10, command });
    bookings.apply(&entry(2, 11));
    assert_eq!((bookings.holder(C14), bookings.carried_out(RequestId(4))), (None, Some(at(2, 10))));
    assert_eq!(bookings.holder(Cabin::Tonight(1)), Some(CustomerId(7)));
    assert_eq!(bookings.carried_out(RequestId(5)), None);
}

#[test]
fn cabins_are_called_by_kind_and_number() {
    for (text, cabin) in [("C01", Cabin::Tonight(1)), ("C24", Cabin::Tonight(24)), ("W1", Cabin::Weekend(1))] {
        assert_eq!((Cabin::parse(text), cabin.to_string().as_str()), (Some(cabin), text));
    }
    for text in
        ["", "C", "W", "C0", "C00", "C1", "C25", "C014", "W0", "W01", "D14", "C1x", "C+1", "Wx", "é14", "W99999999999"]
    {
        assert_eq!(Cabin::parse(text), None, "{text}");
    }
}
