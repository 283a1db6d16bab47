//! What is said on stderr: what has been done, what is wrong with the data, why nothing could be
//! done.
//!
//! Nothing here can fail: what has been done is done, whether somebody reads of it or not.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::Write;

use crate::text::escaped;

/// Says something in a line of its own; nothing in it acts on a terminal.
pub fn say(what: &str) {
    say_styled(&format!("{}\n", escaped(what)));
}

/// Says what has been rendered, with its colours, for a terminal.
pub fn say_styled(text: &str) {
    // Who does not listen, or has no room to, has chosen so.
    let _ = anstream::stderr().write_all(text.as_bytes());
}

/// Has a mistake of the program itself said as such, whichever thread it is found in.
pub fn say_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let payload = panic.payload();
        let message = payload.downcast_ref::<&str>().copied();
        let message = message.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
        let message = message.unwrap_or("without a message");
        let place = panic.location().map(|place| format!(" ({place})")).unwrap_or_default();
        say(&format!(
            "error: the program itself has made a mistake{place}: {message}\n\
             Nothing that was not finished has been written. Please report this, with the command \
             that you ran."
        ));
        // For whoever works on the program: where RUST_BACKTRACE asks for it.
        let calls = Backtrace::capture();
        if calls.status() == BacktraceStatus::Captured {
            say(&calls.to_string());
        }
    }));
}
