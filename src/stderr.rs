//! Messages on stderr: what was done, what is wrong with the data, why something could not be done.
//!
//! Nothing here can fail: work that is done stays done, whether or not anybody reads the message.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::{self, ErrorKind, Write};

use crate::text::escaped;

/// Prints a line, escaped so that nothing in it can control the terminal.
pub fn say(what: &str) {
    say_styled(&format!("{}\n", escaped(what)));
}

/// Prints on one line what could not be done, and why not.
pub fn say_error(error: &anyhow::Error) {
    let why = |cause: &(dyn std::error::Error + 'static)| {
        cause.downcast_ref().map_or_else(|| cause.to_string(), system_error)
    };
    say(&format!("error: {}", error.chain().map(why).collect::<Vec<_>>().join(": ")));
}

/// An error of the system in words for the user, without its number.
fn system_error(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        ErrorKind::PermissionDenied => {
            "its permissions, or those of its folder, do not allow it".to_owned()
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "there is no room left".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "nothing can be written to that disk".to_owned(),
        _ => error.to_string().split(" (os error").next().unwrap_or_default().to_owned(),
    }
}

/// Prints text that is already rendered for a terminal, with colours.
pub fn say_styled(text: &str) {
    // If stderr is closed or full, the message is lost, and that is no error.
    let _ = anstream::stderr().write_all(text.as_bytes());
}

/// Reports a panic in any thread as a mistake of the program itself.
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
        // For developers, only if RUST_BACKTRACE asks for it.
        let calls = Backtrace::capture();
        if calls.status() == BacktraceStatus::Captured {
            say(&calls.to_string());
        }
    }));
}
