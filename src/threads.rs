//! The worker threads: one for each processor, or as many as the system allows.

use std::num::NonZero;
use std::sync::Mutex;
use std::sync::mpsc::{self, Sender};
use std::{io, thread};

use rayon::{ThreadBuilder, ThreadPoolBuilder};

/// Starts the threads; the current one is one of them. If the system does not allow more, for
/// example because of a limit on processes, those that started do all the work.
pub fn start() {
    let requested = std::env::var("RAYON_NUM_THREADS").ok().and_then(|number| number.parse().ok());
    let available = || thread::available_parallelism().ok();
    let wanted = requested.or_else(available).map_or(1, NonZero::get);
    // Start them before building the pool, because the pool fails if it gets fewer than it asks
    // for.
    let mut waiting: Vec<_> = (1..wanted).map_while(|_| wait_for_work().ok()).collect();
    let pool = ThreadPoolBuilder::new()
        .num_threads(waiting.len() + 1)
        .use_current_thread()
        .spawn_handler(|work| {
            let lost = || io::Error::other("a thread is gone");
            waiting.pop().ok_or_else(lost)?.send(work).map_err(|_| lost())
        });
    // This fails only if there is already a global pool, which will do.
    let _ = pool.build_global();
}

/// Starts a thread that waits until it is given work.
fn wait_for_work() -> io::Result<Sender<ThreadBuilder>> {
    let (sender, receiver) = mpsc::channel::<ThreadBuilder>();
    thread::Builder::new().spawn(move || {
        if let Ok(work) = receiver.recv() {
            work.run();
        }
    })?;
    Ok(sender)
}

/// Whether the system can start `count` more threads at the same time. For libraries that start
/// their own threads and do not report a failure.
#[must_use]
pub fn can_start(count: usize) -> bool {
    let (end, wait) = mpsc::channel::<()>();
    let wait = Mutex::new(wait);
    thread::scope(|scope| {
        let starts = |_| {
            let waits = || wait.lock().map(|wait| wait.recv().is_err()).is_ok();
            thread::Builder::new().spawn_scoped(scope, waits).is_ok()
        };
        let all_started = (0..count).all(starts);
        drop(end);
        all_started
    })
}
