//! Whole files or none.
//!
//! What is written goes to a temporary file beside its target, or into memory for stdout, and
//! appears only when it is done: a report with errors leaves nothing behind, and neither does one
//! that is killed.

use std::collections::BTreeSet;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::thread::{self, JoinHandle};

use anyhow::{Context, Result, bail};
use tempfile::NamedTempFile;

/// Where a report goes. Nothing of it is seen before [`finish`](Self::finish).
#[derive(Debug)]
pub enum Output {
    /// Kept until it is whole, then written to stdout.
    Stdout(Vec<u8>),
    /// A temporary file that becomes the target.
    File {
        /// The file being written.
        temporary: BufWriter<Temporary>,
        /// What it becomes.
        target: PathBuf,
        /// The target as the user has written it.
        name: PathBuf,
    },
    /// Something that is not a file, such as a pipe or a device, written when it is whole.
    Device {
        /// What is to be written.
        bytes: Vec<u8>,
        /// Where to.
        target: PathBuf,
    },
}

impl Output {
    /// Opens the way to `target`, or to stdout.
    ///
    /// # Errors
    ///
    /// When no file can be made there.
    pub fn open(target: Option<&Path>) -> Result<Self> {
        let Some(target) = target else { return Ok(Self::Stdout(Vec::new())) };
        let name = target.to_owned();
        match fs::metadata(target) {
            Ok(metadata) if metadata.is_dir() => {
                bail!("{} is a folder; name a file in it", name.display())
            }
            Ok(metadata) if !metadata.is_file() => {
                return Ok(Self::Device { bytes: Vec::new(), target: name });
            }
            _ => {}
        }
        // Through a link the file that it leads to is replaced, not the link.
        let target = fs::canonicalize(target).unwrap_or_else(|_| target.to_owned());
        let folder = target
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        if !folder.is_dir() {
            bail!("cannot write {}: there is no folder {}", name.display(), folder.display());
        }
        let temporary = builder(&target)
            .tempfile_in(folder)
            .with_context(|| format!("cannot write {}", name.display()))?;
        Ok(Self::File {
            temporary: BufWriter::with_capacity(1 << 16, Temporary::new(temporary)),
            target,
            name,
        })
    }

    /// What to say when it cannot be written.
    #[must_use]
    pub fn cannot_write(&self) -> String {
        match self {
            Self::Stdout(_) => "cannot write to stdout".to_owned(),
            Self::Device { target: name, .. } | Self::File { name, .. } => {
                format!("cannot write {}", name.display())
            }
        }
    }

    /// Makes it appear.
    ///
    /// # Errors
    ///
    /// When it cannot be written, or the target cannot be replaced: then the target is as it was.
    pub fn finish(self) -> Result<()> {
        match self {
            Self::Stdout(bytes) => match write_stdout(&bytes) {
                // Whoever reads has had enough: `scorecard | head` is no failure.
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
                written => written.context("cannot write to stdout"),
            },
            Self::Device { bytes, target } => {
                let written = File::options()
                    .write(true)
                    .open(&target)
                    .and_then(|mut device| device.write_all(&bytes));
                written.with_context(|| format!("cannot write {}", target.display()))
            }
            Self::File { temporary, target, name } => {
                let cannot = || format!("cannot write {}", name.display());
                let temporary = temporary
                    .into_inner()
                    .map_err(|error| nameless(error.into_error()))
                    .with_context(cannot)?;
                let temporary = temporary.finish().with_context(cannot)?;
                if let Err(error) = temporary.persist(&target) {
                    let hint = if cfg!(windows) {
                        "; if it is open in another program, such as Excel, close it there"
                    } else {
                        ""
                    };
                    return Err(error.error)
                        .with_context(|| format!("cannot replace {}{hint}", name.display()));
                }
                Ok(())
            }
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stdout(buffer) | Self::Device { bytes: buffer, .. } => buffer.write(bytes),
            Self::File { temporary, .. } => temporary.write(bytes).map_err(nameless),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stdout(_) | Self::Device { .. } => Ok(()),
            Self::File { temporary, .. } => temporary.flush().map_err(nameless),
        }
    }
}

/// A file that goes to the disk while it is written, so that there is little left to wait for once
/// it is whole.
#[derive(Debug)]
pub struct Temporary {
    file: NamedTempFile,
    /// How much has been written since the disk was last seen to.
    waiting: usize,
    syncing: Option<JoinHandle<io::Result<()>>>,
}

impl Temporary {
    /// As much as a disk takes in a few milliseconds.
    const AT_A_TIME: usize = 4 << 20;

    fn new(file: NamedTempFile) -> Self {
        Self { file, waiting: 0, syncing: None }
    }

    fn sync(&mut self) -> io::Result<()> {
        if self.syncing.as_ref().is_some_and(|syncing| !syncing.is_finished()) {
            return Ok(());
        }
        self.join()?;
        let file = self.file.as_file().try_clone()?;
        // Without a thread to spare it is waited for at the end.
        self.syncing = thread::Builder::new().spawn(move || file.sync_data()).ok();
        self.waiting = 0;
        Ok(())
    }

    /// What the disk said is lost unless it is asked for: it says it once.
    fn join(&mut self) -> io::Result<()> {
        self.syncing.take().map_or(Ok(()), |syncing| {
            syncing.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    }

    /// Waits until all of it is on the disk.
    fn finish(mut self) -> io::Result<NamedTempFile> {
        self.join()?;
        self.file.as_file().sync_all()?;
        Ok(self.file)
    }
}

impl Write for Temporary {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.waiting += written;
        if self.waiting >= Self::AT_A_TIME {
            self.sync()?;
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Makes a folder with these files, by their paths within it: all of it or nothing, whenever the
/// program is killed.
///
/// It is made beside `target` under another name, brought to the disk, and renamed. A folder that
/// has something in it is never replaced.
///
/// # Errors
///
/// When it cannot be written, or there is something at `target` already: then [`Taken`].
pub fn write_folder<'f>(
    target: &Path,
    files: impl IntoIterator<Item = (&'f str, &'f [u8])>,
) -> Result<()> {
    write_checked_folder(target, files, |_| Ok(()))
}

/// The same, of a folder that appears only if `check` finds it sound where it has been written.
///
/// # Errors
///
/// Those of [`write_folder`] and of `check`.
pub fn write_checked_folder<'f>(
    target: &Path,
    files: impl IntoIterator<Item = (&'f str, &'f [u8])>,
    check: impl FnOnce(&Path) -> Result<()>,
) -> Result<()> {
    write_folder_and(target, files, |made, target| {
        check(made)?;
        // An empty folder may be in the way, on systems that do not rename over one.
        let _ = fs::remove_dir(target);
        match fs::rename(made, target) {
            // The system renames over nothing that has something in it: whoever was first has it.
            Err(_) if target.exists() => Err(Taken(target.to_owned()).into()),
            renamed => renamed.with_context(|| format!("cannot make {}", target.display())),
        }
    })
}

/// A folder that was to be made is there: another program has made it in the meantime.
#[derive(Debug)]
pub struct Taken(PathBuf);

impl fmt::Display for Taken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is there already, and is left as it is", self.0.display())
    }
}

impl std::error::Error for Taken {}

/// The same, with a folder that is there changing places with it and gone once it has.
///
/// # Errors
///
/// When it cannot be written: then what is there is as it was.
pub fn replace_folder<'f>(
    target: &Path,
    files: impl IntoIterator<Item = (&'f str, &'f [u8])>,
) -> Result<()> {
    // Through a link the folder that it leads to is replaced, not the link.
    let target = fs::canonicalize(target).unwrap_or_else(|_| target.to_owned());
    write_folder_and(&target, files, |made, target| {
        let hint = if cfg!(windows) {
            "; if a file of it is open in another program, such as Excel, close it there"
        } else {
            ""
        };
        exchange(made, target).with_context(|| format!("cannot replace {}{hint}", target.display()))
    })
}

/// Puts the folder `made` in the place of `target`; what is there goes to where `made` was, or
/// beside that.
fn exchange(made: &Path, target: &Path) -> io::Result<()> {
    if !target.try_exists()? {
        return fs::rename(made, target);
    }
    // In one step, where the system can: then there is never none.
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        if renameat_with(CWD, made, CWD, target, RenameFlags::EXCHANGE).is_ok() {
            return Ok(());
        }
    }
    let old = made.with_file_name("old");
    fs::rename(target, &old)?;
    fs::rename(made, target).inspect_err(|_| {
        // Whatever was in the way, the old one goes back.
        let _ = fs::rename(&old, target);
    })
}

/// Makes a folder with these files beside `target`, and has `place` put it there.
fn write_folder_and<'f>(
    target: &Path,
    files: impl IntoIterator<Item = (&'f str, &'f [u8])>,
    place: impl FnOnce(&Path, &Path) -> Result<()>,
) -> Result<()> {
    let cannot = || format!("cannot make {}", target.display());
    let parent =
        target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent).with_context(cannot)?;
    let temporary =
        tempfile::Builder::new().prefix(".scorecard-").tempdir_in(parent).with_context(cannot)?;
    let made = temporary.path().join("folder");
    let mut folders = BTreeSet::from([made.clone()]);
    fs::create_dir(&made).with_context(cannot)?;
    for (path, bytes) in files {
        let path = made.join(path);
        let folder = path.parent().unwrap_or(&made);
        fs::create_dir_all(folder).with_context(cannot)?;
        folders.extend(
            folder.ancestors().take_while(|folder| folder.starts_with(&made)).map(Path::to_owned),
        );
        let mut file = File::create_new(&path).with_context(cannot)?;
        file.write_all(bytes).and_then(|()| file.sync_all()).with_context(cannot)?;
    }
    folders.iter().try_for_each(|folder| sync_folder(folder)).with_context(cannot)?;
    place(&made, target)?;
    sync_folder(parent).with_context(cannot)
}

/// Brings the names in a folder to the disk, on systems that can be asked to.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// The error without the name of the temporary file, which nobody has heard of.
fn nameless(error: io::Error) -> io::Error {
    if error.raw_os_error().is_some() { error } else { error.kind().into() }
}

fn write_stdout(bytes: &[u8]) -> io::Result<()> {
    // Colour is put in only where it is wanted; a terminal that does not know it is helped, and a
    // pipe gets every byte.
    if io::stdout().is_terminal() {
        let mut stdout = anstream::stdout().lock();
        stdout.write_all(bytes)?;
        return stdout.flush();
    }
    let mut stdout = io::stdout().lock();
    stdout.write_all(bytes)?;
    stdout.flush()
}

/// A temporary file that others may read, as they may any file that is saved; an old target's
/// permissions are kept.
fn builder(target: &Path) -> tempfile::Builder<'_, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".scorecard-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // What the user's umask leaves of this is what any other program would give the file.
        let permissions = fs::metadata(target)
            .map_or_else(|_| fs::Permissions::from_mode(0o666), |old| old.permissions());
        builder.permissions(permissions);
    }
    #[cfg(not(unix))]
    let _ = target;
    builder
}
