//! Files that are written completely or not at all.
//!
//! Output goes to a temporary file next to the target, or into memory for stdout, and appears only
//! when it is complete. A report with errors leaves nothing behind, and neither does a killed
//! program.

use std::collections::BTreeSet;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::thread::{self, JoinHandle};

use anyhow::{Context, Result, bail};
use tempfile::{NamedTempFile, TempPath};

/// Where a report goes. Nothing is visible there before [`finish`](Self::finish).
#[derive(Debug)]
pub enum Output {
    /// Kept in memory until complete, then written to stdout.
    Stdout(Vec<u8>),
    /// A temporary file that becomes the target.
    File {
        /// The file being written.
        temporary: BufWriter<Temporary>,
        /// The path that it is renamed to.
        target: PathBuf,
        /// The target as the user typed it.
        name: PathBuf,
    },
    /// Something that is not a regular file, such as a pipe or a device, written once the output is
    /// complete.
    Device {
        /// What will be written.
        bytes: Vec<u8>,
        /// Where to.
        target: PathBuf,
    },
}

impl Output {
    /// Opens `target`, or stdout if there is none.
    ///
    /// # Errors
    ///
    /// If no file can be created there.
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
        // If the target is a link, replace the file that it points to, not the link.
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

    /// The message for when it cannot be written.
    #[must_use]
    pub fn cannot_write(&self) -> String {
        match self {
            Self::Stdout(_) => "cannot write to stdout".to_owned(),
            Self::Device { target: name, .. } | Self::File { name, .. } => {
                format!("cannot write {}", name.display())
            }
        }
    }

    /// The file that is written, as it was named. `None` for stdout, and for a pipe or a device.
    #[must_use]
    pub fn name(&self) -> Option<String> {
        match self {
            Self::Stdout(_) | Self::Device { .. } => None,
            Self::File { name, .. } => Some(name.display().to_string()),
        }
    }

    /// Makes the output appear.
    ///
    /// # Errors
    ///
    /// If it cannot be written, or the target cannot be replaced. The target is then unchanged.
    pub fn finish(self) -> Result<()> {
        match self {
            Self::Stdout(bytes) => match write_stdout(&bytes) {
                // The reader has stopped reading, as in `scorecard | head`; that is no failure.
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
                Written::new(temporary, target, name)?.replace()
            }
        }
    }
}

/// A file that is complete and does not show yet.
#[derive(Debug)]
struct Written {
    temporary: TempPath,
    target: PathBuf,
    name: PathBuf,
}

impl Written {
    /// Waits until all of it is on disk.
    fn new(temporary: BufWriter<Temporary>, target: PathBuf, name: PathBuf) -> Result<Self> {
        let cannot = || format!("cannot write {}", name.display());
        let temporary = temporary
            .into_inner()
            .map_err(|error| nameless(error.into_error()))
            .with_context(cannot)?;
        let temporary = temporary.finish().with_context(cannot)?.into_temp_path();
        Ok(Self { temporary, target, name })
    }

    /// Puts it in the place of its target.
    fn replace(self) -> Result<()> {
        self.temporary.persist(&self.target).map_err(|error| error.error).with_context(|| {
            let hint = if cfg!(windows) {
                "; if it is open in another program, such as Excel, close it there"
            } else {
                ""
            };
            format!("cannot replace {}{hint}", self.name.display())
        })
    }

    /// Lets it appear where there is nothing yet. Whether there was nothing.
    fn add(self) -> Result<bool> {
        match self.temporary.persist_noclobber(&self.target) {
            Ok(()) => Ok(true),
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
            Err(error) => {
                Err(error.error).with_context(|| format!("cannot make {}", self.name.display()))
            }
        }
    }
}

/// Several files that belong together, none of which shows before all of them are written. If they
/// are dropped, nothing is left of them, nor of the folders that were made for them.
#[derive(Debug, Default)]
pub struct Files {
    // Before the folders, which can only be removed when they are empty.
    written: Vec<Written>,
    folders: MadeFolders,
}

impl Files {
    /// Writes one of them. Its folder is made if it is not there.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn write(&mut self, target: &Path, bytes: &[u8]) -> Result<()> {
        let cannot = || format!("cannot write {}", target.display());
        if let Some(folder) = target.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            self.folders.make(folder).with_context(cannot)?;
        }
        let mut output = Output::open(Some(target))?;
        output.write_all(bytes).with_context(cannot)?;
        match output {
            Output::File { temporary, target, name } => {
                self.written.push(Written::new(temporary, target, name)?);
                Ok(())
            }
            Output::Stdout(_) | Output::Device { .. } => output.finish(),
        }
    }

    /// Lets them appear in this order, each in the place of what is there.
    ///
    /// # Errors
    ///
    /// If one cannot be replaced. Those before it have been.
    pub fn replace(self) -> Result<()> {
        for written in self.written {
            written.replace()?;
        }
        self.folders.keep();
        Ok(())
    }

    /// Lets those appear of which there is nothing yet, and says which.
    ///
    /// # Errors
    ///
    /// If one cannot be put into its place. Those before it have been.
    pub fn add(self) -> Result<Vec<PathBuf>> {
        let mut added = Vec::new();
        for written in self.written {
            let name = written.name.clone();
            if written.add()? {
                added.push(name);
            }
        }
        self.folders.keep();
        Ok(added)
    }
}

/// Folders that have been made for files. They are removed again, as far as they are empty, unless
/// they are kept.
#[derive(Debug, Default)]
struct MadeFolders(Vec<PathBuf>);

impl MadeFolders {
    /// Makes a folder with those above it, where they are not there yet.
    fn make(&mut self, folder: &Path) -> io::Result<()> {
        let above = folder.ancestors().take_while(|above| !above.as_os_str().is_empty());
        let mut missing: Vec<_> =
            above.take_while(|above| !above.exists()).map(Path::to_owned).collect();
        missing.reverse();
        // Noted first: it may be that only some of them can be made.
        self.0.extend(missing);
        fs::create_dir_all(folder)
    }

    fn keep(mut self) {
        self.0.clear();
    }
}

impl Drop for MadeFolders {
    fn drop(&mut self) {
        for folder in self.0.iter().rev() {
            // One that somebody has put something into stays.
            let _ = fs::remove_dir(folder);
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

/// A file that is flushed to disk while it is written, so that little is left to flush at the end.
#[derive(Debug)]
pub struct Temporary {
    file: NamedTempFile,
    /// How many bytes have been written since the last flush to disk.
    waiting: usize,
    syncing: Option<JoinHandle<io::Result<()>>>,
}

impl Temporary {
    /// About as much as a disk writes in a few milliseconds.
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
        // If no thread can be started, `finish` flushes everything.
        self.syncing = thread::Builder::new().spawn(move || file.sync_data()).ok();
        self.waiting = 0;
        Ok(())
    }

    /// Reports the error of the flush in the background, if any. The system reports it only once.
    fn join(&mut self) -> io::Result<()> {
        self.syncing.take().map_or(Ok(()), |syncing| {
            syncing.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    }

    /// Waits until the whole file is on disk.
    fn finish(mut self) -> io::Result<NamedTempFile> {
        // What is left is flushed beside what is being flushed, and not after it.
        let flushed = self.file.as_file().sync_all();
        self.join()?;
        flushed?;
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

/// Creates a folder with these files, given by their paths within it. Even if the program is
/// killed, either all of it is there or nothing.
///
/// It is created next to `target` under another name, flushed to disk, and renamed. A folder that
/// contains anything is never replaced.
///
/// # Errors
///
/// If it cannot be written, or if there is already something at `target`: then [`Taken`].
pub fn write_folder<'f>(
    target: &Path,
    files: impl IntoIterator<Item = (&'f str, &'f [u8])>,
) -> Result<()> {
    write_checked_folder(target, files, |_| Ok(()))
}

/// Like [`write_folder`], but the folder appears only if `check` accepts it first.
///
/// # Errors
///
/// Like [`write_folder`], or if `check` fails.
pub fn write_checked_folder<'f>(
    target: &Path,
    files: impl IntoIterator<Item = (&'f str, &'f [u8])>,
    check: impl FnOnce(&Path) -> Result<()>,
) -> Result<()> {
    write_folder_and(target, files, |made, target| {
        check(made)?;
        // Some systems do not rename over an empty folder.
        let _ = fs::remove_dir(target);
        match fs::rename(made, target) {
            // The system never renames over a folder that contains anything, so the first writer
            // wins.
            Err(_) if target.exists() => Err(Taken(target.to_owned()).into()),
            renamed => renamed.with_context(|| format!("cannot make {}", target.display())),
        }
    })
}

/// The folder already exists: another program has created it in the meantime.
#[derive(Debug)]
pub struct Taken(PathBuf);

impl fmt::Display for Taken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is there already, and is left as it is", self.0.display())
    }
}

impl std::error::Error for Taken {}

/// Like [`write_folder`], but an existing folder is swapped with the new one and then deleted.
///
/// # Errors
///
/// If it cannot be written. An existing folder is then unchanged.
pub fn replace_folder<'f>(
    target: &Path,
    files: impl IntoIterator<Item = (&'f str, &'f [u8])>,
) -> Result<()> {
    // If the target is a link, replace the folder that it points to, not the link.
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

/// Puts the folder `made` in the place of `target`. The old folder moves to where `made` was, or
/// next to it.
fn exchange(made: &Path, target: &Path) -> io::Result<()> {
    if !target.try_exists()? {
        return fs::rename(made, target);
    }
    // Swap both in one step if the system can, so that `target` always exists.
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
        // Put the old folder back.
        let _ = fs::rename(&old, target);
    })
}

/// Creates a folder with these files next to `target`, and calls `place` to move it there.
fn write_folder_and<'f>(
    target: &Path,
    files: impl IntoIterator<Item = (&'f str, &'f [u8])>,
    place: impl FnOnce(&Path, &Path) -> Result<()>,
) -> Result<()> {
    let cannot = || format!("cannot make {}", target.display());
    let parent =
        target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut folders_above = MadeFolders::default();
    folders_above.make(parent).with_context(cannot)?;
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
    folders_above.keep();
    sync_folder(parent).with_context(cannot)
}

/// Flushes the names in a folder to disk, on systems that support it.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// The error without the name of the temporary file, which means nothing to the user.
fn nameless(error: io::Error) -> io::Error {
    if error.raw_os_error().is_some() { error } else { error.kind().into() }
}

fn write_stdout(bytes: &[u8]) -> io::Result<()> {
    // `anstream` translates colours for terminals that do not support them. A pipe gets every byte
    // unchanged.
    if io::stdout().is_terminal() {
        let mut stdout = anstream::stdout().lock();
        stdout.write_all(bytes)?;
        return stdout.flush();
    }
    let mut stdout = io::stdout().lock();
    stdout.write_all(bytes)?;
    stdout.flush()
}

/// A temporary file with the permissions of the target, or, for a new target, those of any newly
/// saved file.
fn builder(target: &Path) -> tempfile::Builder<'_, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".scorecard-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // The user's umask reduces this, as for files of any other program.
        let permissions = fs::metadata(target)
            .map_or_else(|_| fs::Permissions::from_mode(0o666), |old| old.permissions());
        builder.permissions(permissions);
    }
    #[cfg(not(unix))]
    let _ = target;
    builder
}
