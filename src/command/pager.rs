//! A pager, for what is longer than the screen.

use std::env;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::process::{Command, Stdio};

/// How `less` shows pages unless `LESS` says otherwise: with colours, leaving the text on the screen,
/// and ending where it is interrupted, together with this program.
const LESS: &str = "RXK";

/// Shows a text in a pager if stdout is a terminal and the text is longer than its screen. Says
/// whether it did: without a pager the text is still to be printed.
///
/// # Errors
///
/// If the pager cannot be written to or waited for.
pub(super) fn show(text: &[u8]) -> io::Result<bool> {
    let height = terminal_size::terminal_size_of(io::stdout()).map(|(_, height)| height.0);
    let is_longer = height.is_some_and(|height| is_longer(text, usize::from(height)));
    let is_dumb = env::var("TERM").is_ok_and(|terminal| terminal == "dumb");
    if !is_longer || is_dumb || !io::stdout().is_terminal() {
        return Ok(false);
    }
    let asked = env::var("PAGER").ok();
    let Some(mut pager) = command(asked.as_deref()) else { return Ok(false) };
    if env::var_os("LESS").is_none() {
        pager.env("LESS", LESS);
    }
    // A pager that is not there is no reason to show nothing.
    let Ok(mut running) = pager.stdin(Stdio::piped()).spawn() else { return Ok(false) };
    let written = running.stdin.take().map_or(Ok(()), |mut stdin| stdin.write_all(text));
    running.wait()?;
    match written {
        // It was left before its end.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(true),
        written => written.map(|()| true),
    }
}

/// Whether a text has more lines than fit above the prompt.
fn is_longer(text: &[u8], height: usize) -> bool {
    text.iter().filter(|byte| **byte == b'\n').count() >= height
}

/// The pager that `PAGER` asks for, or `less` where there is one by default. `None` if it is empty,
/// or `cat`, which shows a text as it would be shown anyway.
fn command(asked: Option<&str>) -> Option<Command> {
    let usual = if cfg!(windows) { "" } else { "less" };
    let mut words = asked.unwrap_or(usual).split_whitespace();
    let program = words.next().filter(|program| *program != "cat")?;
    let mut command = Command::new(program);
    command.args(words);
    Some(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_fills_the_screen_is_longer() {
        assert!(!is_longer(b"1\n2\n", 3));
        assert!(is_longer(b"1\n2\n3\n", 3));
        assert!(!is_longer(b"", 1));
    }

    #[test]
    fn the_pager_is_the_one_that_is_asked_for() {
        let of = |asked| {
            let command = command(asked)?;
            let words = std::iter::once(command.get_program()).chain(command.get_args());
            Some(words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>())
        };
        assert_eq!(of(Some("more -s")), Some(vec!["more".to_owned(), "-s".to_owned()]));
        assert_eq!(of(Some("")), None);
        assert_eq!(of(Some("  ")), None);
        assert_eq!(of(Some("cat")), None);
        if cfg!(unix) {
            assert_eq!(of(None), Some(vec!["less".to_owned()]));
        }
    }
}
