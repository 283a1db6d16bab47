//! The threads that share the work: as many as there are processors, or as many as the system
//! gives.

use std::num::NonZero;
use std::sync::Mutex;
use std::sync::mpsc::{self, Sender};
use std::{io, thread};

use rayon::{ThreadBuilder, ThreadPoolBuilder};

/// Starts the threads, this one among them. Where the system gives no more, as under a limit on
/// processes, those that there are do all the work.
pub fn start() {
    let asked = std::env::var("RAYON_NUM_THREADS").ok().and_then(|number| number.parse().ok());
    let there_are = || thread::available_parallelism().ok();
    let wanted = asked.or_else(there_are).map_or(1, NonZero::get);
    // They are started before they are given to the pool, which would not do with fewer than it
    // asks for.
    let mut waiting: Vec<_> = (1..wanted).map_while(|_| wait_for_work().ok()).collect();
    let pool = ThreadPoolBuilder::new()
        .num_threads(waiting.len() + 1)
        .use_current_thread()
        .spawn_handler(|work| {
            let gone = || io::Error::other("a thread is gone");
            waiting.pop().ok_or_else(gone)?.send(work).map_err(|_| gone())
        });
    // It can only be there already, and then it serves.
    let _ = pool.build_global();
}

/// Starts a thread that waits until it is given its work.
fn wait_for_work() -> io::Result<Sender<ThreadBuilder>> {
    let (sender, receiver) = mpsc::channel::<ThreadBuilder>();
    thread::Builder::new().spawn(move || {
        if let Ok(work) = receiver.recv() {
            work.run();
        }
    })?;
    Ok(sender)
}

/// Whether the system gives so many threads more, all at once; for what starts threads of its own
/// and does not say when it cannot.
#[must_use]
pub fn can_start(count: usize) -> bool {
    let (end, wait) = mpsc::channel::<()>();
    let wait = Mutex::new(wait);
    thread::scope(|scope| {
        let has_started = |_| {
            let waits = || wait.lock().map(|wait| wait.recv().is_err()).is_ok();
            thread::Builder::new().spawn_scoped(scope, waits).is_ok()
        };
        let have_started = (0..count).all(has_started);
        drop(end);
        have_started
    })
}
